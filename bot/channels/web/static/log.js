import { messageItem, showDay, useChoice } from "./message.js";
import { recall } from "./store.js";

/** The messages on the page, each once, in the order in which they come. */
export function makeLog(chat, list) {
  const messages = new Map();
  const items = new Map();
  return {
    messages: () => [...messages.values()],
    item: (id) => items.get(id),
    /** Show a message; undefined if it was there. */
    add(message) {
      const { id, role, text } = message;
      if (items.has(id)) return undefined;
      const item = messageItem(chat, message, recall("feedback")?.[id]);
      showDay(item, list.lastElementChild);
      list.append(item);
      messages.set(id, message);
      items.set(id, item);
      if (role === "citizen") useChoice(list, text);
      return item;
    },
    clear() {
      items.clear();
      messages.clear();
      list.replaceChildren();
    },
  };
}
