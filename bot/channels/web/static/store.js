// What the browser remembers; where it allows no storage, until the page is closed. All tabs share
// `conversation` {conversation_id, token}, `outbox`, `feedback` {message ID: helpful} and
// `settings` {ruby, easy, size}; of this tab alone are `draft` and `open`, whether the panel is.
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
  } catch {
    // Forbidden or full: the memory has it.
  }
}

/** Be told the name of what another tab changed. */
export function onChange(changed) {
  window.addEventListener("storage", ({ key }) => {
    if (key?.startsWith(PREFIX)) changed(key.slice(PREFIX.length));
  });
}

// A browser that forbids storage throws at the mere mention, hence only inside `try`.
function area(name) {
  return OF_THIS_TAB.includes(name) ? sessionStorage : localStorage;
}
