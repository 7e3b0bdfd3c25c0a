import { copy, part, setText } from "./dom.js";
import { say } from "./words.js";

/** The citizen's messages that are not part of the conversation yet, below it. */
export class Pending {
  #root;
  #adopted = new Set();
  #accepted = [];
  #shown = "";

  /** @param {Element} root the chat */
  constructor(root) {
    this.#root = root;
  }

  /** @param {Object[]} items of the outbox @param {boolean} stuck whether sending failed of late */
  draw(items, stuck) {
    const waiting = items.filter((item) => !this.#adopted.has(item.client_message_id));
    const all = [...this.#accepted, ...waiting];
    const shown = JSON.stringify([all, stuck]);
    if (shown === this.#shown) return;
    this.#shown = shown;
    part(this.#root, "pending").replaceChildren(...all.map((item) => this.#item(item, stuck)));
  }

  /** The server has the message; it stays here until it comes back. */
  accept(item, id) {
    this.#accepted.push({ ...item, accepted: id });
  }

  /** A message of the citizen came back, perhaps before the server's confirmation. */
  arrived({ id, text }, items) {
    const rest = this.#accepted.filter(({ accepted }) => accepted !== id);
    const confirmed = rest.length < this.#accepted.length;
    this.#accepted = rest;
    const twin = items.find((item) => item.label === text && !this.#adopted.has(item.client_message_id));
    if (!confirmed && twin) this.#adopted.add(twin.client_message_id);
  }

  /** Another conversation begins. */
  clear() {
    this.#accepted = [];
  }

  #item({ client_message_id: id, label, accepted, rejected }, stuck) {
    const item = copy(this.#root, "unsent");
    const state = accepted ? "sent" : rejected ? "rejected" : stuck ? "unsent" : "sending";
    Object.assign(item.dataset, { clientId: id, state });
    setText(part(item, "text"), label);
    setText(part(item, "delivery"), say(`delivery_${state}`, { reason: rejected }));
    // Put in as an alert, it is read out; what goes as it should is not worth a word.
    if (state === "unsent" || state === "rejected") part(item, "delivery").role = "alert";
    if (state !== "unsent") part(item, "repeat").remove();
    if (state !== "rejected") part(item, "revise").remove();
    return item;
  }
}
