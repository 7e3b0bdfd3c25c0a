/** The lists of messages and opinions: what to show of them, and how much. */
import * as api from './api.js';
import { byId } from './dom.js';

const KINDS = { tickets: 'message', opinions: 'opinion' }; // by tab
const PAGE = 50;

/** @param {string} view a tab @returns {boolean} whether it shows tickets */
export const isTicketView = (view) => view in KINDS;

export class TicketTools {
  #wanted = PAGE;

  /** @param {{me: string, changed: () => void}} context `changed`: another choice, load anew */
  constructor({ me, changed }) {
    this.me = me;
    byId('ticket-status').addEventListener('change', () => { this.#wanted = PAGE; changed(); });
    byId('ticket-more-button').addEventListener('click', () => { this.#wanted += PAGE; changed(); });
  }

  /** Another tab is shown. @param {string} view */
  show(view) {
    this.#wanted = PAGE;
    byId('ticket-tools').hidden = !isTicketView(view);
    byId('ticket-more').hidden = true;
  }

  /** @param {string} view a tab that shows tickets @returns {Promise<object[]>} as many as are wanted so far */
  async load(view) {
    const found = [];
    let cursor = null;
    do {
      const { tickets, next } = await api.tickets(this.#query(view, cursor));
      found.push(...tickets);
      cursor = next;
    } while (cursor && found.length < this.#wanted);
    byId('ticket-more').hidden = !cursor;
    return found;
  }

  #query(view, cursor) {
    const chosen = byId('ticket-status').value;
    const query = new URLSearchParams(chosen === 'mine' ? { assignee: this.me } : chosen);
    query.set('kind', KINDS[view]);
    query.set('limit', String(PAGE));
    if (cursor) query.set('cursor', cursor);
    return query;
  }
}
