/** Claim, hand back, close: one at a time, and never from a page that may be out of date. */
import * as api from './api.js';
import { byId, setText } from './dom.js';

const BUTTONS = ['claim', 'return', 'close'];

export class Actions {
  #busy = false;

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
    byId('claim').addEventListener('click', () => this.claim());
    byId('return').addEventListener('click', () => this.#leave(api.giveBack));
    byId('close').addEventListener('click', () => this.#askToClose());
    byId('close-dialog').addEventListener('close', ({ target }) => {
      if (target.returnValue === 'close') this.#leave(api.close);
    });
  }

  /** Offer what fits. @param {object|null} summary @param {{mine: boolean, fresh: boolean}} standing */
  offer(summary, { mine, fresh }) {
    byId('claim').hidden = summary?.state !== 'waiting';
    byId('return').hidden = !mine;
    byId('close').hidden = !mine;
    this.fresh = fresh;
    this.#draw();
  }

  /** Another conversation is open now. */
  reset() {
    this.#setBusy(false);
    setText(byId('action-error'), '');
  }

  /** Take the conversation, if that is offered. */
  async claim() {
    if (!byId('claim').hidden && (await this.#act(api.claim))) this.pane.reply();
  }

  async #leave(action) {
    if (await this.#act(action)) byId('conversation-title').focus();
  }

  #askToClose() {
    byId('close-dialog-draft').hidden = !this.pane.unsent();
    byId('close-dialog').returnValue = '';
    byId('close-dialog').showModal();
  }

  /** @returns {Promise<boolean>} whether it was done, and its conversation is still the open one */
  async #act(action) {
    if (this.#busy || !this.fresh) return false;
    const id = this.pane.id();
    this.#setBusy(true);
    const [summary, problem] = await action(id, this.pane.claim(), {}).then((answer) => [answer.conversation, ''], (error) => [null, error.message]);
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
