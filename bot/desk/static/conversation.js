/** The open conversation: transcript, live stream, what the operator may do with it. */
import * as api from './api.js';
import { Composer } from './composer.js';
import { byId, setText } from './dom.js';
import { channelTag, stateTag, topicName, waitTag } from './faces.js';
import { conversationFacts, showFacts } from './facts.js';
import { LiveStream } from './live.js';
import { Outbox } from './outbox.js';
import { showOutbox } from './outbox-view.js';
import { Transcript } from './transcript.js';
import { REASONS, TEXT, fill } from './words.js';

const STREAM = 'conversation';
const RETRY = 3_000; // milliseconds, after a load that failed
const TYPING_FOR = 6_000; // milliseconds, unless told otherwise
const TYPERS = { bot: TEXT.botTyping, citizen: TEXT.citizenTyping, operator: TEXT.operatorTyping };

export class ConversationPane {
  #id = null;
  #summary = null;
  #up = false; // the stream is connected
  #fresh = false; // what is shown was loaded since it connected
  #busy = false; // an action is under way
  #turn = 0; // of loading: only the latest one's state counts
  #typingTimer = 0;

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
    this.#listen();
  }

  /** Show conversation `id` and follow it. */
  open(id) {
    if (id === this.#id) return;
    this.close();
    this.#id = id;
    this.#summary = null;
    this.transcript.clear();
    this.composer.write(this.drafts.get(`draft:${id}`, ''));
    byId('conversation').hidden = false;
    this.#draw();
    this.connection.use(STREAM, this.#stream(id));
    this.#load();
  }

  /** Show none. */
  close() {
    this.connection.use(STREAM, null);
    this.#id = null;
    this.#up = false;
    this.#fresh = false;
    this.#busy = false;
    this.#typing({ typing: false });
    setText(byId('action-error'), '');
    byId('conversation').hidden = true;
  }

  /** What a list says of this conversation: when it knows more than is shown, load. */
  compare(summary) {
    if (summary.conversation_id !== this.#id || !this.#summary) return;
    const missed = Date.parse(summary.last_at) > Date.parse(this.transcript.lastAt ?? 0);
    if (missed || summary.state !== this.#summary.state || summary.owner !== this.#summary.owner) this.#load();
  }

  /** Take the conversation, if that is offered. */
  async claim() {
    if (!byId('claim').hidden && (await this.#act(api.claim))) this.composer.focus();
  }

  /** Redraw what depends on the time. */
  tick() {
    if (this.#id) this.#drawHead();
  }

  reply() {
    this.composer.focus();
  }

  #listen() {
    byId('claim').addEventListener('click', () => this.claim());
    byId('return').addEventListener('click', () => this.#leave(api.giveBack));
    byId('close').addEventListener('click', () => this.#askToClose());
    byId('close-dialog').addEventListener('close', (event) => {
      if (event.target.returnValue === 'close') this.#leave(api.close);
    });
    byId('outbox').addEventListener('click', (event) => this.#handleUnsent(event.target.dataset));
  }

  #stream(id) {
    const events = {
      message: (message) => this.#arrived([message]),
      state: () => this.#load(),
      typing: (data) => this.#typing(data),
    };
    return new LiveStream(api.conversationEvents(id), events, {
      up: () => { this.#up = true; this.connection.regain(STREAM); this.#load(); },
      down: () => { this.#up = false; this.#stale(); this.connection.lose(STREAM); },
    });
  }

  #stale() {
    this.#turn += 1;
    this.#fresh = false;
    this.#draw();
  }

  async #load() {
    const [id, turn, up] = [this.#id, ++this.#turn, this.#up];
    try {
      const { conversation, messages } = await api.transcript(id);
      if (id !== this.#id) return;
      if (turn === this.#turn) this.#known(conversation, up);
      this.#arrived(messages);
    } catch (error) {
      if (id === this.#id && turn === this.#turn) this.#notLoaded(error);
    }
  }

  #known(summary, fresh) {
    this.#summary = summary;
    this.#fresh = fresh;
    this.#draw();
  }

  #notLoaded(error) {
    if (error.definite) setText(byId('action-error'), error.message);
    else setTimeout(() => { if (!this.#fresh && this.#up) this.#load(); }, RETRY);
  }

  #arrived(messages) {
    this.transcript.merge(messages);
    if (messages.some(({ role }) => role !== 'operator')) this.#typing({ typing: false });
    if (this.transcript.lastAt) this.seen(this.#id, this.transcript.lastAt);
    this.#drawOutbox();
    this.#drawFacts();
  }

  #typing({ role, typing }) {
    clearTimeout(this.#typingTimer);
    const shown = typing && !(role === 'operator' && this.#mine);
    setText(byId('typing'), shown ? TYPERS[role] ?? '' : '');
    if (shown) this.#typingTimer = setTimeout(() => this.#typing({ typing: false }), TYPING_FOR);
  }

  get #mine() {
    return this.#summary?.state === 'operator' && this.#summary.owner === this.me;
  }

  /** Do `action`; say why not when it is refused. @returns {Promise<boolean>} whether it was done */
  async #act(action) {
    if (this.#busy || !this.#fresh) return false;
    const id = this.#id;
    this.#setBusy(true);
    try {
      const { conversation } = await action(id);
      if (id === this.#id) this.#acted(conversation);
      return id === this.#id;
    } catch (error) {
      if (id === this.#id) this.#refused(error);
      return false;
    } finally {
      if (id === this.#id) this.#setBusy(false);
      this.changed();
    }
  }

  #acted(summary) {
    this.#turn += 1; // a load under way knows less
    setText(byId('action-error'), '');
    this.#known(summary, this.#up);
  }

  #refused(error) {
    setText(byId('action-error'), error.message);
    this.#load();
  }

  #setBusy(busy) {
    this.#busy = busy;
    this.#draw();
  }

  async #leave(action) {
    if (await this.#act(action)) byId('conversation-title').focus();
  }

  #askToClose() {
    byId('close-dialog-draft').hidden = !this.composer.text.trim() && !this.outbox.of(this.#id).length;
    byId('close-dialog').returnValue = '';
    byId('close-dialog').showModal();
  }

  #handleUnsent({ action, id }) {
    if (action === 'resend') this.outbox.resend(this.#id);
    if (action === 'discard') this.outbox.take(this.#id, id);
    if (action !== 'edit') return;
    this.composer.write([this.outbox.take(this.#id, id), this.composer.text].filter(Boolean).join('\n'));
    this.composer.focus();
  }

  #reason() {
    if (!this.#fresh) return REASONS.stale;
    if (this.#mine) return REASONS.mine;
    const key = this.#summary.state === 'operator' ? 'other' : this.#summary.state;
    return fill(REASONS[key] ?? '', { name: this.#summary.owner });
  }

  #draw() {
    byId('conversation').dataset.fresh = String(this.#fresh);
    this.composer.allow({ mine: this.#mine, fresh: this.#fresh, reason: this.#reason() });
    this.#drawHead();
    this.#drawOutbox();
    this.#drawFacts();
  }

  #drawHead() {
    const summary = this.#summary;
    setText(byId('conversation-title'), summary ? topicName(summary.topic) : '');
    const tags = summary ? [channelTag(summary.channel), waitTag(summary) ?? stateTag(summary)] : [];
    byId('conversation-state').replaceChildren(...tags);
    byId('claim').hidden = summary?.state !== 'waiting';
    for (const name of ['return', 'close']) byId(name).hidden = !this.#mine;
    for (const name of ['claim', 'return', 'close']) byId(name).disabled = this.#busy || !this.#fresh;
  }

  #drawOutbox() {
    if (!this.#id) return;
    this.outbox.settle(this.#id, (messageId) => this.transcript.has(messageId));
    showOutbox(byId('outbox'), this.outbox.of(this.#id), this.#fresh && this.#mine);
  }

  #drawFacts() {
    const rows = this.#summary ? conversationFacts(this.#summary, this.transcript.messages) : [];
    showFacts(byId('facts-body'), rows);
  }
}
