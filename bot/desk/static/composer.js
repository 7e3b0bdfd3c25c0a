/** The reply box: keeps the draft, sends on Enter, says why when it cannot. */
import { byId, isComposing, setText } from './dom.js';
import { CASE, PLACEHOLDERS, TEXT, fill } from './words.js';

const LIMIT = 2_000; // characters
const COUNT_FROM = 1_800;
const TYPING_EVERY = 3_000; // milliseconds

const length = (text) => [...text].length;

/** Placeholders of canned replies that still stand in a text. */
const unfilled = (text) => Object.values(PLACEHOLDERS).map((name) => `{${name}}`).filter((place) => text.includes(place));

export class Composer {
  #typedAt = 0;

  #reason = '';

  /**
   * @param {{send: (text: string) => void, typing: () => void, draft: (text: string) => void,
   *   canned: () => void, suggestion: (index: number) => void}} handlers
   */
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

  /** Put `text` where the cursor is, and go on writing there. @returns {boolean} whether one may write */
  insert(text) {
    if (this.box.disabled || this.box.readOnly) return false;
    this.box.focus();
    this.box.setRangeText(text, this.box.selectionStart, this.box.selectionEnd, 'end');
    this.#typed();
    return true;
  }

  /**
   * @param {object} state
   * @param {boolean} state.mine whether this operator owns the conversation
   * @param {boolean} state.fresh whether the page knows the present state; else nothing is sent,
   *   but writing goes on where it was allowed
   * @param {string} state.reason why nothing can be sent, or empty
   */
  allow({ mine, fresh, reason }) {
    const focused = document.activeElement === this.box;
    this.form.dataset.mine = String(mine);
    this.box.disabled = !mine;
    if (focused && !mine) byId('conversation-title').focus();
    this.box.readOnly = !fresh;
    this.sendable = mine && fresh;
    this.#reason = reason;
    this.#count();
  }

  focus() {
    if (!this.box.disabled) this.box.focus();
  }

  #pressed(event) {
    if (isComposing(event)) return;
    if (event.key === 'Escape') byId('conversation-title').focus();
    if (this.#helped(event)) event.preventDefault();
    if (event.key !== 'Enter' || event.shiftKey || event.altKey) return;
    event.preventDefault();
    this.form.requestSubmit();
  }

  /** The keys that put something into the box; by their place where Alt or an input method changes the character. */
  #helped(event) {
    const digit = event.altKey && /^Digit([1-9])$/.exec(event.code);
    const canned = event.ctrlKey || event.metaKey ? event.code === 'Slash' : event.key === '/' && !this.text;
    if (digit) this.handlers.suggestion(Number(digit[1]) - 1);
    else if (canned) this.handlers.canned();
    return Boolean(digit || canned);
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
    if (!text || !this.sendable || length(text) > LIMIT || unfilled(text).length) return;
    this.write('');
    this.handlers.send(text);
  }

  #count() {
    const count = length(this.text.trim());
    const left = unfilled(this.text);
    byId('send').disabled = !this.sendable || count > LIMIT || left.length > 0;
    setText(byId('composer-reason'), this.#reason || (left.length ? fill(CASE.unfilled, { names: left.join(' ') }) : ''));
    const words = count > LIMIT ? TEXT.tooLong : TEXT.count;
    setText(byId('composer-count'), count > COUNT_FROM ? fill(words, { n: count }) : '');
  }
}
