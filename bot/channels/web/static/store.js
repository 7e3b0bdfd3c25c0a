// What the browser remembers, or this page alone if it may not: `conversation` {conversation_id,
// token}, `outbox`, `feedback` {message ID: helpful}, `settings` {ruby, easy, size}; and of this tab
// `draft` and `open` (the panel is).
const PREFIX = "thankyou-chat.";
const OF_THIS_TAB = ["draft", "open"];
const memory = {};

export function recall(name) {
  try {
    return JSON.parse(area(name).getItem(PREFIX + name));
  } catch {
    return memory[name] ?? null;
  }
}

export function remember(name, value) {
  memory[name] = value;
  try {
    area(name).setItem(PREFIX + name, JSON.stringify(value));
  } catch {} // forbidden or full
}

/** Be told the name of what another tab changed. */
export function onChange(changed) {
  window.addEventListener("storage", ({ key }) => {
    if (key?.startsWith(PREFIX)) changed(key.slice(PREFIX.length));
  });
}

// Throws where storage is forbidden.
function area(name) {
  return OF_THIS_TAB.includes(name) ? sessionStorage : localStorage;
}
