/** Dialogs that ask something before it is done. What was written stays until it was done. */
import { byId, el } from './dom.js';
import { CASE, fill } from './words.js';

/** The choice that is no colleague; no operator can have this name. */
export const QUEUE = '*queue';

/**
 * Show a dialog whose form has a button `yes`.
 * @param {HTMLDialogElement} dialog
 * @returns {Promise<FormData|null>} what was filled in; null if it was left
 */
export function ask(dialog) {
  dialog.returnValue = '';
  dialog.showModal();
  return new Promise((resolve) => {
    const decided = () => resolve(dialog.returnValue === 'yes' ? new FormData(dialog.querySelector('form')) : null);
    dialog.addEventListener('close', decided, { once: true });
  });
}

/** It was done: begin with an empty form the next time. @param {HTMLDialogElement} dialog */
export const done = (dialog) => dialog.querySelector('form').reset();

/** Let Ctrl+Enter in a dialog's text be its `yes`. */
export function sendWithKeys() {
  for (const dialog of document.querySelectorAll('dialog:has(button[value="yes"])')) {
    dialog.addEventListener('keydown', (event) => {
      if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return;
      event.preventDefault();
      dialog.querySelector('form').requestSubmit(dialog.querySelector('button[value="yes"]'));
    });
  }
}

const option = ({ name, present }) =>
  el('option', { value: name, text: fill(present ? CASE.present : CASE.absent, { name }) });

/** Offer the queue and the colleagues, those who are there first. @param {Array<{name: string, present: boolean}>} colleagues */
export function offerColleagues(colleagues) {
  const sorted = [...colleagues].sort((a, b) => Number(b.present) - Number(a.present));
  const group = sorted.length ? el('optgroup', { label: CASE.colleagues }, ...sorted.map(option)) : null;
  byId('hand-over-to').replaceChildren(
    el('option', { value: '', text: CASE.choose }), ...(group ? [group] : []), el('option', { value: QUEUE, text: CASE.queue }));
}
