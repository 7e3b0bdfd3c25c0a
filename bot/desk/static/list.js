/** A list of buttons, one a conversation or ticket, updated in place so that focus stays. */
import { el, setText } from './dom.js';

export class ListView {
  #rows = new Map();
  #current = null;

  /**
   * @param {HTMLElement} list the ul
   * @param {HTMLElement} empty shown instead of an empty list
   * @param {(key: string) => void} open told which was chosen
   */
  constructor(list, empty, open) {
    this.list = list;
    this.empty = empty;
    this.open = open;
    list.addEventListener('keydown', (event) => this.#pressed(event));
  }

  /**
   * @param {Array<{key: string, face: Node[]}>} items in the order to show
   * @param {string} emptyText said when there are none
   */
  show(items, emptyText) {
    const keys = new Set(items.map(({ key }) => key));
    for (const key of [...this.#rows.keys()]) if (!keys.has(key)) this.#remove(key);
    items.forEach((item, index) => this.#place(item, index));
    this.empty.hidden = items.length > 0;
    setText(this.empty, emptyText);
    this.mark(this.#current);
  }

  /** Mark the open one. @param {string|null} key */
  mark(key) {
    this.#current = key;
    for (const [each, row] of this.#rows) {
      if (each === key) row.firstChild.setAttribute('aria-current', 'true');
      else row.firstChild.removeAttribute('aria-current');
    }
  }

  /** Move the focus, from the focused or else the open one. @param {1|-1} step */
  move(step) {
    const buttons = [...this.list.querySelectorAll('button')];
    const focused = buttons.indexOf(document.activeElement);
    const from = focused >= 0 ? focused : buttons.findIndex((b) => b.ariaCurrent === 'true');
    const to = from < 0 ? 0 : Math.min(Math.max(from + step, 0), buttons.length - 1);
    buttons[to]?.focus();
  }

  /** Put the focus on the open one, e.g. on coming back from it. */
  focusCurrent() {
    (this.list.querySelector('[aria-current]') ?? this.list.querySelector('button'))?.focus();
  }

  /** Put the focus on one by its place. @param {number} index from 0 */
  focusAt(index) {
    this.list.querySelectorAll('button')[index]?.focus();
  }

  #place({ key, face }, index) {
    const row = this.#rows.get(key) ?? this.#add(key);
    row.firstChild.replaceChildren(...face);
    if (this.list.children[index] !== row) this.list.insertBefore(row, this.list.children[index] ?? null);
  }

  #add(key) {
    const button = el('button', { type: 'button', class: 'item', 'data-key': key, onclick: () => this.open(key) });
    const row = el('li', {}, button);
    this.#rows.set(key, row);
    return row;
  }

  #remove(key) {
    this.#rows.get(key).remove();
    this.#rows.delete(key);
  }

  #pressed(event) {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!step) return;
    event.preventDefault();
    this.move(step);
  }
}
