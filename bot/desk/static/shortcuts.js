/** Single-key operation; never while something is being written, and switchable off. */
import { byId, el, isComposing } from './dom.js';

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

/**
 * @typedef {object} Shortcut
 * @property {string[]} keys e.g. `['j']`
 * @property {string} words what it does
 * @property {((key: string) => void)} [run] told which of the keys it was; none is for the help alone
 * @property {string} [shown] how the keys are named, if not one by one
 */

const line = ({ keys, words, shown }) => [
  el('dt', {}, ...(shown ? [shown] : keys).map((key) => el('kbd', { text: key }))), el('dd', { text: words }),
];

/** Write the help from what the keys really do. @param {Array<[string, Shortcut[]]>} groups by heading */
export function explain(box, groups) {
  box.replaceChildren(...groups.map(([title, shortcuts]) =>
    el('section', {}, el('h3', { text: title }), el('dl', { class: 'keys' }, ...shortcuts.flatMap(line)))));
}

/** @param {Array<[string, Shortcut[]]>} groups */
export function listenForShortcuts(groups) {
  const actions = Object.fromEntries(groups.flatMap(([, shortcuts]) => shortcuts)
    .filter(({ run }) => run).flatMap(({ keys, run }) => keys.map((key) => [key, () => run(key)])));
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
