import { clientMessageId } from "./ids.js";

const FIRST_PAUSE = 1_000; // milliseconds before the first repetition; doubles
const LONGEST_PAUSE = 30_000;

/**
 * Messages on their way to the server: one at a time, oldest first. Each stays
 * in the store until the server has accepted it, and is repeated under the same
 * ID, so it arrives exactly once.
 *
 * An item is `{client_message_id, label, choice?, rejected?}`: `label` is what
 * people read, and what is sent unless there is a choice; `rejected` is the
 * server's sentence.
 */
export class Outbox {
  #store;
  #send;
  #events;
  #running = false;
  #failures = 0;
  #timer;

  /**
   * @param {function(Object): Promise<{message_id: string, wait_seconds?: number}>} send
   * @param {{changed: function(), accepted: function(Object, string, number?)}} events
   */
  constructor(store, send, events) {
    this.#store = store;
    this.#send = send;
    this.#events = events;
  }

  get items() {
    return this.#store.outbox;
  }

  /** Whether the last attempt failed and another is to come. */
  get isStuck() {
    return this.#failures > 0;
  }

  /** Keep a message and send it as soon as may be. */
  add(message) {
    this.#keep([...this.items, { client_message_id: clientMessageId(), ...message }]);
    this.flush();
  }

  remove(id) {
    this.#keep(this.items.filter((item) => item.client_message_id !== id));
  }

  clear() {
    this.#keep([]);
  }

  /** Send what is here, now, unless that is happening already. */
  async flush() {
    clearTimeout(this.#timer);
    if (this.#running) return;
    this.#running = true;
    while (await this.#sendNext());
    this.#running = false;
  }

  /** @returns {Promise<boolean>} whether to go on with the next */
  async #sendNext() {
    const item = this.items.find(({ rejected }) => !rejected);
    if (!item) return false;
    try {
      const { message_id: id, wait_seconds: wait } = await this.#send(item);
      this.#failures = 0;
      this.#events.accepted(item, id, wait);
      this.remove(item.client_message_id);
      return true;
    } catch (error) {
      return this.#fail(item, error);
    }
  }

  #fail(item, error) {
    const final = !error.isTemporary && !error.isGone;
    this.#failures = final ? 0 : this.#failures + 1;
    if (error.isTemporary) this.#repeatLater(error.retryAfter);
    this.#keep(this.items.map((other) => final && other.client_message_id === item.client_message_id
      ? { ...other, rejected: error.message } : other));
    return final;
  }

  #repeatLater(atLeast) {
    const pause = Math.min(FIRST_PAUSE * 2 ** (this.#failures - 1), LONGEST_PAUSE);
    this.#timer = setTimeout(() => this.flush(), Math.max(pause, atLeast));
  }

  #keep(items) {
    this.#store.outbox = items;
    this.#events.changed();
  }
}
