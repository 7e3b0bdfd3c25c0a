import { part, setText } from "./dom.js";
import { say } from "./words.js";

const LIMIT = 2000; // characters, as the server counts them
const NEAR = 200; // from so many left the counter shows
const TYPING_EVERY = 3_000; // milliseconds between two hints that something is written
const CONVERTING = 229; // the key code of a key that the input method takes; Safari tells no other way

/** Where the citizen writes. */
export class Composer {
  #root;
  #input;
  #store;
  #send;
  #typing;
  #typedAt = -TYPING_EVERY;

  /**
   * @param {Store} store keeps the draft
   * @param {{send: function(string), typing: function(): boolean}} handlers `send` gets the trimmed text,
   *   `typing` is told now and then while something is written, and says whether it cared
   */
  constructor(root, store, { send, typing }) {
    this.#root = root;
    this.#input = part(root, "input");
    this.#store = store;
    this.#send = send;
    this.#typing = typing;
    part(root, "form").addEventListener("submit", (event) => this.#submit(event));
    this.#input.addEventListener("keydown", (event) => this.#key(event));
    this.#input.addEventListener("input", () => this.#typed());
    // What was typed before this script ran is the newest.
    this.write(this.#input.value || store.draft);
  }

  /** Replace what is written. */
  write(text) {
    this.#input.value = text;
    this.#changed();
  }

  /** Put a text before what is written. */
  prepend(text) {
    this.write([text, this.#input.value].filter(Boolean).join("\n"));
  }

  focus() {
    this.#input.focus();
  }

  #key(event) {
    const converting = event.isComposing || event.keyCode === CONVERTING;
    if (event.key !== "Enter" || event.shiftKey || converting) return;
    event.preventDefault();
    this.#input.form.requestSubmit();
  }

  #submit(event) {
    event.preventDefault();
    const text = this.#input.value.trim();
    const left = remaining(text);
    this.#complain(left < 0 ? say("too_long", { excess: -left }) : text ? "" : say("empty"));
    this.focus();
    if (!text || left < 0) return;
    this.write("");
    this.#typedAt = -TYPING_EVERY;
    this.#send(text);
  }

  #complain(problem) {
    setText(part(this.#root, "problem"), problem);
    this.#input.ariaInvalid = String(Boolean(problem));
  }

  #typed() {
    this.#changed();
    const now = performance.now();
    if (!this.#input.value.trim() || now - this.#typedAt < TYPING_EVERY) return;
    if (this.#typing()) this.#typedAt = now;
  }

  #changed() {
    const text = this.#input.value;
    this.#store.draft = text;
    const left = remaining(text.trim());
    const counter = left < 0 ? "counter_over" : left < NEAR ? "counter" : "";
    setText(part(this.#root, "counter"), say(counter, { left, excess: -left }));
    if (text) this.#complain("");
  }
}

// The server counts an emoji as one character where `length` would count two.
function remaining(text) {
  return LIMIT - [...text].length;
}
