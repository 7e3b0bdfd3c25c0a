/** A transcript: each message once, in the order of their ids, without jumping under the reader. */
import { setText } from './dom.js';
import { messageItem } from './message.js';
import { TEXT, fill } from './words.js';

const NEAR_END = 48; // pixels

/** Order two stream ids, `<milliseconds>-<number>`. @returns {number} below 0 when `a` is earlier */
export function compareIds(a, b) {
  const [aTime, aNumber] = a.split('-').map(Number);
  const [bTime, bNumber] = b.split('-').map(Number);
  return aTime - bTime || aNumber - bNumber;
}

export class Transcript {
  #messages = [];
  #unread = 0;
  #height = 0;
  #followed = true; // the reader is at the end and wants to stay there

  /**
   * @param {HTMLElement} list the ol
   * @param {HTMLElement} more the button shown when something came in below what is being read
   */
  constructor(list, more) {
    this.list = list;
    this.scroller = list.parentElement;
    this.more = more;
    more.addEventListener('click', () => this.toEnd());
    this.scroller.addEventListener('scroll', () => this.#scrolled());
    new ResizeObserver(() => this.#resized()).observe(this.scroller);
  }

  /** @returns {object[]} what is shown, in order */
  get messages() {
    return this.#messages;
  }

  /** @returns {string|null} when the last message was said, ISO 8601 */
  get lastAt() {
    return this.#messages.at(-1)?.at ?? null;
  }

  /** @returns {string|null} the last message's id, where a stream may go on */
  get lastId() {
    return this.#messages.at(-1)?.id ?? null;
  }

  /** @param {string} at ISO 8601 @returns {boolean} whether a citizen's message of then or later is shown */
  hasCitizenSince(at) {
    return this.#messages.some((message) => message.role === 'citizen' && Date.parse(message.at) >= Date.parse(at));
  }

  /** @param {string} id @returns {boolean} whether that message is shown */
  has(id) {
    return this.#messages.some((message) => message.id === id);
  }

  clear() {
    this.#messages = [];
    this.list.replaceChildren();
    this.#followed = true;
    this.#read();
  }

  /** Take in messages; of those known already, what became of them since. @param {object[]} messages */
  merge(messages) {
    const added = messages.filter((message) => this.#insert(message));
    if (!added.length) return;
    if (this.#followed) this.toEnd();
    else this.#tell(added.length);
  }

  toEnd() {
    this.scroller.scrollTop = this.scroller.scrollHeight;
    this.#read();
  }

  #insert(message) {
    let index = this.#messages.length;
    while (index > 0 && compareIds(this.#messages[index - 1].id, message.id) > 0) index -= 1;
    if (this.#messages[index - 1]?.id === message.id) return this.#update(index - 1, message);
    this.#messages.splice(index, 0, message);
    this.list.insertBefore(messageItem(message), this.list.children[index] ?? null);
    return true;
  }

  /** Draw a message again that was withdrawn, or is on another point of its way. @returns {boolean} false: it is not new */
  #update(index, message) {
    const known = this.#messages[index];
    const lost = known.withdrawn && !message.withdrawn; // a stream that began before tells of what was
    if (lost || !message.delivery && !message.withdrawn) return false;
    if (known.delivery === message.delivery && known.withdrawn === message.withdrawn) return false;
    this.#messages[index] = message;
    this.list.children[index].replaceWith(messageItem(message));
    return false;
  }

  #scrolled() {
    const { scrollTop, scrollHeight, clientHeight } = this.scroller;
    if (clientHeight !== this.#height) return; // the page moved, not the reader
    this.#followed = scrollHeight - scrollTop - clientHeight < NEAR_END;
    if (this.#followed) this.#read();
  }

  #resized() {
    this.#height = this.scroller.clientHeight;
    if (this.#followed) this.toEnd();
  }

  #tell(count) {
    this.#unread += count;
    setText(this.more, fill(TEXT.newMessages, { n: this.#unread }));
    this.more.hidden = false;
  }

  #read() {
    this.#unread = 0;
    this.more.hidden = true;
  }
}
