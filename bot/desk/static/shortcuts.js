/** Single-key operation; never while something is being written, and switchable off. */
import { byId, isComposing } from './dom.js';

const SETTING = 'desk:shortcuts';
const FIELDS = 'input, textarea, select, [contenteditable]';

/** The key meant, also where an input method swallows it (then only its place is known). */
function keyOf(event) {
  if (event.key !== 'Process') return event.key;
  return /^Key[A-Z]$/.test(event.code) ? event.code.slice(3).toLowerCase() : '';
}

/** @returns {boolean} whether `event` is a bare key press outside any field and dialog */
function isFree(event) {
  if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return false;
  if (isComposing(event) && event.key !== 'Process') return false;
  return !event.target.closest(FIELDS) && !document.querySelector('dialog[open]');
}

/** @param {Record<string, () => void>} actions by key, e.g. `j`, `?` */
export function listenForShortcuts(actions) {
  const box = byId('shortcuts-on');
  box.checked = localStorage.getItem(SETTING) !== 'off';
  box.addEventListener('change', () => localStorage.setItem(SETTING, box.checked ? 'on' : 'off'));
  document.addEventListener('keydown', (event) => {
    const action = actions[keyOf(event)];
    if (!action || !box.checked || !isFree(event)) return;
    event.preventDefault();
    action();
  });
}
