import { ApiError } from "./api.js";
import { newerId } from "./ids.js";
import { Stream } from "./stream.js";

/**
 * The one conversation of this browser: begun with the first message, gone on
 * with after coming back, and followed while the page is open.
 */
export class Conversation {
  #api;
  #store;
  #events;
  #visit = {};

  /**
   * @param {{messages: function(Object[], boolean), state: function(Object),
   *   typing: function(Object), connection: function(string, string)}} events
   *   the boolean tells what came while the reader was here from what was there before;
   *   the connection `gone`: the server will not go on, for the reason given
   */
  constructor(api, store, events) {
    this.#api = api;
    this.#store = store;
    this.#events = events;
  }

  /** Go on with the remembered conversation, if there is one; show what it holds. */
  async resume() {
    this.#visit.stream?.close();
    const visit = (this.#visit = newVisit(this.#store.conversation));
    if (!visit.key) return;
    await this.#fetchNew(visit);
    if (visit === this.#visit && !visit.gone) this.#follow(visit);
  }

  /** Leave it: the next message begins another. */
  leave() {
    this.#visit.stream?.close();
    this.#visit = newVisit(null);
    this.#store.conversation = null;
  }

  /** Whether the server has said that it cannot go on. */
  get isGone() {
    return Boolean(this.#visit.gone);
  }

  /** Whether this is still the conversation that the browser remembers. */
  get isCurrent() {
    return this.#store.conversation?.conversation_id === this.#visit.key?.conversation_id;
  }

  /**
   * @param {Object} item see `Outbox`
   * @returns {Promise<{message_id: string}>}
   * @throws {ApiError}
   */
  async send({ client_message_id, label, choice }) {
    const visit = this.#visit.key ? this.#visit : await this.#begin();
    const body = choice ? { client_message_id, choice } : { client_message_id, text: label };
    return this.#asking(visit, this.#api.send(visit.key, body));
  }

  /** Tell whether a message, or without its ID the talk, helped; see `Api.feedback`. @throws {ApiError} */
  judge(messageId, feedback) {
    return this.#api.feedback(this.#visit.key, messageId, feedback);
  }

  /** How a message or opinion stands, in words; null if there is no conversation. @throws {ApiError} */
  async ticket(receipt) {
    return this.#visit.key && (await this.#api.ticket(this.#visit.key, receipt)).ticket.words;
  }

  /** Tell the operators that the citizen is writing; a lost hint is no loss. */
  typing() {
    if (this.#visit.key && !this.#visit.gone) this.#api.typing(this.#visit.key).catch(() => {});
  }

  /** The page or the network is back. */
  wake() {
    this.#visit.stream?.wake();
  }

  /** The network is gone. */
  interrupt() {
    this.#visit.stream?.interrupt();
  }

  async #begin() {
    const before = this.#visit;
    const made = await this.#api.create().catch(({ message }) => {
      throw new ApiError(0, { message });
    });
    if (before !== this.#visit) throw new ApiError(0);
    // Another tab may have been quicker; both shall show one conversation.
    this.#store.conversation ??= made;
    const visit = (this.#visit = newVisit(this.#store.conversation));
    visit.loaded = visit.key.token === made.token;
    this.#follow(visit);
    return visit;
  }

  #follow(visit) {
    visit.stream = new Stream(
      () => this.#api.eventsUrl(visit.key, visit.seen),
      () => this.#fetchNew(visit),
      {
        message: (message) => this.#take(visit, [message]),
        state: (state) => this.#takeState(visit, state),
        typing: this.#events.typing,
        connection: this.#events.connection,
      },
    );
    visit.stream.open();
  }

  /** One after the other, so that none misses what came while another was under way. */
  #fetchNew(visit) {
    visit.fetching = visit.fetching.then(() => this.#fetch(visit));
    return visit.fetching;
  }

  async #fetch(visit) {
    const { news } = visit;
    try {
      const answer = this.#api.messages(visit.key, visit.seen);
      const { messages, ...state } = await this.#asking(visit, answer);
      if (visit !== this.#visit) return true;
      this.#takeFetched(visit, messages);
      // The stream may have told something newer in the meantime.
      if (news === visit.news) this.#takeState(visit, state);
      return true;
    } catch {
      return false;
    }
  }

  #takeFetched(visit, messages) {
    if (visit.loaded) return this.#take(visit, messages);
    visit.loaded = true;
    this.#see(visit, messages, false);
    return this.#take(visit, visit.early);
  }

  #take(visit, messages) {
    if (visit.loaded) this.#see(visit, messages, true);
    else visit.early.push(...messages);
  }

  #see(visit, messages, live) {
    for (const { id } of messages) visit.seen = newerId(visit.seen, id);
    this.#events.messages(messages, live);
  }

  #takeState(visit, state) {
    visit.news += 1;
    this.#events.state(state);
  }

  async #asking(visit, answer) {
    try {
      return await answer;
    } catch (error) {
      if (error.isGone && visit === this.#visit) this.#lose(visit, error);
      throw error;
    }
  }

  #lose(visit, error) {
    visit.gone = true;
    visit.stream?.close();
    this.#events.connection("gone", error.message);
  }
}

/**
 * What is known of a conversation while it is on the page. `key` is its ID and
 * token, `seen` the newest message that the server has told, `loaded` whether
 * the history is there, `early` what came before it, `news` counts states.
 */
function newVisit(key) {
  return { key, seen: undefined, loaded: false, early: [], news: 0, fetching: Promise.resolve() };
}
