/** The lists of the left column: fetched once, then kept up by what the stream tells. */
import { Activity } from './activity.js';
import * as api from './api.js';
import { byId, setText } from './dom.js';
import { ticketFace } from './ticket-face.js';
import { TicketTools, isTicketView } from './ticket-tools.js';
import { conversationFace } from './faces.js';
import { Roster } from './roster.js';
import { EMPTY_LISTS, TEXT, fill } from './words.js';

const PAUSE = 400; // between two fetches, milliseconds
const REDRAW = 15_000; // waiting times grow by themselves
const ANEW = 60_000; // so often all is fetched again, whatever was told
const PAGE = 50; // conversations in one fetch
const MOST = 100;

export class Board {
  #view = 'waiting';
  #rosters = {};
  #tickets = {};
  #counts = { waiting: 0, tickets: 0, opinions: 0 };
  #waiting = null; // ids that were there before
  #seen = new Map();
  #loading = false;
  #again = false;
  #frame = 0;

  /**
   * @param {import('./list.js').ListView} list
   * @param {object} context
   * @param {string} context.me this operator's name
   * @param {import('./alerts.js').Alerts} context.alerts
   * @param {() => string|null} context.open the conversation that is open
   * @param {(summaries: object[]) => void} context.learnt what is newly known of conversations
   */
  constructor(list, context) {
    Object.assign(this, { list, ...context });
    for (const view of ['waiting', 'mine', 'active', 'all', 'closed']) this.#rosters[view] = new Roster(view, this.me);
    this.activity = new Activity(() => this.draw());
    setInterval(() => this.draw(), REDRAW);
    this.tickets = new TicketTools({ me: this.me, changed: () => this.refresh() });
    setInterval(() => { if (!document.hidden) this.refresh(); }, ANEW);
    byId('all-state').addEventListener('change', () => this.show(this.#view));
    byId('list-more').addEventListener('click', () => this.#more());
  }

  /** @param {string} view one of the tabs */
  show(view) {
    this.#view = view;
    this.tickets.show(view);
    byId('all-tools').hidden = view !== 'all';
    this.draw();
    this.refresh();
  }

  /** The operator has read conversation `id` up to `at`. @param {string} at ISO 8601 */
  markSeen(id, at) {
    this.#seen.set(id, Math.max(Date.parse(at), this.#seen.get(id) ?? 0));
    this.draw();
  }

  /** The lists changed in a way that only reading them anew will tell. */
  changed(counts) {
    this.#counts = counts;
    this.draw();
    this.refresh();
  }

  /** Lines that changed. @param {{conversations: object[], gone: string[], counts: object}} news */
  take({ conversations, gone, counts }) {
    this.#counts = counts;
    for (const line of conversations) this.#takeLine(line);
    for (const id of gone) for (const roster of Object.values(this.#rosters)) roster.drop(id);
    this.#announce();
    this.learnt(conversations);
    this.draw();
  }

  #takeLine(line) {
    const known = this.#rosters.mine.get(line.conversation_id);
    if (known && line.owner === this.me && Date.parse(line.last_at) > Date.parse(known.last_at)) {
      this.activity.stop(line.conversation_id);
      this.alerts.message(line, this.open() === line.conversation_id);
    }
    for (const roster of Object.values(this.#rosters)) roster.take(line);
  }

  /** Fetch anew; calls that come meanwhile become one more fetch. */
  async refresh() {
    this.#again = this.#loading;
    if (this.#loading) return;
    this.#loading = true;
    await this.#load();
    setTimeout(() => this.#rested(), PAUSE);
  }

  #rested() {
    this.#loading = false;
    if (this.#again) this.refresh();
  }

  /** The tab's list; of conversations, all or those that somebody has. */
  get #name() {
    return this.#view === 'all' ? byId('all-state').value : this.#view;
  }

  async #load() {
    const names = [...new Set(['waiting', 'mine', this.#name])];
    try {
      await Promise.all(names.map((name) => this.#fetch(name)));
      setText(byId('list-error'), '');
      this.#arrived();
    } catch (error) {
      setText(byId('list-error'), error.message);
    }
  }

  async #fetch(name) {
    if (isTicketView(name)) this.#tickets[name] = await this.tickets.load(name);
    else await this.#fill(this.#rosters[name], Math.max(this.#rosters[name].size, PAGE), '');
  }

  /** Fetch so many lines from a cursor on, in as few pages as there may be. */
  async #fill(roster, count, cursor) {
    roster.begin();
    const found = [];
    let next = cursor;
    do {
      const page = await api.conversations(roster.view, next, Math.min(count - found.length, MOST));
      found.push(...page.conversations);
      next = page.next;
    } while (next && found.length < count);
    roster.fetched(found, next, Boolean(cursor));
  }

  async #more() {
    const roster = this.#rosters[this.#name];
    const before = roster.size;
    try {
      await this.#fill(roster, PAGE, roster.next);
      this.#draw();
      this.list.focusAt(before);
    } catch (error) {
      setText(byId('list-error'), error.message);
    }
  }

  #arrived() {
    this.#announce();
    this.learnt([...this.#rosters.waiting.lines, ...this.#rosters.mine.lines]);
    this.draw();
  }

  /** Says who has newly come into the queue. */
  #announce() {
    const lines = this.#rosters.waiting.lines;
    const fresh = this.#waiting ? lines.filter(({ conversation_id: id }) => !this.#waiting.has(id)) : [];
    this.#waiting = new Set(lines.map(({ conversation_id: id }) => id));
    if (!fresh.length) return;
    this.say(fill(TEXT.announceWaiting, { n: this.#counts.waiting }));
    this.alerts.waiting(fresh.find(({ priority }) => priority === 'emergency') ?? fresh[0]);
  }

  /** Read words out; emptied first, so that the same words are read out a second time too. */
  say(words) {
    byId('announcer').textContent = '';
    setTimeout(() => { byId('announcer').textContent = words; }, 100);
  }

  /** Draw what is known, with the next picture of the screen. */
  draw() {
    this.#frame ||= requestAnimationFrame(() => this.#draw());
  }

  #draw() {
    cancelAnimationFrame(this.#frame);
    this.#frame = 0;
    this.#drawCounts();
    const roster = this.#rosters[this.#name];
    byId('list-more').hidden = !roster?.next;
    const items = roster ? roster.lines : this.#tickets[this.#view] ?? [];
    this.list.show(items.map((item, index) => this.#item(item, index)), EMPTY_LISTS[this.#name]);
  }

  #drawCounts() {
    const { waiting, tickets, opinions } = this.#counts;
    const mine = this.#rosters.mine.lines;
    const numbers = { waiting, tickets, opinions, mine: mine.length };
    for (const [name, n] of Object.entries(numbers)) setText(byId(`count-${name}`), n ? String(n) : '');
    const calls = waiting + mine.filter((line) => this.#isFresh(line)).length;
    document.title = calls ? `(${calls}) ${TEXT.title}` : TEXT.title;
  }

  #isFresh({ conversation_id: id, owner, last_at: at }) {
    return owner === this.me && Date.parse(at) > (this.#seen.get(id) ?? 0);
  }

  #item(item, index) {
    if (item.receipt) return { key: `t=${item.receipt}`, face: ticketFace(item, this.me) };
    const place = item.state === 'waiting' && this.#view === 'waiting' ? index + 1 : item.queue_position;
    const context = { me: this.me, fresh: this.#isFresh(item), place, writing: this.activity.words(item, this.me) };
    return { key: `c=${item.conversation_id}`, face: conversationFace(item, context) };
  }
}
