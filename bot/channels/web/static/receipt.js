import { part, setText } from "./dom.js";
import { say } from "./words.js";

/** Asks by receipt number what became of a message or opinion; the words are the server's. */
export class ReceiptCheck {
  #dialog;
  #number;
  #ask;

  /** @param {function(string): Promise<?string>} ask how it stands; null without a conversation */
  constructor(root, ask) {
    this.#dialog = part(root, "receipt");
    this.#number = part(this.#dialog, "number");
    this.#ask = ask;
    this.#number.addEventListener("keydown", (event) => this.#pressed(event));
  }

  open() {
    setText(part(this.#dialog, "answer"), "");
    this.#dialog.showModal();
    this.#number.focus();
  }

  async look() {
    const typed = this.#number.value.trim();
    const words = typed ? this.#found(typed) : say("receipt_empty");
    setText(part(this.#dialog, "answer"), await words);
  }

  async #found(typed) {
    return this.#ask(typed).then((words) => words ?? say("receipt_none"), ({ message }) => message);
  }

  // Enter would press the dialogue's first button, which closes it.
  #pressed(event) {
    if (event.key !== "Enter" || event.isComposing) return;
    event.preventDefault();
    this.look();
  }
}
