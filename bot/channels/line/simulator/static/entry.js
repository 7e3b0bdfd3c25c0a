import { make } from "./dom.js";
import { bubbles } from "./flex.js";
import { links } from "./links.js";
import { say } from "./words.js";

const PICTURES = new Set(["sticker", "image", "video", "audio", "file", "location"]);

/**
 * One message as a list item.
 * @param {Object} entry as `GET /simulator/phones/{id}` gives it
 * @param {{tap: function(Object), unsend: function(string)}} on what touching it does
 */
export function entryNode(entry, on) {
  const time = new Date(entry.at).toLocaleTimeString("ja-JP", { hour: "2-digit", minute: "2-digit" });
  const own = entry.side === "citizen";
  const who = make("span", "hidden", `${say(own ? "by_citizen" : "by_account")} ${time}: `);
  const foot = make("p", "entry__foot", make("span", "entry__read"), make("span", "entry__time", time));
  const item = make("li", `entry entry--${entry.side}`, who, body(entry.message, on.tap), foot);
  if (own) {
    const undo = make("button", { type: "button", class: "entry__unsend" }, say("unsend"));
    undo.addEventListener("click", () => on.unsend(entry.id));
    foot.prepend(undo);
  }
  return item;
}

/** Brings a message's item up to date: read, unsent. */
export function refresh(item, entry) {
  item.querySelector(".entry__read").textContent = entry.read ? say("read") : "";
  if (entry.unsent && !item.dataset.unsent) {
    item.dataset.unsent = "true";
    item.replaceChildren(make("p", "entry__gone", say("unsent")));
    item.append(make("span", "entry__read"));
  }
}

function body(message, tap) {
  if (message.type === "text" || message.type === "textV2") {
    return make("p", "entry__text", ...links(message.text));
  }
  if (message.type === "flex") {
    return bubbles(message, tap) ?? make("p", "entry__text", message.altText);
  }
  if (PICTURES.has(message.type)) {
    const src = `/simulator/static/icons/${message.type}.svg`;
    const picture = make("img", { class: "entry__sign", src, alt: "" });
    return make("p", "entry__picture", picture, say(message.type));
  }
  return make("p", "entry__text", message.altText ?? say("other", { type: message.type }));
}
