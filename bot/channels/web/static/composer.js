import { part, put, say } from "./kit.js";
import { recall, remember } from "./store.js";

const LIMIT = 2000; // characters, as the server counts them
const CONVERTING = 229; // a key that the input method takes; all that Safari tells

/** Where the citizen writes; `send` gets trimmed texts, `typing` is called with each change. */
export function makeComposer(chat, { send, typing, announce }) {
  const input = part(chat, "input");

  // `length` counts an emoji twice.
  const excess = () => [...input.value.trim()].length - LIMIT;
  const complain = (problem) => {
    input.ariaInvalid = String(Boolean(problem));
    if (put(chat, "problem", problem)) announce(problem);
  };
  const changed = () => {
    remember("draft", input.value);
    put(chat, "counter", excess() > 0 ? say("counter", { excess: excess() }) : "");
    if (input.value) complain("");
  };
  const write = (text) => {
    input.value = text;
    changed();
  };

  part(chat, "composer").addEventListener("submit", (event) => {
    event.preventDefault();
    const text = input.value.trim();
    input.focus();
    if (excess() > 0) return complain(say("too_long", { excess: excess() }));
    if (!text) return complain(say("empty"));
    write("");
    complain("");
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
    if (input.value) typing();
  });
  write(recall("draft") ?? "");
  return {
    focus: () => input.focus(),
    prepend: (text) => write([text, input.value].filter(Boolean).join("\n")),
  };
}
