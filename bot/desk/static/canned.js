/** Canned replies: a picker that searches as one types, filled from the open conversation. */
import * as api from './api.js';
import { CannedForm } from './canned-form.js';
import { byId, el, isComposing, setText, tag } from './dom.js';
import { CANNED } from './words.js';

const plain = (text) => text.normalize('NFKC').toLowerCase();

/** @param {string} text @param {Record<string, string>} places what fills it; others stay */
export const filled = (text, places) => text.replace(/\{([^{}]*)\}/g, (whole, name) => places[name] ?? whole);

export class CannedPicker {
  #all = [];
  #shown = [];
  #index = 0;

  /**
   * @param {object} pane
   * @param {() => Record<string, string>} pane.places what fills placeholders in the open conversation
   * @param {(text: string) => boolean} pane.insert into the reply box; false if one may not write there
   */
  constructor(pane) {
    this.pane = pane;
    this.dialog = byId('canned-dialog');
    this.search = byId('canned-search');
    this.list = byId('canned-list');
    this.form = new CannedForm({ done: (id) => this.#load(id) });
    this.search.addEventListener('input', () => this.#draw(0));
    this.search.addEventListener('keydown', (event) => this.#pressed(event));
    byId('canned-new').addEventListener('click', () => this.form.open(null));
    byId('canned-edit').addEventListener('click', () => this.#edit());
    byId('canned-close').addEventListener('click', () => this.dialog.close());
  }

  /** Show them, with an empty search. */
  async open() {
    this.search.value = '';
    this.form.close();
    this.dialog.showModal();
    this.search.focus();
    await this.#load(null);
  }

  async #load(id) {
    const [found, problem] = await api.canned().then(({ canned }) => [canned, ''], (error) => [this.#all, error.message]);
    this.#all = found;
    setText(byId('canned-error'), problem);
    this.#draw(0);
    const index = this.#shown.findIndex((one) => one.id === id);
    if (index > 0) this.#mark(index);
    if (id) this.search.focus();
  }

  #draw(index) {
    const words = plain(this.search.value).split(/\s+/).filter(Boolean);
    this.#shown = this.#all.filter((one) => words.every((word) => plain(`${one.title} ${one.text}`).includes(word)));
    this.list.replaceChildren(...this.#shown.map((one, place) => this.#option(one, place)));
    this.list.hidden = !this.#shown.length;
    byId('canned-none').hidden = this.#shown.length > 0 || !this.#all.length;
    this.#mark(index);
  }

  #option(one, place) {
    return el('li', { role: 'option', id: `canned-option-${place}`, 'data-canned': one.id, onclick: () => this.#take(place) },
      el('span', { class: 'canned-name' }, el('span', { text: one.title }),
        tag('plain', one.shared ? CANNED.shared : CANNED.own)),
      el('span', { class: 'canned-preview', text: filled(one.text, this.pane.places()) }));
  }

  #mark(index) {
    this.#index = Math.min(Math.max(index, 0), this.#shown.length - 1);
    [...this.list.children].forEach((option, place) => option.setAttribute('aria-selected', String(place === this.#index)));
    const chosen = this.list.children[this.#index];
    chosen?.scrollIntoView({ block: 'nearest' });
    if (chosen) this.search.setAttribute('aria-activedescendant', chosen.id);
    else this.search.removeAttribute('aria-activedescendant');
    byId('canned-edit').disabled = !chosen;
  }

  #pressed(event) {
    if (isComposing(event)) return;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!step && event.key !== 'Enter' && event.key !== 'F2') return;
    event.preventDefault();
    if (step) this.#mark(this.#index + step);
    else if (event.key === 'F2') this.#edit();
    else this.#take(this.#index);
  }

  #edit() {
    const one = this.#shown[this.#index];
    if (one) this.form.open(one);
  }

  #take(index) {
    const one = this.#shown[index];
    if (!one) return;
    this.dialog.close();
    if (this.pane.insert(filled(one.text, this.pane.places()))) return;
    this.dialog.showModal();
    this.search.focus();
    setText(byId('canned-error'), CANNED.notMine);
  }
}
