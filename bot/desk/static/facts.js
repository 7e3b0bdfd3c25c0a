/** The facts of a conversation or ticket, drawn from what was said; no prose, no guessing. */
import { el } from './dom.js';
import { happened } from './entry.js';
import { topicName } from './faces.js';
import { fullTime, shortTime } from './time.js';
import { CASE, CHANNELS, FACETS, FACTS, HANDOFF_REASONS, INITIATIVES, OUTCOMES, STATES, TICKET_KINDS, TICKET_STATUSES, fill } from './words.js';

/** One a turn and outcome: an answer in several messages is one answer. */
function botTurns(messages) {
  const turns = new Map();
  for (const message of messages) {
    if (message.role !== 'bot' || !message.outcome) continue;
    const key = [message.in_reply_to ?? message.id, message.outcome, message.initiative, message.facet].join();
    turns.set(key, message);
  }
  return [...turns.values()];
}

const about = ({ initiative, facet }) =>
  [INITIATIVES[initiative] ?? initiative, FACETS[facet] ?? facet].filter(Boolean).join(' ・ ');

const distinct = (values) => [...new Set(values.filter(Boolean))];

const quoted = (message) => (message ? fill(CASE.quoted, { text: message.text }) : '');

/** What of the bot's turns answered nothing: named if it was about something, else quoted. */
function unanswered(messages, turns) {
  const found = turns.filter(({ outcome }) => outcome === 'not_stated' || outcome === 'out_of_scope');
  return distinct(found.map((turn) => {
    const what = about(turn) || quoted(messages.find(({ id }) => id === turn.in_reply_to));
    return `${what}（${OUTCOMES[turn.outcome]}）`;
  }));
}

/** Why it came into the queue last, what the citizen wrote then, and what the turn before had come to. */
function reasons(messages, history) {
  const queued = history.findLast(({ kind }) => kind === 'queued' || kind === 'requeued');
  if (!queued) return [];
  const { reason, after } = queued.detail ?? {};
  const handoff = messages.findLast((message) => message.role === 'bot' && message.outcome === 'handoff' && message.at <= queued.at);
  const asked = messages.find(({ id }) => id === handoff?.in_reply_to);
  return [
    HANDOFF_REASONS[reason] ?? happened(queued),
    reason === 'asked' ? quoted(asked) : '',
    after ? fill(CASE.before, { outcome: OUTCOMES[after] ?? after }) : '',
  ].filter(Boolean);
}

function judged({ helpful, comment }) {
  const words = helpful ? CASE.helpful : CASE.unhelpful;
  return comment ? `${words}${fill(CASE.quoted, { text: comment })}` : words;
}

const ticketWords = ({ receipt, status, kind }) =>
  `${receipt}（${TICKET_KINDS[kind] ?? kind} ・ ${TICKET_STATUSES[status] ?? status}）`;

/**
 * What an operator has to know before the first word: rows as below, each of one line.
 * @param {{messages: object[], history: object[], tickets: object[], feedback: object[]}} known
 */
export function summaryRows({ messages, history, tickets, feedback }) {
  const turns = botTurns(messages);
  const of = (outcome) => distinct(turns.filter((turn) => turn.outcome === outcome).map(about));
  const topics = distinct(turns.map(({ initiative }) => INITIATIVES[initiative] ?? initiative));
  const rows = [
    [CASE.asked, topics.length ? topics : [topicName(null)]],
    [CASE.told, of('answer')],
    [CASE.open, unanswered(messages, turns)],
    [CASE.why, reasons(messages, history)],
    [CASE.tickets, tickets.map(ticketWords)],
    [CASE.feedback, feedback.map(judged)],
  ];
  return rows.map(([label, lines]) => [label, lines.length ? [lines.join(' ／ ')] : []]);
}

/**
 * @param {object} summary of the desk API
 * @param {object[]} messages its transcript
 * @param {object[]} history
 * @returns {Array<[string, string[]]>} label and its lines; no lines means there is nothing to state
 */
export function conversationFacts(summary, messages, history) {
  const claims = history.filter(({ kind }) => kind === 'claimed' || kind === 'reopened').length;
  const earlier = claims - (summary.state === 'operator' ? 1 : 0);
  return [
    [FACTS.channel, [CHANNELS[summary.channel] ?? summary.channel]],
    [FACTS.state, [STATES[summary.state] ?? summary.state]],
    [FACTS.owner, [summary.owner ?? FACTS.nobody]],
    [FACTS.since, summary.waiting_since ? [shortTime(summary.waiting_since)] : []],
    [FACTS.started, messages.length ? [shortTime(messages[0].at)] : []],
    [CASE.earlier, earlier > 0 ? [fill(FACTS.times, { n: earlier })] : []],
    [CASE.history, history.map((entry) => `${shortTime(entry.at)} ${happened(entry)}`)],
  ];
}

/**
 * @param {HTMLElement} box emptied first
 * @param {Array<[string, string[]]>} rows those without lines are left out
 */
export function showFacts(box, rows) {
  const shown = rows.filter(([, lines]) => lines.length);
  box.replaceChildren(el('dl', { class: 'facts' }, ...shown.map(([label, lines]) =>
    el('div', { class: lines.length > 1 ? 'long' : null }, el('dt', { text: label }), ...lines.map((line) => el('dd', { text: line }))))));
}
