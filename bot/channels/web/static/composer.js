import { part, setText } from "./dom.js";
import { say } from "./words.js";

const LIMIT = 2000; // characters, as the server counts them
const NEAR = 200; // from so many left the counter shows
const CONVERTING = 229; // the key code of a key that the input method takes; Safari tells no other way

/** Where the citizen writes. */
export class Composer {
  #root;
  #input;
  #store;
  #send;

  /** @param {Store} store keeps the draft @param {function(string)} send gets the trimmed text */
  constructor(root, store, send) {
    this.#root = root;
    this.#input = part(root, "input");
    this.#store = store;
    this.#send = send;
    part(root, "form").addEventListener("submit", (event) => this.#submit(event));
    this.#input.addEventListener("keydown", (event) => this.#key(event));
    this.#input.addEventListener("input", () => this.#changed());
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
    this.#send(text);
  }

  #complain(problem) {
    setText(part(this.#root, "problem"), problem);
    this.#input.ariaInvalid = String(Boolean(problem));
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
