/** Who is busy with which conversation just now: operators who look, and who is writing. */
import { TEXT, fill } from './words.js';

const LASTS = 6_000; // milliseconds; whoever goes on writing says so again

const names = (all) => all.map((name) => fill(TEXT.personName, { name })).join(TEXT.and);

/** @param {object} summary @param {string} me @returns {string} which other operators have it open, or empty */
export function viewersWords({ viewers = [] }, me) {
  const others = viewers.filter((name) => name !== me);
  return others.length ? fill(TEXT.viewedBy, { names: names(others) }) : '';
}

export class Activity {
  #writing = new Map();

  /** @param {() => void} changed told when somebody began or stopped */
  constructor(changed) {
    this.changed = changed;
  }

  /** An `activity` event. */
  take({ conversation_id: id, role, typing }) {
    clearTimeout(this.#writing.get(id)?.timer);
    this.#writing.delete(id);
    if (typing) this.#writing.set(id, { role, timer: setTimeout(() => this.stop(id), LASTS) });
    this.changed();
  }

  /** Nobody writes there any more. @param {string} id */
  stop(id) {
    clearTimeout(this.#writing.get(id)?.timer);
    if (this.#writing.delete(id)) this.changed();
  }

  /** @param {object} summary @param {string} me @returns {string} who writes there, or empty */
  words({ conversation_id: id, owner }, me) {
    const role = this.#writing.get(id)?.role;
    if (role === 'citizen') return TEXT.citizenTyping;
    if (role !== 'operator' || !owner || owner === me) return '';
    return fill(TEXT.typedBy, { name: owner });
  }
}
