/** The open ticket: what was left, the whole transcript, the answer. */
import * as api from './api.js';
import { byId, el, isComposing, setText } from './dom.js';
import { showFacts, ticketFacts } from './facts.js';
import { shortTime } from './time.js';
import { Transcript } from './transcript.js';
import { CONTACT, TEXT, fill } from './words.js';

/** A receipt number as it is stored, 1234-5678, whatever width and dash it was typed in. */
export const normalReceipt = (typed) =>
  typed.normalize('NFKC').trim().replace(/[‐‑–—−ー\s]/g, '-').replace(/^(\d{4})-*(\d{4})$/, '$1-$2');

function contactFields(contact) {
  return Object.entries(CONTACT).filter(([name]) => contact?.[name]).map(([name, label]) =>
    el('div', {}, el('dt', { text: label }), el('dd', { text: contact[name] })));
}

export class TicketPane {
  #receipt = null;
  #ticket = null;
  #contact = null; // what a contact form was told; shown here and nowhere else
  #attempt = { text: '', id: '' };
  #busy = false;

  /**
   * @param {object} context
   * @param {import('./drafts.js').Drafts} context.drafts
   * @param {() => void} context.changed something the lists show has changed
   * @param {(key: string) => void} context.show open something else: `t=<receipt>`, `c=<conversation>`
   */
  constructor(context) {
    Object.assign(this, context);
    this.transcript = new Transcript(byId('ticket-messages'), byId('ticket-new-messages'));
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
    setText(byId('ticket-answer-send'), TEXT.sendAnswer);
    this.box.value = this.drafts.get(`answer:${receipt}`, '');
    byId('ticket').hidden = false;
    this.#draw();
    this.refresh();
  }

  close() {
    this.#receipt = null;
    setText(byId('ticket-answer-error'), '');
    byId('ticket').hidden = true;
  }

  /** Load again, if one is open. */
  async refresh() {
    const receipt = this.#receipt;
    if (!receipt) return;
    try {
      const { ticket, messages, contact = null } = await api.ticketDetail(receipt);
      if (receipt !== this.#receipt) return;
      this.#ticket = ticket;
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
    if (!text || this.#busy) return;
    // The id belongs to the words: the same ones again are the same answer.
    if (this.#attempt.text !== text) this.#attempt = { text, id: crypto.randomUUID() };
    this.#setBusy(true);
    await this.#send(this.#receipt, text);
    this.#setBusy(false);
  }

  async #send(receipt, text) {
    try {
      const { ticket } = await api.answerTicket(receipt, this.#attempt.id, text);
      this.drafts.set(`answer:${receipt}`, '');
      this.changed();
      if (receipt === this.#receipt) this.#answered(ticket);
    } catch (error) {
      if (receipt !== this.#receipt) return;
      setText(byId('ticket-answer-error'), error.message);
      setText(byId('ticket-answer-send'), TEXT.resendAnswer);
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
    const receipt = normalReceipt(byId('ticket-search').value);
    const problem = receipt ? await this.#find(receipt) : TEXT.unknownReceipt;
    setText(byId('ticket-search-error'), problem);
    if (!problem) this.show(`t=${receipt}`);
  }

  #find(receipt) {
    return api.ticketDetail(receipt).then(() => '', (error) => error.message);
  }

  #draw() {
    const ticket = this.#ticket;
    setText(byId('ticket-title'), fill(TEXT.ticketHeading, { receipt: this.#receipt ?? '' }));
    setText(byId('ticket-text'), ticket?.text ?? '');
    byId('ticket-contact').hidden = !this.#contact;
    byId('ticket-contact-fields').replaceChildren(...contactFields(this.#contact));
    byId('ticket-answer').hidden = ticket?.status !== 'open';
    byId('ticket-done').hidden = ticket?.status !== 'answered';
    if (ticket?.status === 'answered') this.#drawDone(ticket);
    if (ticket) this.#drawFacts(ticket);
  }

  #drawDone({ answered_at: at, answered_by: name }) {
    setText(byId('ticket-done'), fill(TEXT.ticketAnswered, { time: at ? shortTime(at) : '', name: name ?? '' }));
  }

  #drawFacts(ticket) {
    const box = byId('facts-body');
    showFacts(box, ticketFacts(ticket));
    const open = () => this.show(`c=${ticket.conversation_id}`);
    if (ticket.conversation_id) box.append(el('button', { type: 'button', class: 'button', onclick: open, text: TEXT.openConversation }));
  }
}
