/** The facts of a conversation or ticket, drawn from what was said; no prose, no guessing. */
import { el } from './dom.js';
import { topicName } from './faces.js';
import { shortTime } from './time.js';
import { CHANNELS, FACETS, FACTS, INITIATIVES, OUTCOMES, STATES, fill } from './words.js';

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

function countRow(label, turns, outcome) {
  const found = turns.filter((turn) => turn.outcome === outcome);
  return [label, [fill(FACTS.times, { n: found.length }), ...distinct(found.map(about))]];
}

/** What the citizen wrote when the last handoff came, and what the bot had said before it. */
function handoffRows(messages, turns) {
  const index = turns.findLastIndex(({ outcome }) => outcome === 'handoff');
  if (index < 0) return [];
  const asked = messages.find(({ id }) => id === turns[index].in_reply_to);
  const before = turns[index - 1];
  return [
    [FACTS.handoff, asked ? [`「${asked.text}」`, shortTime(asked.at)] : [OUTCOMES.handoff]],
    [FACTS.before, before ? [OUTCOMES[before.outcome] ?? before.outcome, about(before)].filter(Boolean) : []],
  ];
}

/**
 * @param {object} summary of the desk API
 * @param {object[]} messages its transcript
 * @returns {Array<[string, string[]]>} label and its lines; no lines means there is nothing to state
 */
export function conversationFacts(summary, messages) {
  const turns = botTurns(messages);
  const topics = distinct([...turns.map(({ initiative }) => initiative), summary.topic]).map(topicName);
  return [
    [FACTS.channel, [CHANNELS[summary.channel] ?? summary.channel]],
    [FACTS.state, [STATES[summary.state] ?? summary.state]],
    [FACTS.owner, [summary.owner ?? FACTS.nobody]],
    [FACTS.since, summary.waiting_since ? [shortTime(summary.waiting_since)] : []],
    [FACTS.started, messages.length ? [shortTime(messages[0].at)] : []],
    [FACTS.topics, topics.length ? topics : [topicName(null)]],
    countRow(FACTS.answered, turns, 'answer'),
    countRow(FACTS.notStated, turns, 'not_stated'),
    countRow(FACTS.outOfScope, turns, 'out_of_scope'),
    ...handoffRows(messages, turns),
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
