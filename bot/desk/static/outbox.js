/**
 * Messages on their way: sent one after another, each under one id however often it is tried,
 * so that a repeated attempt can not be said twice. A refused one waits for its writer.
 */

/**
 * @typedef {object} Entry
 * @property {string} id the client_message_id
 * @property {string} text
 * @property {string} claim the ownership under which it was written, and under which alone it is sent
 * @property {'queued'|'sending'|'sent'|'failed'|'rejected'} status failed: may be tried again;
 *   rejected: the server refused it
 * @property {string} [messageId] once stored
 * @property {string} [error] Japanese, why not
 */

export class Outbox {
  #entries = new Map();
  #busy = new Set();

  /**
   * @param {import('./drafts.js').Drafts} drafts
   * @param {{send: (conversation: string, id: string, claim: string, text: string) => Promise<{message_id: string}>,
   *   changed: (conversation: string) => void, refused: () => void}} parts
   */
  constructor(drafts, { send, changed, refused }) {
    Object.assign(this, { drafts, send, changed, refused });
  }

  /** @returns {Entry[]} of one conversation, oldest first; what a reload interrupted counts as failed */
  of(conversation) {
    if (!this.#entries.has(conversation)) {
      const kept = this.drafts.get(`outbox:${conversation}`, []).filter(({ status }) => status !== 'sent');
      this.#entries.set(conversation, kept.map((entry) =>
        (entry.status === 'rejected' ? entry : { ...entry, status: 'failed' })));
    }
    return this.#entries.get(conversation);
  }

  /** Send `text` after what is already waiting. @param {string} claim see `Entry` */
  add(conversation, claim, text) {
    this.of(conversation).push({ id: crypto.randomUUID(), claim, text, status: 'queued' });
    this.#flush(conversation);
  }

  /** Try again everything that failed, in order and under the same ids. */
  resend(conversation) {
    for (const entry of this.of(conversation)) if (entry.status === 'failed') this.#set(conversation, entry, 'queued');
    this.#flush(conversation);
  }

  /** Drop one. @returns {string} its text */
  take(conversation, id) {
    const entry = this.of(conversation).find((each) => each.id === id);
    this.#keep(conversation, this.of(conversation).filter((each) => each !== entry));
    return entry?.text ?? '';
  }

  /** Drop those that the transcript shows by now. @param {(messageId: string) => boolean} shown */
  settle(conversation, shown) {
    const left = this.of(conversation).filter(({ messageId }) => !messageId || !shown(messageId));
    if (left.length < this.of(conversation).length) this.#keep(conversation, left);
  }

  async #flush(conversation) {
    this.#keep(conversation, this.of(conversation));
    if (this.#busy.has(conversation)) return;
    this.#busy.add(conversation);
    let entry = this.#next(conversation);
    while (entry && (await this.#attempt(conversation, entry))) entry = this.#next(conversation);
    this.#busy.delete(conversation);
  }

  /** The oldest unsent one, unless one before it is stuck. */
  #next(conversation) {
    const entry = this.of(conversation).find(({ status }) => status !== 'sent');
    return entry?.status === 'queued' ? entry : null;
  }

  async #attempt(conversation, entry) {
    this.#set(conversation, entry, 'sending');
    try {
      entry.messageId = (await this.send(conversation, entry.id, entry.claim, entry.text)).message_id;
      this.#set(conversation, entry, 'sent');
      return true;
    } catch (error) {
      entry.error = error.message;
      this.#set(conversation, entry, error.definite ? 'rejected' : 'failed');
      if (error.definite) this.refused();
      return false;
    }
  }

  #set(conversation, entry, status) {
    entry.status = status;
    if (status !== 'failed' && status !== 'rejected') delete entry.error;
    this.#keep(conversation, this.of(conversation));
  }

  #keep(conversation, entries) {
    this.#entries.set(conversation, entries);
    this.drafts.set(`outbox:${conversation}`, entries);
    this.changed(conversation);
  }
}
