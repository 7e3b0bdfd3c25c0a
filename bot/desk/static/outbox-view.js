/** Unsent messages between transcript and composer, with what can be done about them. */
import { el, tag } from './dom.js';
import { OUTBOX } from './words.js';

const button = (text, action, entry, disabled = false) =>
  el('button', { type: 'button', class: 'button small', 'data-action': action, 'data-id': entry.id, disabled, text });

function buttons(entry, sendable) {
  if (entry.status === 'failed') {
    return [button(OUTBOX.resend, 'resend', entry, !sendable), button(OUTBOX.discard, 'discard', entry)];
  }
  if (entry.status === 'rejected') return [button(OUTBOX.edit, 'edit', entry), button(OUTBOX.discard, 'discard', entry)];
  return [];
}

function row(entry, sendable) {
  return el('li', { class: 'outbox-entry', 'data-status': entry.status },
    el('p', { class: 'message-text', text: entry.text }),
    el('p', { class: 'outbox-foot' },
      tag(`outbox-${entry.status}`, OUTBOX[entry.status]),
      entry.error ? el('span', { class: 'error', role: 'alert', text: entry.error }) : null,
      ...buttons(entry, sendable)));
}

/**
 * @param {HTMLElement} list the ul; hidden while empty
 * @param {import('./outbox.js').Entry[]} entries
 * @param {boolean} sendable whether sending again is possible just now
 */
export function showOutbox(list, entries, sendable) {
  list.hidden = entries.length === 0;
  list.replaceChildren(...entries.map((entry) => row(entry, sendable)));
}
