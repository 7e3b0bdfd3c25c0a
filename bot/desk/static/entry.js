/** One entry of the history: inline in the transcript, and as a line of the facts. */
import { el } from './dom.js';
import { fullTime, shortTime } from './time.js';
import { CASE, DISPOSITIONS, HANDOFF_REASONS, HAPPENINGS, fill } from './words.js';

/** Those that the transcript's own messages do not tell already. */
const INLINE = new Set(['note', 'queued', 'transferred', 'requeued', 'closed', 'reopened', 'left_queue']);

/** @param {object} entry of the desk API @returns {boolean} whether the transcript shows it */
export const isInline = (entry) => INLINE.has(entry.kind);

/** @param {object} entry @returns {string} what happened, in words, without who and when */
export function whatHappened({ kind, detail = {} }) {
  const what = HAPPENINGS[kind] ?? kind;
  if (detail.from) return fill(CASE.taken, detail);
  if (detail.to) return fill(CASE.to, { what, to: detail.to });
  const more = HANDOFF_REASONS[detail.reason] ?? DISPOSITIONS[detail.disposition] ?? detail.receipt;
  return more ? fill(CASE.and, { what, more }) : what;
}

/** @param {object} entry @returns {string} as above, with who did it */
export const happened = (entry) =>
  (entry.operator ? fill(CASE.by, { what: whatHappened(entry), who: entry.operator }) : whatHappened(entry));

const when = ({ at }) => el('time', { datetime: at, title: fullTime(at), text: shortTime(at) });

function note(entry) {
  return el('li', { class: 'entry entry-note', 'data-entry-id': entry.id, 'data-kind': entry.kind },
    el('p', { class: 'message-head' },
      el('span', { class: 'message-role', text: fill(CASE.noteBy, { who: entry.operator ?? '' }) }), when(entry),
      el('span', { class: 'muted', text: CASE.privately })),
    el('p', { class: 'entry-text', text: entry.text }));
}

/** @param {object} entry @returns {HTMLElement} a list item; `data-entry-id` and `data-kind` name it */
export function entryItem(entry) {
  if (entry.kind === 'note') return note(entry);
  return el('li', { class: 'entry entry-line', 'data-entry-id': entry.id, 'data-kind': entry.kind },
    el('p', { class: 'entry-head' }, when(entry), el('span', { text: happened(entry) })),
    entry.text ? el('p', { class: 'entry-text', text: entry.text }) : null);
}
