/** The line that says who is writing just now. */
import { setText } from './dom.js';
import { TEXT } from './words.js';

const LASTS = 6_000; // milliseconds, unless told otherwise
const WORDS = { bot: TEXT.botTyping, citizen: TEXT.citizenTyping, operator: TEXT.operatorTyping };

export class TypingLine {
  #timer = 0;

  /** @param {HTMLElement} line */
  constructor(line) {
    this.line = line;
  }

  /** @param {'bot'|'citizen'|'operator'} role */
  show(role) {
    this.clear();
    setText(this.line, WORDS[role] ?? '');
    this.#timer = setTimeout(() => this.clear(), LASTS);
  }

  clear() {
    clearTimeout(this.#timer);
    setText(this.line, '');
  }
}
