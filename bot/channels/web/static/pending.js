import { copy, focused, part, say, setText } from "./kit.js";

/** Draws the outbox's `items` below the conversation; `told` has what was announced before. */
export function drawPending(root, items, isStuck, announce, told) {
  const list = part(root, "pending");
  const nodes = items.map((item) => {
    const state = item.sent ? "sent" : item.rejected ? "rejected" : isStuck ? "unsent" : "sending";
    const node = itemNode(root, item, state);
    const news = `${item.client_message_id} ${state}`;
    // What goes as it should is not worth a word.
    if (["unsent", "rejected"].includes(state) && !told.has(news)) announce(part(node, "delivery").textContent);
    told.add(news);
    return node;
  });
  const hadFocus = list.contains(focused(list));
  list.replaceChildren(...nodes);
  list.hidden = !nodes.length;
  // The button that had it is gone; the messages are where it stood.
  if (hadFocus) part(root, "area").focus();
}

function itemNode(root, { client_message_id: clientId, label, rejected }, state) {
  const node = copy(root, "unsent");
  Object.assign(node.dataset, { clientId, state });
  setText(part(node, "text"), label);
  setText(part(node, "delivery"), say(`delivery_${state}`, { reason: rejected }));
  if (state !== "unsent") part(node, "repeat").remove();
  if (state !== "rejected") part(node, "revise").remove();
  return node;
}
