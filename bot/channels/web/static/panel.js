import { focused, onPress, part, put, say } from "./kit.js";
import { recall, remember } from "./store.js";

// Where there is little room the panel takes the whole screen.
const SMALL = window.matchMedia("(max-width: 40em), (max-height: 30em)");

/** The button in the corner and its panel; `start` starts the chat, once it is seen. */
export function makePanel(root, start) {
  const dialog = part(root, "panel");
  const launcher = part(root, "launcher");
  const screen = window.visualViewport;
  let chat;
  let unread = 0;

  const count = (number) => {
    unread = number;
    put(root, "unread", number ? say("unread", { number }) : "");
  };
  // Above a phone's keyboard there is less room than the page believes.
  const fit = () => {
    dialog.style.height = SMALL.matches ? `${screen.height}px` : "";
  };
  const show = () => {
    launcher.hidden = true;
    dialog[SMALL.matches ? "showModal" : "show"]();
    count(0);
    fit();
    remember("open", true);
    chat ??= start();
    chat.onNews = () => dialog.open || count(unread + 1);
  };
  const open = () => {
    if (dialog.open) return;
    show();
    part(root, window.matchMedia("(pointer: coarse)").matches ? "title" : "input").focus();
  };
  const rest = () => {
    if (dialog.open) return; // shown again, in another size
    remember("open", false);
    launcher.hidden = false;
    launcher.focus();
  };
  const close = () => {
    dialog.close();
    rest();
  };

  root.classList.add("root--floating");
  launcher.addEventListener("click", open);
  onPress(dialog, { close });
  dialog.addEventListener("keydown", (event) => {
    const { key, target, isComposing, defaultPrevented } = event;
    if (key === "Escape" && target.closest("dialog") === dialog && !isComposing && !defaultPrevented) close();
  });
  dialog.addEventListener("close", rest); // as by a phone's gesture
  SMALL.addEventListener("change", () => {
    if (!dialog.open) return;
    const control = focused(root);
    dialog.close();
    show();
    control?.focus();
  });
  screen.addEventListener("resize", fit);
  // On the next page it is open again, without taking the focus.
  if (recall("open") && !SMALL.matches) {
    const before = document.activeElement;
    show();
    focused(root)?.blur();
    before.focus();
  }
  return { open, close };
}
