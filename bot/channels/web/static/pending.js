import { copy, focused, part, put, say } from "./kit.js";

const told = new Set();

/** Draws the outbox's `items` below the conversation. */
export function drawPending(chat, items, isStuck, announce) {
  const list = part(chat, "pending");
  const nodes = items.map(({ client_message_id: clientId, label, sent, rejected: reason }) => {
    const state = sent ? "sent" : reason ? "rejected" : isStuck ? "unsent" : "sending";
    const words = say(`delivery_${state}`, { reason });
    const node = copy(chat, "unsent");
    Object.assign(node.dataset, { clientId, state });
    put(node, "text", label);
    put(node, "delivery", words);
    if (state !== "unsent") part(node, "repeat").remove();
    if (state !== "rejected") part(node, "revise").remove();
    // What goes as it should is not worth a word.
    if (!/un|re/.test(state) || told.has(clientId + state)) return node;
    told.add(clientId + state);
    announce(words);
    return node;
  });
  const hadFocus = list.contains(focused(list));
  list.replaceChildren(...nodes);
  list.hidden = !nodes.length;
  // The button that had it is gone.
  if (hadFocus) part(chat, "area").focus();
}
