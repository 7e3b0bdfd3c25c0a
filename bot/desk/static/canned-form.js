/** The form in which a canned reply is written, in the picker's dialog. */
import * as api from './api.js';
import { byId, el, setText } from './dom.js';
import { CANNED, PLACEHOLDERS } from './words.js';

export class CannedForm {
  #one = null; // what is being written
  #sure = false; // the first press of the button that removes it was made

  /** @param {{done: (id: string) => void}} picker told when there is something new */
  constructor({ done }) {
    this.done = done;
    this.form = byId('canned-form');
    this.mayShare = byId('canned-dialog').dataset.mayShare === 'true';
    byId('canned-places').replaceChildren(...Object.values(PLACEHOLDERS).map((name) => this.#place(`{${name}}`)));
    byId('canned-shared-row').hidden = !this.mayShare;
    byId('canned-back').addEventListener('click', () => this.#back(this.#one.id));
    byId('canned-delete').addEventListener('click', () => this.#remove());
    this.form.addEventListener('submit', (event) => this.#keep(event));
  }

  /** Write a new one, or change `one`. @param {object|null} one of the desk API */
  open(one) {
    this.#one = one ?? { id: crypto.randomUUID(), title: '', text: '', shared: false };
    const locked = this.#one.shared && !this.mayShare;
    byId('canned-pick').hidden = true;
    this.form.hidden = false;
    setText(byId('canned-form-title'), one ? CANNED.change : CANNED.add);
    byId('canned-name').value = this.#one.title;
    byId('canned-text').value = this.#one.text;
    byId('canned-shared').checked = this.#one.shared;
    byId('canned-shared').disabled = Boolean(one); // an own one stays one's own
    for (const field of this.form.querySelectorAll('input[type="text"], textarea')) field.readOnly = locked;
    this.form.querySelector('[type="submit"]').disabled = locked;
    byId('canned-delete').hidden = !one || locked;
    this.#doubt(false);
    setText(byId('canned-form-error'), locked ? CANNED.sharedBySupervisors : '');
    byId('canned-name').focus();
  }

  /** Show the picker again. */
  close() {
    this.form.hidden = true;
    byId('canned-pick').hidden = false;
  }

  #back(id) {
    this.close();
    this.done(id);
  }

  #doubt(sure) {
    this.#sure = sure;
    setText(byId('canned-delete'), sure ? CANNED.sure : CANNED.remove);
  }

  #place(text) {
    const box = byId('canned-text');
    const put = () => { box.setRangeText(text, box.selectionStart, box.selectionEnd, 'end'); box.focus(); };
    return el('button', { type: 'button', class: 'button small', text, onclick: put });
  }

  async #keep(event) {
    event.preventDefault();
    const shared = this.mayShare && byId('canned-shared').checked;
    const one = { ...this.#one, title: byId('canned-name').value, text: byId('canned-text').value, shared };
    await this.#try(api.keepCanned(one));
  }

  async #remove() {
    if (this.#sure) await this.#try(api.removeCanned(this.#one));
    else this.#doubt(true);
  }

  async #try(request) {
    const problem = await request.then(() => '', (error) => error.message);
    setText(byId('canned-form-error'), problem);
    if (!problem) this.#back(this.#one.id);
  }
}
