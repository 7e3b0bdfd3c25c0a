/** What one line of a list looks like: a conversation's, a ticket's. */
import { viewersWords } from './activity.js';
import { el, tag } from './dom.js';
import { secondsSince, shortTime, span, waitLevel } from './time.js';
import { CHANNELS, INITIATIVES, PRIORITIES, STATES, TEXT, WAIT_LEVELS, fill } from './words.js';

/** @param {string|null} topic an initiative's id @returns {string} its name, or that there is none yet */
export const topicName = (topic) => (topic ? INITIATIVES[topic] ?? topic : TEXT.noTopic);

/** @param {object} summary @returns {Node} its state, by colour and word */
export const stateTag = (summary) => tag(summary.state, STATES[summary.state] ?? summary.state);

/** @param {string} channel @returns {Node} */
export const channelTag = (channel) => tag('channel', CHANNELS[channel] ?? channel);

/** How long a conversation waits, and how that stands against the target; null when it does not. */
export function waitTag(summary) {
  if (summary.state !== 'waiting' || !summary.waiting_since) return null;
  const seconds = secondsSince(summary.waiting_since);
  const level = waitLevel(seconds);
  const words = `${fill(TEXT.waitFor, { time: span(seconds) })} ・ ${WAIT_LEVELS[level]}`;
  return tag(`wait-${level}`, words);
}

const ownerWords = ({ owner }, me) => (owner === me ? TEXT.ownerMe : fill(TEXT.owner, { name: owner }));

/** What brings a conversation before others; null when nothing does. */
export function priorityTag({ priority }) {
  return priority ? tag(`priority-${priority}`, PRIORITIES[priority] ?? priority) : null;
}

/** Who has the conversation; null when nobody has. */
export function ownerTag(summary, me) {
  return summary.owner ? tag('plain', ownerWords(summary, me)) : null;
}

/** How many messages did not reach the citizen; null when all did. */
export function undeliveredTag({ undelivered: n }) {
  return n ? tag('undelivered', fill(TEXT.undelivered, { n })) : null;
}

function foot(summary, { me, place }) {
  const parts = [];
  if (place) parts.push(fill(TEXT.queuePosition, { n: place }));
  if (summary.owner) parts.push(ownerWords(summary, me));
  if (summary.last_at) parts.push(shortTime(summary.last_at));
  return parts.join(' ・ ');
}

/**
 * @param {object} summary of the desk API
 * @param {{me: string, fresh: boolean, place: number|null, writing: string}} context the operator's
 *   name; whether there is something unread; the place in the queue; words for who is writing
 * @returns {Node[]}
 */
export function conversationFace(summary, context) {
  const people = context.writing || viewersWords(summary, context.me);
  return [
    el('span', { class: 'item-tags' },
      channelTag(summary.channel), priorityTag(summary), waitTag(summary) ?? stateTag(summary),
      context.fresh ? tag('fresh', TEXT.fresh) : null, undeliveredTag(summary)),
    el('span', { class: 'item-topic', text: topicName(summary.topic) }),
    el('span', { class: 'item-text', text: summary.last_text }),
    el('span', { class: 'item-foot', text: foot(summary, context) }),
    people ? el('span', { class: 'item-people', text: people }) : null,
  ].filter(Boolean);
}
