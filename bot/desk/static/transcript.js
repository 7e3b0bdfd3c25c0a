/** A transcript: each message and entry once, in the order of their ids, without jumping under the reader. */
import { setText } from './dom.js';
import { entryItem } from './entry.js';
import { messageItem } from './message.js';
import { TEXT, fill } from './words.js';

const NEAR_END = 48; // pixels

/** Order two stream ids, `<milliseconds>-<number>`. @returns {number} below 0 when `a` is earlier */
export function compareIds(a, b) {
  const [aTime, aNumber] = a.split('-').map(Number);
  const [bTime, bNumber] = b.split('-').map(Number);
  return aTime - bTime || aNumber - bNumber;
}

/** Whether `a` comes after `b`; what happened comes after what was said with it. */
function isLater(a, b) {
  return (compareIds(a.id, b.id) || Number('kind' in a) - Number('kind' in b)) > 0;
}

const isSame = (a, b) => a.id === b.id && 'kind' in a === 'kind' in b;

export class Transcript {
  #items = []; // messages, and entries of the history, which have a `kind`
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

  /** @returns {object[]} the messages that are shown, in order */
  get messages() {
    return this.#items.filter((item) => !('kind' in item));
  }

  /** @returns {string|null} when the last message was said, ISO 8601 */
  get lastAt() {
    return this.messages.at(-1)?.at ?? null;
  }

  /** @returns {string|null} the last message's id, where a stream may go on */
  get lastId() {
    return this.messages.at(-1)?.id ?? null;
  }

  /** @param {string} at ISO 8601 @returns {boolean} whether a citizen's message of then or later is shown */
  hasCitizenSince(at) {
    return this.messages.some((message) => message.role === 'citizen' && Date.parse(message.at) >= Date.parse(at));
  }

  /** @param {string} id @returns {boolean} whether that message is shown */
  has(id) {
    return this.messages.some((message) => message.id === id);
  }

  clear() {
    this.#items = [];
    this.list.replaceChildren();
    this.#followed = true;
    this.#read();
  }

  /** Take in messages and entries; of those known already, what became of them since. @param {object[]} items */
  merge(items) {
    const added = items.filter((item) => this.#insert(item));
    if (!added.length) return;
    if (this.#followed) this.toEnd();
    else this.#tell(added.length);
  }

  /** The citizen's page was sent everything up to a message. @param {string} id */
  showUpTo(id) {
    this.#items.forEach((item, index) => {
      if (item.delivery === 'stored' && compareIds(item.id, id) <= 0) this.#update(index, { ...item, delivery: 'shown' });
    });
  }

  toEnd() {
    this.scroller.scrollTop = this.scroller.scrollHeight;
    this.#read();
  }

  #insert(item) {
    let index = this.#items.length;
    while (index > 0 && isLater(this.#items[index - 1], item)) index -= 1;
    const before = this.#items[index - 1];
    if (before && isSame(before, item)) return this.#update(index - 1, item);
    this.#items.splice(index, 0, item);
    const face = 'kind' in item ? entryItem(item) : messageItem(item);
    this.list.insertBefore(face, this.list.children[index] ?? null);
    return true;
  }

  /** Draw a message again that was withdrawn or judged, or is on another point of its way. @returns {boolean} false: it is not new */
  #update(index, message) {
    const known = this.#items[index];
    if ('kind' in known || (known.withdrawn && !message.withdrawn)) return false; // a stream that began before tells of what was
    const delivery = known.delivery === 'shown' ? 'shown' : message.delivery ?? known.delivery; // a load that began before knows less
    const now = { ...message, delivery, feedback: message.feedback ?? known.feedback };
    const judged = JSON.stringify(now.feedback) !== JSON.stringify(known.feedback);
    if (!judged && known.delivery === now.delivery && known.withdrawn === now.withdrawn) return false;
    this.#items[index] = now;
    this.list.children[index].replaceWith(messageItem(now));
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
