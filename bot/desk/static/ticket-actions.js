/** What can be done with the open ticket beside answering: assign, set the due time, end, reopen. */
import * as api from './api.js';
import { byId, el, setText } from './dom.js';
import { isUnfinished } from './ticket-face.js';
import { TICKET, fill } from './words.js';

const TOKYO = '+09:00'; // the desk's one clock, wherever this browser is
const LOCAL = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Asia/Tokyo', dateStyle: 'short', timeStyle: 'short' });
const BUTTONS = ['ticket-assignee', 'ticket-take', 'ticket-due', 'ticket-due-set', 'ticket-close', 'ticket-reopen'];

/** A moment as a datetime-local field has it, in Tokyo. */
const local = (iso) => (iso ? LOCAL.format(new Date(iso)).replace(' ', 'T') : '');

export class TicketActions {
  #ticket = null;
  #busy = false;

  /**
   * @param {object} pane
   * @param {string} pane.me this operator's name
   * @param {(ticket: object) => void} pane.done what the ticket is now
   * @param {() => void} pane.refused what is shown may be out of date
   */
  constructor(pane) {
    this.pane = pane;
    const on = (id, event, act) => byId(id).addEventListener(event, act);
    on('ticket-take', 'click', () => this.#assign(this.pane.me));
    on('ticket-assignee', 'change', ({ target }) => this.#assign(target.value || null));
    on('ticket-due-set', 'click', () => this.#setDue());
    on('ticket-close', 'click', () => this.#askToClose());
    on('ticket-reopen', 'click', () => this.#act(api.reopenTicket));
    on('ticket-close-dialog', 'close', ({ target }) => {
      if (target.returnValue === 'close') this.#act(api.closeTicket, byId('ticket-close-reason').value);
    });
  }

  /** Offer what fits. @param {object|null} ticket @param {string[]} operators to whom it can be given */
  offer(ticket, operators) {
    const known = this.#ticket;
    this.#ticket = ticket;
    const unfinished = Boolean(ticket && isUnfinished(ticket));
    for (const id of ['ticket-assignee', 'ticket-due']) byId(id).parentElement.hidden = !unfinished;
    byId('ticket-take').hidden = !unfinished || ticket.assignee === this.pane.me;
    byId('ticket-close').hidden = !unfinished;
    byId('ticket-reopen').hidden = ticket?.status !== 'closed';
    byId('ticket-actions').hidden = !ticket || ticket.status === 'answered';
    if (unfinished) this.#fill(ticket, operators, known);
    this.#draw();
  }

  #fill(ticket, operators, known) {
    const names = [...new Set([...operators, ...(ticket.assignee ? [ticket.assignee] : [])])];
    const words = (name) => (name === this.pane.me ? fill(TICKET.own, { name }) : name);
    byId('ticket-assignee').replaceChildren(
      el('option', { value: '', text: TICKET.nobody }),
      ...names.map((name) => el('option', { value: name, text: words(name), selected: name === ticket.assignee })));
    // What is being typed stays, unless the due time itself has changed.
    const changed = known?.receipt !== ticket.receipt || known?.due_at !== ticket.due_at;
    if (changed) byId('ticket-due').value = local(ticket.due_at);
  }

  #assign(name) {
    return this.#act(api.assignTicket, name);
  }

  #setDue() {
    const due = byId('ticket-due').value;
    if (due) return this.#act(api.setTicketDue, `${due}${TOKYO}`);
    setText(byId('ticket-error'), TICKET.dueMissing);
    return byId('ticket-due').focus();
  }

  #askToClose() {
    byId('ticket-close-reason').value = '';
    byId('ticket-close-dialog').returnValue = '';
    byId('ticket-close-dialog').showModal();
  }

  async #act(action, ...values) {
    if (this.#busy || !this.#ticket) return;
    const { receipt, version } = this.#ticket;
    this.#setBusy(true);
    const [answer, problem] = await action(receipt, ...values, version).then((done) => [done, ''], (error) => [null, error.message]);
    this.#setBusy(false);
    if (receipt !== this.#ticket?.receipt) return;
    setText(byId('ticket-error'), problem);
    if (!document.activeElement || document.activeElement === document.body) byId('ticket-title').focus();
    if (answer) this.pane.done(answer.ticket);
    else this.pane.refused();
  }

  #setBusy(busy) {
    this.#busy = busy;
    this.#draw();
  }

  #draw() {
    for (const id of BUTTONS) byId(id).disabled = this.#busy;
  }
}
