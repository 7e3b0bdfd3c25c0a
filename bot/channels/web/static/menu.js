import { onPress, onSubmit, part, put, say } from "./kit.js";
import { dayText, timeText } from "./message.js";
import { recall, remember } from "./store.js";

/** How the citizen reads; `changed` when texts are wanted in other forms. Gives how to show it. */
export function makeSettings(chat, changed) {
  const size = part(chat, "size");
  const show = () => {
    Object.assign(chat.dataset, { ruby: false, easy: false, size: "standard" }, recall("settings"));
    size.value = chat.dataset.size;
    for (const control of chat.querySelectorAll('[data-act="switch"]')) {
      control.ariaPressed = chat.dataset[control.value];
    }
  };
  const set = (setting) => {
    remember("settings", { ...recall("settings"), ...setting });
    show();
  };
  onPress(chat, {
    switch({ value }) {
      set({ [value]: chat.dataset[value] !== "true" });
      changed();
    },
  });
  size.addEventListener("change", () => set({ size: size.value }));
  show();
  return show;
}

/** What is needed now and then: receipt numbers, keeping what was said. */
export function makeMenu(chat, conversation, log, announce) {
  const menu = part(chat, "menu");
  const button = part(chat, "menuButton");
  const open = (opened) => {
    menu.hidden = !opened;
    button.ariaExpanded = String(opened);
  };
  const lookUp = async (receipt) => {
    if (!receipt) return say("receipt_empty");
    if (!conversation.hasBegun) return say("receipt_none");
    return conversation.ticket(receipt).then(({ words }) => words, ({ message }) => message);
  };
  onPress(chat, { menu: () => open(menu.hidden), save: () => save(log.messages()) });
  onSubmit(chat, {
    async receipt({ elements }) {
      const answer = await lookUp(elements.receipt.value.trim());
      put(chat, "receiptAnswer", answer);
      announce(answer);
    },
  });
  // One Escape closes the menu, the next the panel.
  menu.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || event.isComposing) return;
    event.preventDefault();
    open(false);
    button.focus();
  });
  return { close: () => open(false) };
}

function save(messages) {
  const text = [say("saved_title"), ...messages.map(paragraph)].join("\n\n");
  // The mark at the front tells old editors that this is UTF-8.
  const href = URL.createObjectURL(new Blob(["\ufeff", text, "\n"], { type: "text/plain" }));
  const download = `${say("saved_title")} ${dayText(Date.now())}.txt`;
  Object.assign(document.createElement("a"), { href, download }).click();
}

function paragraph({ at, role, author = "", text, sources = [] }) {
  const head = `${dayText(at)} ${timeText(at)} ${say(`role_${role}`)} ${author}`;
  return [head, text, ...sources.map((source) => say("source", source))].join("\n");
}
