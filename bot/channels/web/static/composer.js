import { part, say, setText } from "./kit.js";
import { recall, remember } from "./store.js";

const LIMIT = 2000; // characters, as the server counts them
const NEAR = 200; // from so many left the counter shows
const CONVERTING = 229; // the code of a key that the input method takes; Safari tells no other way
const TYPING_PAUSE = 3_000; // milliseconds between two signs that something is being written

/** Where the citizen writes; `send` gets trimmed texts, `typing` is called now and then. */
export function makeComposer(root, { send, typing, announce }) {
  const input = part(root, "input");
  let told = 0;

  // The server counts an emoji as one character where `length` would count two.
  const remaining = () => LIMIT - [...input.value.trim()].length;
  const complain = (problem) => {
    input.ariaInvalid = String(Boolean(problem));
    if (setText(part(root, "problem"), problem)) announce(problem);
  };
  const changed = () => {
    const left = remaining();
    remember("draft", input.value);
    const counter = left < 0 ? "counter_over" : left < NEAR ? "counter" : "";
    setText(part(root, "counter"), say(counter, { left, excess: -left }));
    if (input.value) complain("");
  };
  const write = (text) => {
    input.value = text;
    changed();
  };

  part(root, "composer").addEventListener("submit", (event) => {
    event.preventDefault();
    const text = input.value.trim();
    const excess = -remaining();
    complain(excess > 0 ? say("too_long", { excess }) : text ? "" : say("empty"));
    input.focus();
    if (!text || excess > 0) return;
    write("");
    send(text);
  });
  input.addEventListener("keydown", (event) => {
    const converting = event.isComposing || event.keyCode === CONVERTING;
    if (event.key !== "Enter" || event.shiftKey || converting) return;
    event.preventDefault();
    input.form.requestSubmit();
  });
  input.addEventListener("input", () => {
    changed();
    if (!input.value || Date.now() - told < TYPING_PAUSE) return;
    told = Date.now();
    typing();
  });
  write(recall("draft") ?? "");
  return {
    focus: () => input.focus(),
    /** Put a text before what is written. */
    prepend: (text) => write([text, input.value].filter(Boolean).join("\n")),
  };
}
