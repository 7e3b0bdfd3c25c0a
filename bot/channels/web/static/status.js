import { disable, part, setText } from "./dom.js";
import { say } from "./words.js";

const TYPING_LASTS = 10_000; // milliseconds without news after which nobody types any more

/** What is going on: who has the conversation, who is typing, how the connection is. */
export class Status {
  #root;
  #phone;
  #timer;

  /** @param {HTMLElement} root the chat; its `data-phone` is the line to call */
  constructor(root) {
    this.#root = root;
    this.#phone = root.dataset.phone;
    this.reset();
  }

  /** Nothing is going on yet. */
  reset() {
    this.state({ state: "bot" });
    this.typing({});
    this.wait();
    this.connection("open");
  }

  /** Whether a person has, or is about to have, the conversation. */
  get withOperator() {
    return ["waiting", "operator"].includes(this.#root.dataset.state);
  }

  /** `queue_position` counts from 1, which is next. */
  state({ state, queue_position: position }) {
    this.#root.dataset.state = state;
    const key = position ? `state_${state}_position` : `state_${state}`;
    setText(part(this.#root, "state"), say(key, { position }));
    disable(part(this.#root, "handoff"), this.withOperator);
  }

  /** @param {{role?: "bot"|"operator", typing?: boolean}} news */
  typing({ role, typing }) {
    clearTimeout(this.#timer);
    setText(part(this.#root, "typing"), typing ? say(`typing_${role}`) : "");
    if (typing) this.#timer = setTimeout(() => this.typing({}), TYPING_LASTS);
  }

  /** @param {number} [seconds] how long the answer will take, if that is longer than usual */
  wait(seconds) {
    setText(part(this.#root, "wait"), seconds ? say("wait", { seconds }) : "");
  }

  /** @param {"open"|"lost"|"polling"|"gone"} connection @param {string} [reason] the server's sentence */
  connection(connection, reason) {
    this.#root.dataset.connection = connection;
    const text = say(`connection_${connection}`, { reason, phone: this.#phone });
    setText(part(this.#root, "connection"), text);
  }
}
