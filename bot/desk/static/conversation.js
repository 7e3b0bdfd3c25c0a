/** The open conversation: transcript, live stream, and whether this operator may write in it. */
import { Actions } from './actions.js';
import * as api from './api.js';
import { CannedPicker } from './canned.js';
import { Composer } from './composer.js';
import { byId, isNarrow, setText } from './dom.js';
import { channelTag, ownerTag, stateTag, topicName, undeliveredTag, waitTag } from './faces.js';
import { isInline } from './entry.js';
import { conversationFacts, showFacts, summaryRows } from './facts.js';
import { LiveStream } from './live.js';
import { Outbox } from './outbox.js';
import { showOutbox } from './outbox-view.js';
import { Suggestions } from './suggestions.js';
import { Transcript } from './transcript.js';
import { TypingLine } from './typing.js';
import { REASONS, TEXT, fill } from './words.js';

const STREAM = 'conversation';
const NOTHING = { history: [], tickets: [], feedback: [], places: {} };
const RETRY = 3_000; // milliseconds, after a load that failed
const GATHER = 20; // milliseconds in which several reasons to load become one

export class ConversationPane {
  #id = null;
  #summary = null;
  #known = NOTHING; // what the last load told beside what was said
  #up = false; // the stream is connected
  #fresh = false; // what is shown was loaded since it connected
  #soon = 0; // the timer of the next load
  #turn = 0; // of loading: only the latest one's state counts

  /**
   * @param {object} context
   * @param {string} context.me this operator's name
   * @param {import('./connection.js').Connection} context.connection
   * @param {import('./drafts.js').Drafts} context.drafts
   * @param {() => void} context.changed something the lists show has changed
   * @param {(id: string, at: string) => void} context.seen how far a conversation was read
   */
  constructor(context) {
    Object.assign(this, context);
    this.transcript = new Transcript(byId('messages'), byId('new-messages'));
    this.typingLine = new TypingLine(byId('typing'));
    this.outbox = new Outbox(this.drafts, {
      send: api.send,
      changed: (id) => { if (id === this.#id) this.#drawOutbox(); },
      refused: () => this.#load(),
    });
    this.composer = new Composer({
      send: (text) => { this.transcript.toEnd(); this.outbox.add(this.#id, this.#summary.claim_id, text); },
      typing: () => api.typing(this.#id).catch(() => {}), // a lost hint is no loss
      draft: (text) => this.drafts.set(`draft:${this.#id}`, text),
      canned: () => this.canned.open(),
      suggestion: (index) => this.suggestions.take(index),
    });
    const insert = (text) => this.composer.insert(text);
    this.suggestions = new Suggestions(insert);
    this.canned = new CannedPicker({ places: () => this.#known.places, insert });
    for (const part of ['summary', 'suggestions']) byId(part).open = !isNarrow();
    byId('canned-open').addEventListener('click', () => this.canned.open());
    this.actions = new Actions({
      id: () => this.#id,
      claim: () => this.#summary?.claim_id ?? null,
      done: (summary) => { this.#turn += 1; this.#know(summary, this.#up); }, // a load under way knows less
      refused: () => this.#load(),
      settled: this.changed,
      unsent: () => Boolean(this.composer.text.trim() || this.outbox.of(this.#id).length),
      reply: () => this.composer.focus(),
    });
    byId('outbox').addEventListener('click', (event) => this.#handleUnsent(event.target.dataset));
  }

  /** Show conversation `id` and follow it. */
  open(id) {
    if (id === this.#id) return;
    this.close();
    this.#id = id;
    this.#known = NOTHING;
    this.transcript.clear();
    this.composer.start(this.drafts.get(`draft:${id}`, ''));
    byId('conversation').hidden = false;
    this.#know(null, false);
    this.#load().then(() => { if (id === this.#id) this.connection.use(STREAM, this.#stream(id)); });
  }

  /** Show none. */
  close() {
    this.connection.use(STREAM, null);
    this.#id = null;
    this.#up = false;
    this.actions.reset();
    this.suggestions.clear();
    this.typingLine.clear();
    byId('conversation').hidden = true;
  }

  /** What a list says of a conversation: when it knows more of the open one than is shown, load. */
  compare(summary) {
    if (summary.conversation_id !== this.#id || !this.#summary) return;
    const missed = summary.last_at && !this.transcript.hasCitizenSince(summary.last_at);
    if (missed || summary.state !== this.#summary.state || summary.claim_id !== this.#summary.claim_id) this.#load();
  }

  claim() {
    return this.#id && this.actions.claim();
  }

  reply() {
    this.composer.focus();
  }

  /** Move to where the transcript is read. */
  read() {
    if (this.#id) byId('transcript').focus();
  }

  /** Redraw what depends on the time. */
  tick() {
    if (this.#id) this.#drawHead();
  }

  #stream(id) {
    const events = {
      message: (message) => this.#take([this.#stored(message)]),
      state: () => this.#loadSoon(),
      delivery: (event) => this.#delivered(event),
      gone: () => this.#loadSoon(),
      typing: ({ role, typing }) => this.#typing(role, typing),
    };
    return new LiveStream(() => api.conversationEvents(id, this.transcript.lastId), events, {
      up: () => { this.#up = true; this.connection.regain(STREAM); this.#loadSoon(); },
      down: () => { this.#up = false; this.#doubt(); this.connection.lose(STREAM); },
    });
  }

  /** On the web an operator's new message is stored, until the stream tells that it was shown. */
  #stored(message) {
    const fetched = message.role === 'operator' && this.#summary?.channel === 'web' && !this.transcript.has(message.id);
    return fetched ? { ...message, delivery: 'stored' } : message;
  }

  #delivered({ message_id: id, state }) {
    if (state === 'shown') this.transcript.showUpTo(id);
    else this.#loadSoon();
  }

  /** From now on what is shown may be out of date. */
  #doubt() {
    this.#turn += 1;
    this.#know(this.#summary, false);
  }

  #loadSoon() {
    clearTimeout(this.#soon);
    this.#soon = setTimeout(() => { if (this.#id) this.#load(); }, GATHER);
  }

  async #load() {
    const [id, turn, up] = [this.#id, ++this.#turn, this.#up];
    try {
      const { conversation, messages, ...known } = await api.transcript(id);
      if (id !== this.#id) return;
      this.#known = known;
      this.transcript.merge(known.history.filter(isInline));
      this.#take(messages);
      if (turn === this.#turn) this.#know(conversation, up);
    } catch (error) {
      if (id === this.#id && turn === this.#turn) this.#notLoaded(error);
    }
  }

  #notLoaded(error) {
    if (error.definite) setText(byId('action-error'), error.message);
    else setTimeout(() => { if (!this.#fresh && this.#up) this.#load(); }, RETRY);
  }

  #take(messages) {
    const judged = new Map(this.#known.feedback.map((given) => [given.message_id, given]));
    this.transcript.merge(messages.map((message) => ({ ...message, feedback: judged.get(message.id) })));
    if (messages.some(({ role }) => role !== 'operator')) this.typingLine.clear();
    if (this.transcript.lastAt) this.seen(this.#id, this.transcript.lastAt);
    this.#drawOutbox();
    this.#drawFacts();
    this.#suggest();
  }

  /** Whoever is to answer gets suggestions. */
  #suggest() {
    if (this.#mine && this.#fresh) this.suggestions.follow(this.#id, this.transcript.messages);
    else if (!this.#mine) this.suggestions.clear();
  }

  #typing(role, typing) {
    if (role === 'operator' && this.#mine) return;
    if (typing) this.typingLine.show(role);
    else this.typingLine.clear();
  }

  #handleUnsent({ action, id }) {
    if (action === 'resend') this.outbox.resend(this.#id);
    if (action === 'discard') this.outbox.take(this.#id, id);
    if (action !== 'edit') return;
    this.composer.write([this.outbox.take(this.#id, id), this.composer.text].filter(Boolean).join('\n'));
    this.composer.focus();
  }

  get #mine() {
    return this.#summary?.state === 'operator' && this.#summary.owner === this.me;
  }

  /** Why nothing can be sent, or empty. */
  get #reason() {
    if (!this.#fresh) return REASONS.stale;
    if (this.#mine) return REASONS.mine;
    const key = this.#summary.state === 'operator' ? 'other' : this.#summary.state;
    return fill(REASONS[key] ?? '', { name: this.#summary.owner });
  }

  /** @param {object|null} summary @param {boolean} fresh whether that is surely how it stands */
  #know(summary, fresh) {
    this.#summary = summary;
    this.#fresh = fresh;
    byId('conversation').dataset.fresh = String(fresh);
    this.composer.allow({ mine: this.#mine, fresh, reason: this.#reason });
    this.actions.offer(summary, { mine: this.#mine, fresh });
    this.#drawHead();
    this.#drawOutbox();
    this.#drawFacts();
    this.#suggest();
  }

  #drawHead() {
    const summary = this.#summary;
    setText(byId('conversation-title'), summary ? topicName(summary.topic) : TEXT.loading);
    const tags = summary ? [channelTag(summary.channel), waitTag(summary) ?? stateTag(summary), ownerTag(summary, this.me), undeliveredTag(summary)] : [];
    byId('conversation-state').replaceChildren(...tags.filter(Boolean));
  }

  #drawOutbox() {
    this.outbox.settle(this.#id, (messageId) => this.transcript.has(messageId));
    showOutbox(byId('outbox'), this.outbox.of(this.#id), this.#fresh && this.#mine);
  }

  #drawFacts() {
    const [summary, messages] = [this.#summary, this.transcript.messages];
    showFacts(byId('facts-body'), summary ? conversationFacts(summary, messages, this.#known.history) : []);
    showFacts(byId('summary-body'), summary ? summaryRows({ ...this.#known, messages }) : []);
  }
}
