/** Suggested answers for the citizen's last message; they go into the reply box, and no further. */
import * as api from './api.js';
import { byId, el, setText } from './dom.js';
import { CASE, FACETS, INITIATIVES, fill } from './words.js';

export class Suggestions {
  #asked = ''; // for which conversation and message
  #found = [];

  /** @param {(text: string) => boolean} insert into the reply box */
  constructor(insert) {
    this.insert = insert;
  }

  /** Find some, unless they are for the same message. @param {string} id @param {object[]} messages */
  async follow(id, messages) {
    const last = messages.findLast(({ role }) => role === 'citizen');
    const key = `${id} ${last?.id}`;
    if (key === this.#asked) return;
    this.clear();
    this.#asked = key;
    const found = await api.suggestions(id).then(({ suggestions }) => suggestions, () => []); // a help that may fail
    if (key === this.#asked) this.#show(found);
  }

  clear() {
    this.#asked = '';
    this.#show([]);
  }

  /** Put one into the reply box. @param {number} index from 0; out of range does nothing */
  take(index) {
    const one = this.#found[index];
    if (one) this.insert(one.text);
  }

  #show(found) {
    this.#found = found;
    byId('suggestions').hidden = !found.length;
    setText(byId('suggestions-count'), fill(CASE.suggestions, { n: found.length }));
    byId('suggestions-list').replaceChildren(...found.map((one, index) => this.#item(one, index)));
  }

  #item({ initiative, facet, text }, index) {
    return el('li', {}, el('button', { type: 'button', class: 'suggestion', title: text, onclick: () => this.take(index) },
      el('span', { class: 'suggestion-head' }, el('kbd', { text: `Alt+${index + 1}` }),
        el('span', { class: 'suggestion-facet', text: FACETS[facet] ?? facet }),
        el('span', { text: INITIATIVES[initiative] ?? initiative })),
      el('span', { class: 'suggestion-text', text })));
  }
}
