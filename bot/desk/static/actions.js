/** Claim, hand over, hand back, close, reopen: one at a time, and never from a page that may be out of date. */
import * as api from './api.js';
import { QUEUE, ask, done, offerColleagues } from './dialogs.js';
import { byId, setText } from './dom.js';
import { CASE } from './words.js';

const BUTTONS = ['claim', 'reopen', 'take-over', 'hand-over', 'return', 'close'];
const OWNERS = new Set(['hand-over', 'return', 'close']);

export class Actions {
  #busy = false;
  #attempt = { text: '', id: '' }; // of a note: the same words again are the same note

  /**
   * @param {object} pane the open conversation
   * @param {() => string|null} pane.id
   * @param {() => string|null} pane.claim the ownership that is shown
   * @param {(summary: object) => void} pane.done what the conversation is now
   * @param {() => void} pane.refused the server said no: what is shown may be out of date
   * @param {() => void} pane.settled after either
   * @param {() => boolean} pane.unsent whether something written was not sent
   * @param {() => void} pane.reply move to the reply box
   */
  constructor(pane) {
    this.pane = pane;
    this.supervises = byId('take-over').dataset.supervises === 'true';
    byId('claim').addEventListener('click', () => this.claim());
    byId('reopen').addEventListener('click', () => this.reopen());
    byId('take-over').addEventListener('click', () => this.#takeOver());
    byId('hand-over').addEventListener('click', () => this.handOver());
    byId('return').addEventListener('click', () => this.#leave(api.giveBack));
    byId('close').addEventListener('click', () => this.close());
    byId('note').addEventListener('click', () => this.note());
  }

  /** Offer what fits. @param {object|null} summary @param {{mine: boolean, fresh: boolean}} standing */
  offer(summary, { mine, fresh }) {
    const focused = document.activeElement;
    byId('claim').hidden = summary?.state !== 'waiting';
    byId('reopen').hidden = summary?.state !== 'closed';
    byId('take-over').hidden = mine || summary?.state !== 'operator' || !this.supervises;
    for (const name of OWNERS) byId(name).hidden = !mine;
    this.fresh = fresh;
    this.#draw();
    if (focused?.hidden && BUTTONS.includes(focused.id)) byId('conversation-title').focus();
  }

  /** Another conversation is open now. */
  reset() {
    this.#setBusy(false);
    setText(byId('action-error'), '');
    for (const name of ['close-dialog', 'hand-over-dialog', 'note-dialog']) done(byId(name));
  }

  /** Take the conversation, if that is offered. */
  async claim() {
    if (!byId('claim').hidden && (await this.#act(api.claim))) this.pane.reply();
  }

  /** Take a closed conversation up again, if that is offered. */
  async reopen() {
    if (!byId('reopen').hidden && (await this.#act(api.reopen))) this.pane.reply();
  }

  async #takeOver() {
    const id = this.pane.id();
    if ((await ask(byId('take-over-dialog'))) && id === this.pane.id() && (await this.#act(api.takeOver))) this.pane.reply();
  }

  /** Ask to whom, and give the conversation away. */
  async handOver() {
    if (byId('hand-over').hidden || this.#busy) return;
    const known = await api.colleagues().then(({ colleagues }) => colleagues, () => []);
    byId('hand-over-draft').hidden = !this.pane.unsent();
    offerColleagues(known);
    await this.#askAndLeave('hand-over-dialog', (given) => (id, claim) => (given.to === QUEUE
      ? api.requeue(id, claim, given)
      : api.transfer(id, claim, given)));
  }

  /** Ask how it ended, and end it. */
  async close() {
    if (byId('close').hidden || this.#busy) return;
    byId('close-dialog-draft').hidden = !this.pane.unsent();
    await this.#askAndLeave('close-dialog', (given) => (id, claim) => api.close(id, claim, given));
  }

  /** Ask for a private note, and keep it, whoever has the conversation. */
  async note() {
    const id = this.pane.id();
    const given = id && (await ask(byId('note-dialog')));
    const text = given?.get('note').trim();
    if (!text || id !== this.pane.id()) return;
    if (this.#attempt.text !== text) this.#attempt = { text, id: crypto.randomUUID() };
    const problem = await api.note(id, this.#attempt.id, text).then(() => '', (error) => error.message);
    if (id !== this.pane.id()) return;
    setText(byId('action-error'), problem);
    if (problem) return;
    this.#attempt = { text: '', id: '' };
    done(byId('note-dialog'));
    this.pane.refused();
  }

  async #askAndLeave(name, action) {
    const [id, claim] = [this.pane.id(), this.pane.claim()];
    const given = await ask(byId(name));
    if (!given || id !== this.pane.id()) return;
    // The claim is the one that was shown when the question was asked.
    if (await this.#leave((_, __) => action(Object.fromEntries(given))(id, claim))) done(byId(name));
  }

  async #leave(action) {
    const left = await this.#act(action);
    byId('conversation-title').focus();
    return left;
  }

  /** @returns {Promise<boolean>} whether it was done, and its conversation is still the open one */
  async #act(action) {
    if (this.#busy) return false;
    if (!this.fresh) {
      setText(byId('action-error'), CASE.gone);
      return false;
    }
    const id = this.pane.id();
    this.#setBusy(true);
    const [summary, problem] = await action(id, this.pane.claim()).then((answer) => [answer.conversation, ''], (error) => [null, error.message]);
    this.pane.settled();
    if (id !== this.pane.id()) return false;
    setText(byId('action-error'), problem);
    this.#setBusy(false);
    if (summary) this.pane.done(summary);
    else this.pane.refused();
    return Boolean(summary);
  }

  #setBusy(busy) {
    this.#busy = busy;
    this.#draw();
  }

  #draw() {
    for (const name of BUTTONS) byId(name).disabled = this.#busy || !this.fresh;
  }
}
