/** One message of a transcript as an element. */
import { el, tag } from './dom.js';
import { fullTime, shortTime } from './time.js';
import { CASE, DELIVERIES, FACETS, INITIATIVES, OUTCOMES, ROLES, TEXT, fill } from './words.js';

const FINE = new Set(['waiting', 'sent', 'stored', 'shown']);

/** What the bot made of its turn; people's words carry no such marks. */
function tags(message) {
  if (message.role !== 'bot') return [];
  return [
    message.outcome ? tag(`outcome-${message.outcome}`, OUTCOMES[message.outcome] ?? message.outcome) : null,
    message.initiative ? tag('plain', INITIATIVES[message.initiative] ?? message.initiative) : null,
    message.facet ? tag('plain', FACETS[message.facet] ?? message.facet) : null,
    message.confidence === undefined ? null : tag('plain', fill(CASE.confidence, { n: Math.round(message.confidence * 100) })),
  ];
}

function source({ title, section, paragraph }) {
  return el('li', { text: [title, section, fill(TEXT.paragraph, { n: paragraph })].join(' ／ ') });
}

function sources(list) {
  if (!list?.length) return null;
  return el('details', { class: 'sources' },
    el('summary', { text: `${TEXT.sources}（${list.length}）` }), el('ul', {}, ...list.map(source)));
}

function choices(list) {
  if (!list?.length) return null;
  return el('ul', { class: 'chips', 'aria-label': TEXT.choices },
    ...list.map(({ label }) => el('li', { class: 'chip', text: label })));
}

/** How far a message got: always for what an operator wrote, for the rest only if something is wrong. */
function delivery({ delivery: state, role }) {
  if (!state || (FINE.has(state) && role !== 'operator')) return null;
  const words = DELIVERIES[state] ?? state;
  return el('p', { class: `delivery delivery-${FINE.has(state) ? 'fine' : 'wrong'}`, 'data-delivery': state, text: words });
}

/** What the citizen thinks of it. */
function feedback({ feedback: given }) {
  if (!given) return null;
  const words = given.helpful ? CASE.helpful : CASE.unhelpful;
  return el('p', { class: 'judged' }, tag(given.helpful ? 'helpful' : 'unhelpful', words),
    given.comment ? el('span', { text: fill(CASE.quoted, { text: given.comment }) }) : null);
}

/**
 * @param {object} message of the API
 * @returns {HTMLElement} a list item; `data-message-id` and `data-role` name it
 */
export function messageItem(message) {
  return el('li', { class: `message from-${message.role}`, 'data-message-id': message.id, 'data-role': message.role },
    el('p', { class: 'message-head' },
      el('span', { class: 'message-role', text: [ROLES[message.role] ?? message.role, message.author].filter(Boolean).join(' ') }),
      el('time', { datetime: message.at, title: fullTime(message.at), text: shortTime(message.at) }),
      ...tags(message)),
    el('p', { class: message.withdrawn ? 'message-text withdrawn' : 'message-text', text: message.text }),
    delivery(message),
    feedback(message),
    choices(message.choices),
    sources(message.sources));
}
