const PREFIX = "thankyou-chat.";

/**
 * What the browser remembers, so that leaving and coming back loses nothing.
 * Where it allows no storage, all works until the page is closed.
 *
 * `conversation` `{conversation_id, token}` or null, `outbox` unsent messages
 * (see `Outbox`), `feedback` message ID → helpful or not: shared by all tabs.
 * `draft`, what is written but not sent: each tab its own.
 */
export class Store {
  #memory = {};

  get conversation() { return this.#read("conversation") ?? null; }
  set conversation(value) { this.#write("conversation", value); }

  get outbox() { return this.#read("outbox") ?? []; }
  set outbox(value) { this.#write("outbox", value); }

  get feedback() { return this.#read("feedback") ?? {}; }
  set feedback(value) { this.#write("feedback", value); }

  get draft() { return this.#read("draft") ?? ""; }
  set draft(value) { this.#write("draft", value); }

  /** Be told the name of what another tab changed. */
  watch(changed) {
    window.addEventListener("storage", ({ key }) => {
      if (key?.startsWith(PREFIX)) changed(key.slice(PREFIX.length));
    });
  }

  #read(name) {
    try {
      return JSON.parse(area(name).getItem(PREFIX + name));
    } catch {
      return this.#memory[name];
    }
  }

  #write(name, value) {
    this.#memory[name] = value;
    try {
      area(name).setItem(PREFIX + name, JSON.stringify(value));
    } catch {
      // Forbidden or full: the memory has it.
    }
  }
}

// A browser that forbids storage throws at the mere mention, hence inside `try`.
function area(name) {
  return name === "draft" ? window.sessionStorage : window.localStorage;
}
