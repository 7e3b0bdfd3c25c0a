/** The lists of the left column: fetched when something changed, never more often than needed. */
import * as api from './api.js';
import { byId, setText } from './dom.js';
import { conversationFace } from './faces.js';
import { ticketFace } from './ticket-face.js';
import { TicketTools, isTicketView } from './ticket-tools.js';
import { EMPTY_LISTS, TEXT, fill } from './words.js';

const PAUSE = 400; // between two fetches, milliseconds
const REDRAW = 15_000; // waiting times grow by themselves

export class Board {
  #view = 'waiting';
  #lists = { waiting: [], mine: [], tickets: [], opinions: [] };
  #known = null;
  #seen = new Map();
  #loading = false;
  #again = false;

  /**
   * @param {import('./list.js').ListView} list
   * @param {{me: string, loaded: (summaries: object[]) => void}} context `loaded` gets what is known of
   *   each conversation in the lists, after each fetch
   */
  constructor(list, { me, loaded }) {
    this.list = list;
    this.me = me;
    this.loaded = loaded;
    setInterval(() => this.draw(), REDRAW);
    this.tickets = new TicketTools({ me, changed: () => this.refresh() });
  }

  /** @param {string} view one of the tabs */
  show(view) {
    this.#view = view;
    this.tickets.show(view);
    this.draw();
    this.refresh();
  }

  /** The operator has read conversation `id` up to `at`. @param {string} at ISO 8601 */
  markSeen(id, at) {
    this.#seen.set(id, Math.max(Date.parse(at), this.#seen.get(id) ?? 0));
  }

  /** Numbers that came with a `changed` event. @param {{waiting: number, tickets: number, opinions: number}} counts */
  count({ waiting, tickets, opinions }) {
    setText(byId('count-tickets'), tickets ? String(tickets) : '');
    setText(byId('count-opinions'), opinions ? String(opinions) : '');
    setText(byId('count-waiting'), waiting ? String(waiting) : '');
    document.title = waiting ? `(${waiting}) ${TEXT.title}` : TEXT.title;
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

  async #load() {
    const views = [...new Set(['waiting', 'mine', this.#view])];
    try {
      const lists = await Promise.all(views.map((view) => this.#fetch(view)));
      views.forEach((view, index) => { this.#lists[view] = lists[index]; });
      setText(byId('list-error'), '');
      this.#arrived();
    } catch (error) {
      setText(byId('list-error'), error.message);
    }
  }

  async #fetch(view) {
    if (isTicketView(view)) return this.tickets.load(view);
    return (await api.conversations(view)).conversations;
  }

  #arrived() {
    this.#announce();
    setText(byId('count-mine'), this.#lists.mine.length ? String(this.#lists.mine.length) : '');
    this.loaded([...this.#lists.waiting, ...this.#lists.mine]);
    this.draw();
  }

  #announce() {
    const ids = new Set(this.#lists.waiting.map((each) => each.conversation_id));
    const isNew = this.#known && [...ids].some((id) => !this.#known.has(id));
    if (isNew) this.#say(fill(TEXT.announceWaiting, { n: ids.size }));
    this.#known = ids;
  }

  /** Emptied first, so that the same words are read out a second time too. */
  #say(words) {
    byId('announcer').textContent = '';
    setTimeout(() => { byId('announcer').textContent = words; }, 100);
  }

  /** Draw what was fetched last. */
  draw() {
    const items = this.#lists[this.#view];
    if (!items) return this.list.show([], '');
    return this.list.show(items.map((item) => this.#item(item)), EMPTY_LISTS[this.#view]);
  }

  #item(item) {
    if (item.receipt) return { key: `t=${item.receipt}`, face: ticketFace(item, this.me) };
    const id = item.conversation_id;
    const fresh = item.owner === this.me && Date.parse(item.last_at) > (this.#seen.get(id) ?? 0);
    return { key: `c=${id}`, face: conversationFace(item, { me: this.me, fresh }) };
  }
}
