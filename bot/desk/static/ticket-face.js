/** What a ticket looks like: a line of a list, its tags, its facts. */
import { el, tag } from './dom.js';
import { channelTag } from './faces.js';
import { fullTime, now, shortTime } from './time.js';
import { CHANNELS, DUE_LEVELS, TICKET, TICKET_FACTS, TICKET_KINDS, TICKET_STATUSES, fill } from './words.js';

const DAY = new Intl.DateTimeFormat('ja-JP', { timeZone: 'Asia/Tokyo', dateStyle: 'short' });

/** @param {object} ticket of the desk API @returns {boolean} whether somebody still has to see to it */
export const isUnfinished = ({ status }) => status === 'open' || status === 'in_progress';

/** @param {string} due ISO 8601 @returns {'late'|'today'|'ontime'} a key of DUE_LEVELS */
export function dueLevel(due) {
  if (Date.parse(due) <= now()) return 'late';
  return DAY.format(new Date(due)) === DAY.format(now()) ? 'today' : 'ontime';
}

/** Until when it is to be finished, by colour and word; null when it is finished. */
export function dueTag(ticket) {
  if (!ticket.due_at || !isUnfinished(ticket)) return null;
  const level = dueLevel(ticket.due_at);
  return tag(`due-${level}`, fill(TICKET.due, { time: shortTime(ticket.due_at), level: DUE_LEVELS[level] }));
}

/** @returns {Node} how far it got, by colour and word */
export const statusTag = ({ status }) => tag(`ticket-${status}`, TICKET_STATUSES[status] ?? status);

const name = (assignee, me) => (assignee === me ? TICKET.me : assignee);

/** Who sees to it; null when nobody does. */
export function assigneeTag({ assignee }, me) {
  return assignee ? tag('plain', fill(TICKET.assignee, { name: name(assignee, me) })) : null;
}

/** @param {object} ticket of the desk API @param {string} me this operator's name @returns {Node[]} */
export function ticketFace(ticket, me) {
  const tags = [channelTag(ticket.channel), statusTag(ticket), dueTag(ticket), assigneeTag(ticket, me)];
  return [
    el('span', { class: 'item-tags' }, ...tags.filter(Boolean)),
    el('span', { class: 'item-topic receipt', text: ticket.receipt }),
    el('span', { class: 'item-text', text: ticket.text }),
    el('span', { class: 'item-foot', text: shortTime(ticket.created_at) }),
  ];
}

/** @param {object} ticket of the desk API @returns {Array<[string, string[]]>} for `showFacts` */
export function ticketFacts(ticket) {
  const time = (iso) => (iso ? [fullTime(iso)] : []);
  return [
    [TICKET_FACTS.receipt, [ticket.receipt]],
    [TICKET_FACTS.kind, [TICKET_KINDS[ticket.kind] ?? ticket.kind]],
    [TICKET_FACTS.channel, [CHANNELS[ticket.channel] ?? ticket.channel]],
    [TICKET_FACTS.received, time(ticket.created_at)],
    [TICKET_FACTS.status, [TICKET_STATUSES[ticket.status] ?? ticket.status]],
    [TICKET_FACTS.assignee, [ticket.assignee ?? TICKET.nobody]],
    [TICKET_FACTS.due, time(ticket.due_at)],
    [TICKET_FACTS.answeredBy, ticket.answered_by ? [ticket.answered_by] : []],
    [TICKET_FACTS.answeredAt, time(ticket.answered_at)],
    [TICKET_FACTS.closedAt, time(ticket.closed_at)],
  ];
}
