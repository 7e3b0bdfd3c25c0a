/** The open ticket: what was left, the whole transcript, the answer. */
import * as api from './api.js';
import { byId, el, isComposing, setText } from './dom.js';
import { showFacts } from './facts.js';
import { TicketActions } from './ticket-actions.js';
import { assigneeTag, dueTag, isUnfinished, statusTag, ticketFacts } from './ticket-face.js';
import { shortTime } from './time.js';
import { Transcript } from './transcript.js';
import { CONTACT, TICKET, fill } from './words.js';

function contactFields(contact) {
  return Object.entries(CONTACT).filter(([name]) => contact?.[name]).map(([name, label]) =>
    el('div', {}, el('dt', { text: label }), el('dd', { text: contact[name] })));
}

export class TicketPane {
  #receipt = null;
  #ticket = null;
  #operators = [];
  #contact = null; // what a contact form was told; shown here and nowhere else
  #attempt = { text: '', id: '' };
  #busy = false;

  /**
   * @param {object} context
   * @param {string} context.me this operator's name
   * @param {import('./drafts.js').Drafts} context.drafts
   * @param {() => void} context.changed something the lists show has changed
   * @param {(key: string) => void} context.show open something else: `t=<receipt>`, `c=<conversation>`
   */
  constructor(context) {
    Object.assign(this, context);
    this.transcript = new Transcript(byId('ticket-messages'), byId('ticket-new-messages'));
    this.actions = new TicketActions({
      me: this.me,
      done: (ticket) => { this.#ticket = ticket; this.#draw(); this.changed(); this.refresh(); },
      refused: () => this.refresh(),
    });
    this.box = byId('ticket-answer-text');
    this.box.addEventListener('input', () => this.drafts.set(`answer:${this.#receipt}`, this.box.value));
    this.box.addEventListener('keydown', (event) => this.#pressed(event));
    byId('ticket-answer').addEventListener('submit', (event) => this.#submit(event));
    byId('ticket-tools').addEventListener('submit', (event) => this.#search(event));
  }

  /** @param {string} receipt */
  open(receipt) {
    if (receipt === this.#receipt) return;
    this.close();
    this.#receipt = receipt;
    this.#ticket = null;
    this.#contact = null;
    this.transcript.clear();
    setText(byId('ticket-answer-send'), TICKET.send);
    this.box.value = this.drafts.get(`answer:${receipt}`, '');
    byId('ticket').hidden = false;
    this.#draw();
    this.refresh();
  }

  close() {
    this.#receipt = null;
    for (const id of ['ticket-answer-error', 'ticket-error']) setText(byId(id), '');
    byId('ticket').hidden = true;
  }

  /** Load again, if one is open. */
  async refresh() {
    const receipt = this.#receipt;
    if (!receipt) return;
    try {
      const { ticket, messages, operators, contact = null } = await api.ticketDetail(receipt);
      if (receipt !== this.#receipt) return;
      this.#ticket = ticket;
      this.#operators = operators;
      this.#contact = contact;
      this.transcript.merge(messages);
      this.#draw();
    } catch (error) {
      if (receipt === this.#receipt) setText(byId('ticket-answer-error'), error.message);
    }
  }

  reply() {
    if (!byId('ticket-answer').hidden) this.box.focus();
  }

  #pressed(event) {
    if (event.key === 'Escape' && !isComposing(event)) byId('ticket-title').focus();
    if (event.key !== 'Enter' || isComposing(event) || !(event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    byId('ticket-answer').requestSubmit();
  }

  async #submit(event) {
    event.preventDefault();
    const text = this.box.value.trim();
    if (!text || this.#busy || !this.#ticket) return;
    // The id belongs to the words: the same ones again are the same answer.
    if (this.#attempt.text !== text) this.#attempt = { text, id: crypto.randomUUID() };
    this.#setBusy(true);
    await this.#send(this.#receipt, text);
    this.#setBusy(false);
  }

  async #send(receipt, text) {
    try {
      const { ticket } = await api.answerTicket(receipt, this.#attempt.id, text, this.#ticket.version);
      this.drafts.set(`answer:${receipt}`, '');
      this.changed();
      if (receipt === this.#receipt) this.#answered(ticket);
    } catch (error) {
      if (receipt !== this.#receipt) return;
      setText(byId('ticket-answer-error'), error.message);
      setText(byId('ticket-answer-send'), TICKET.resend);
      this.refresh();
    }
  }

  #answered(ticket) {
    this.#ticket = ticket;
    this.box.value = '';
    setText(byId('ticket-answer-error'), '');
    byId('ticket-title').focus();
    this.refresh();
  }

  #setBusy(busy) {
    this.#busy = busy;
    this.box.readOnly = busy;
    byId('ticket-answer-send').disabled = busy;
    this.#draw();
  }

  async #search(event) {
    event.preventDefault();
    const typed = byId('ticket-search').value.trim();
    const [receipt, problem] = typed ? await this.#find(typed) : [null, TICKET.unknownReceipt];
    setText(byId('ticket-search-error'), problem);
    if (receipt) this.show(`t=${receipt}`);
  }

  /** The server knows the number however it was typed. */
  #find(typed) {
    return api.ticketDetail(typed).then(({ ticket }) => [ticket.receipt, ''], (error) => [null, error.message]);
  }

  /** Whose it is to answer, when it is not this operator's; else null. */
  get #other() {
    const { assignee } = this.#ticket ?? {};
    return assignee && assignee !== this.me ? assignee : null;
  }

  #draw() {
    const ticket = this.#ticket;
    setText(byId('ticket-title'), fill(TICKET.heading, { receipt: this.#receipt ?? '' }));
    setText(byId('ticket-text'), ticket?.text ?? '');
    byId('ticket-contact').hidden = !this.#contact;
    byId('ticket-contact-fields').replaceChildren(...contactFields(this.#contact));
    this.actions.offer(ticket, this.#operators);
    const unfinished = Boolean(ticket && isUnfinished(ticket));
    byId('ticket-answer').hidden = !unfinished || Boolean(this.#other);
    this.#drawTags(ticket);
    setText(byId('ticket-done'), ticket ? this.#doneWords(ticket) : '');
    byId('ticket-done').hidden = !byId('ticket-done').textContent;
    if (ticket) this.#drawFacts(ticket);
  }

  #drawTags(ticket) {
    const tags = ticket ? [statusTag(ticket), dueTag(ticket), assigneeTag(ticket, this.me)] : [];
    byId('ticket-state').replaceChildren(...tags.filter(Boolean));
  }

  /** How it ended, or why it cannot be answered here; empty when it can. */
  #doneWords({ status, answered_at: answered, answered_by: name, closed_at: closed }) {
    if (status === 'answered') return fill(TICKET.answered, { time: answered ? shortTime(answered) : '', name: name ?? '' });
    if (status === 'closed') return fill(TICKET.closed, { time: closed ? shortTime(closed) : '' });
    return this.#other ? fill(TICKET.others, { name: this.#other }) : '';
  }

  #drawFacts(ticket) {
    const box = byId('facts-body');
    showFacts(box, ticketFacts(ticket));
    const open = () => this.show(`c=${ticket.conversation_id}`);
    if (ticket.conversation_id) box.append(el('button', { type: 'button', class: 'button', onclick: open, text: TICKET.openConversation }));
  }
}
