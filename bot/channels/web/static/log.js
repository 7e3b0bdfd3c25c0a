import { part } from "./dom.js";
import { compareIds } from "./ids.js";
import { messageItem, showDay, useChoice } from "./message.js";

/**
 * The messages on the page: each once, in the order of their IDs. What was
 * there on arrival stands in one list, below the page's greeting; what comes
 * later stands in another, which screen readers read out.
 */
export class Log {
  #root;
  #store;
  #history;
  #live;
  #greeting;
  #items = [];

  /** @param {Element} root the chat @param {Store} store knows the feedback given */
  constructor(root, store) {
    this.#root = root;
    this.#store = store;
    this.#history = part(root, "history");
    this.#live = part(root, "live");
    this.#greeting = this.#history.firstElementChild.cloneNode(true);
  }

  /** The item of a message, if it is shown. */
  item(id) {
    return this.#items.findLast(({ dataset }) => dataset.id === id);
  }

  /**
   * Show a message in its place.
   * @param {boolean} live whether it is new to the reader
   * @returns {HTMLLIElement|undefined} undefined if it was there
   */
  insert(message, live) {
    const { id, role, text } = message;
    const before = this.#items.findLastIndex(({ dataset }) => compareIds(dataset.id, id) <= 0);
    if (this.#items[before]?.dataset.id === id) return undefined;
    const item = messageItem(this.#root, message, this.#store.feedback[id]);
    this.#place(item, before + 1, live);
    if (role === "citizen") this.use(text);
    return item;
  }

  /** A choice with this label was made; its offer is used up. */
  use(label) {
    useChoice(this.#root, label);
  }

  /** Back to the greeting alone. */
  clear() {
    this.#items = [];
    this.#live.replaceChildren();
    this.#history.replaceChildren(this.#greeting.cloneNode(true));
  }

  #place(item, index, live) {
    const next = this.#items[index];
    const list = live || this.#live.hasChildNodes() ? this.#live : this.#history;
    if (next) next.before(item);
    else list.append(item);
    this.#items.splice(index, 0, item);
    showDay(item, this.#items[index - 1]);
    if (next) showDay(next, item);
  }
}
