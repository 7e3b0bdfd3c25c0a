/** One list of conversations, in order: fetched page by page, then kept up line by line. */

const PRIORITIES = ['emergency', 'returning', null];

const BELONGS = {
  waiting: ({ state }) => state === 'waiting',
  mine: ({ state, owner }, me) => state === 'operator' && owner === me,
  active: ({ state }) => state === 'operator',
  all: () => true,
  closed: ({ state }) => state === 'closed',
};

const time = (iso) => Date.parse(iso ?? '') || 0;
const byId = (a, b) => (a.conversation_id < b.conversation_id ? -1 : 1);
const isOlder = (a, b) => a.revision < b.revision || (a.revision === b.revision && time(a.last_at) < time(b.last_at));

/** The server's own order: who is to be served next, or what was said last. */
const ORDERS = {
  waiting: (a, b) => PRIORITIES.indexOf(a.priority) - PRIORITIES.indexOf(b.priority)
    || time(a.waiting_since) - time(b.waiting_since) || byId(a, b),
  newest: (a, b) => time(b.last_at) - time(a.last_at) || byId(b, a),
};

export class Roster {
  #lines = new Map();
  #meanwhile = null; // what arrived since a fetch began: its answer may know less

  /** Where the next page begins, or null. @type {string|null} */
  next = null;

  /** @param {'waiting'|'mine'|'active'|'all'|'closed'} view @param {string} me this operator's name */
  constructor(view, me) {
    this.view = view;
    this.me = me;
    this.order = ORDERS[view] ?? ORDERS.newest;
  }

  /** @returns {object[]} summaries, in order */
  get lines() {
    return [...this.#lines.values()].sort(this.order);
  }

  get size() {
    return this.#lines.size;
  }

  /** @param {string} id @returns {object|undefined} what is known of a conversation here */
  get(id) {
    return this.#lines.get(id);
  }

  /** A fetch begins: what arrives until its answer is there counts for more than the answer. */
  begin() {
    this.#meanwhile = [];
  }

  /** The answer to a fetch. @param {object[]} lines @param {string|null} next @param {boolean} more behind what is there */
  fetched(lines, next, more) {
    if (!more) this.#lines.clear();
    for (const line of lines) this.#put(line);
    this.next = next;
    const arrived = this.#meanwhile ?? [];
    this.#meanwhile = null;
    for (const line of arrived) this.take(line);
  }

  /** A line that has just changed; it may come, move or go. */
  take(line) {
    this.#meanwhile?.push(line);
    const known = this.#lines.get(line.conversation_id);
    if (known && isOlder(line, known)) return;
    if (!BELONGS[this.view](line, this.me)) this.#lines.delete(line.conversation_id);
    else if (known || !this.#isBeyond(line)) this.#lines.set(line.conversation_id, line);
  }

  /** A conversation is kept no more. @param {string} id */
  drop(id) {
    this.#lines.delete(id);
  }

  #put(line) {
    const known = this.#lines.get(line.conversation_id);
    if (!known || !isOlder(line, known)) this.#lines.set(line.conversation_id, line);
  }

  /** Whether a line has its place on a page that was not fetched yet. */
  #isBeyond(line) {
    return this.next !== null && this.order(line, this.lines.at(-1)) > 0;
  }
}
