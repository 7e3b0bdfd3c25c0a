/** The reply box: keeps the draft, sends on Enter, says why when it cannot. */
import { byId, isComposing, setText } from './dom.js';
import { TEXT, fill } from './words.js';

const LIMIT = 2_000; // characters
const COUNT_FROM = 1_800;
const TYPING_EVERY = 3_000; // milliseconds

const length = (text) => [...text].length;

export class Composer {
  #typedAt = 0;

  /** @param {{send: (text: string) => void, typing: () => void, draft: (text: string) => void}} handlers */
  constructor(handlers) {
    this.handlers = handlers;
    this.form = byId('composer');
    this.box = byId('composer-text');
    this.form.addEventListener('submit', (event) => this.#submit(event));
    this.box.addEventListener('keydown', (event) => this.#pressed(event));
    this.box.addEventListener('input', () => this.#typed());
  }

  get text() {
    return this.box.value;
  }

  /** Begin in another conversation, with what was written there before. */
  start(text) {
    this.#typedAt = 0;
    this.write(text);
  }

  /** Put `text` into the box, as a draft. */
  write(text) {
    this.box.value = text;
    this.handlers.draft(text);
    this.#count();
  }

  /**
   * @param {object} state
   * @param {boolean} state.mine whether this operator owns the conversation
   * @param {boolean} state.fresh whether the page knows the present state; else nothing is sent,
   *   but writing goes on where it was allowed
   * @param {string} state.reason why nothing can be sent, or empty
   */
  allow({ mine, fresh, reason }) {
    this.form.dataset.mine = String(mine);
    this.box.disabled = !mine;
    this.box.readOnly = !fresh;
    this.sendable = mine && fresh;
    setText(byId('composer-reason'), reason);
    this.#count();
  }

  focus() {
    if (!this.box.disabled) this.box.focus();
  }

  #pressed(event) {
    if (isComposing(event)) return;
    if (event.key === 'Escape') byId('conversation-title').focus();
    if (event.key !== 'Enter' || event.shiftKey || event.altKey) return;
    event.preventDefault();
    this.form.requestSubmit();
  }

  #typed() {
    this.handlers.draft(this.text);
    this.#count();
    const time = performance.now();
    if (!this.text.trim() || (this.#typedAt && time - this.#typedAt < TYPING_EVERY)) return;
    this.#typedAt = time;
    this.handlers.typing();
  }

  #submit(event) {
    event.preventDefault();
    const text = this.text.trim();
    if (!text || !this.sendable || length(text) > LIMIT) return;
    this.write('');
    this.handlers.send(text);
  }

  #count() {
    const count = length(this.text.trim());
    byId('send').disabled = !this.sendable || count > LIMIT;
    const words = count > LIMIT ? TEXT.tooLong : TEXT.count;
    setText(byId('composer-count'), count > COUNT_FROM ? fill(words, { n: count }) : '');
  }
}
