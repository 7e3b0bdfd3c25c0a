/** The open conversation: transcript, live stream, and whether this operator may write in it. */
import { Actions } from './actions.js';
import * as api from './api.js';
import { Composer } from './composer.js';
import { byId, setText } from './dom.js';
import { channelTag, ownerTag, stateTag, topicName, undeliveredTag, waitTag } from './faces.js';
import { conversationFacts, showFacts } from './facts.js';
import { LiveStream } from './live.js';
import { Outbox } from './outbox.js';
import { showOutbox } from './outbox-view.js';
import { Transcript } from './transcript.js';
import { TypingLine } from './typing.js';
import { REASONS, TEXT, fill } from './words.js';

const STREAM = 'conversation';
const RETRY = 3_000; // milliseconds, after a load that failed
const GATHER = 20; // milliseconds in which several reasons to load become one

export class ConversationPane {
  #id = null;
  #summary = null;
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
      send: (text) => { this.transcript.toEnd(); this.outbox.add(this.#id, text); },
      typing: () => api.typing(this.#id).catch(() => {}), // a lost hint is no loss
      draft: (text) => this.drafts.set(`draft:${this.#id}`, text),
    });
    this.actions = new Actions({
      id: () => this.#id,
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
    this.typingLine.clear();
    byId('conversation').hidden = true;
  }

  /** What a list says of a conversation: when it knows more of the open one than is shown, load. */
  compare(summary) {
    if (summary.conversation_id !== this.#id || !this.#summary) return;
    const missed = summary.last_at && !this.transcript.hasCitizenSince(summary.last_at);
    if (missed || summary.state !== this.#summary.state || summary.owner !== this.#summary.owner) this.#load();
  }

  claim() {
    return this.#id && this.actions.claim();
  }

  reply() {
    this.composer.focus();
  }

  /** Redraw what depends on the time. */
  tick() {
    if (this.#id) this.#drawHead();
  }

  #stream(id) {
    const events = {
      message: (message) => this.#take([message]),
      state: () => this.#loadSoon(),
      delivery: () => this.#loadSoon(),
      gone: () => this.#loadSoon(),
      typing: ({ role, typing }) => this.#typing(role, typing),
    };
    return new LiveStream(() => api.conversationEvents(id, this.transcript.lastId), events, {
      up: () => { this.#up = true; this.connection.regain(STREAM); this.#loadSoon(); },
      down: () => { this.#up = false; this.#doubt(); this.connection.lose(STREAM); },
    });
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
      const { conversation, messages } = await api.transcript(id);
      if (id !== this.#id) return;
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
    this.transcript.merge(messages);
    if (messages.some(({ role }) => role !== 'operator')) this.typingLine.clear();
    if (this.transcript.lastAt) this.seen(this.#id, this.transcript.lastAt);
    this.#drawOutbox();
    this.#drawFacts();
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
    const rows = this.#summary ? conversationFacts(this.#summary, this.transcript.messages) : [];
    showFacts(byId('facts-body'), rows);
  }
}
