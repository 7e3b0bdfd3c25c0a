import { judgement } from "./judgement.js";
import { copy, disable, part, say, setText } from "./kit.js";
import { nodes } from "./text.js";

// Times as people in Kawasaki read them, wherever the browser thinks it is.
const ZONE = { timeZone: "Asia/Tokyo" };
const TIME = new Intl.DateTimeFormat("ja-JP", { ...ZONE, hour: "numeric", minute: "2-digit" });
const DAY = new Intl.DateTimeFormat("ja-JP", {
  ...ZONE, year: "numeric", month: "long", day: "numeric", weekday: "short",
});
const JUDGED = ["answer", "not_stated", "out_of_scope"];
const BASE = new URL("/", import.meta.url);

/** `"2021-04-01T00:05:00Z"` → `"9:05"`. */
export const timeText = (iso) => TIME.format(new Date(iso));

/** The same → `"2021年4月1日(木)"`. */
export const dayText = (iso) => DAY.format(new Date(iso));

/** One message of the API as a list item; `root` has the templates, `judged` is earlier feedback. */
export function messageItem(root, message, judged) {
  const { id, role, at, author = "", outcome = "", sources, choices, form, easy } = message;
  const item = copy(root, "message");
  const day = dayText(at);
  item.classList.add(`message--${role}`);
  Object.assign(item.dataset, { id, role, outcome, day });
  setText(part(item, "day"), day);
  setText(part(item, "role"), say(`role_${role}`));
  setText(part(item, "author"), author);
  if (!easy) part(item, "easy").remove();
  part(item, "text").append(...textNodes(root, message));
  part(item, "time").dateTime = at;
  setText(part(item, "time"), timeText(at));
  if (form?.startsWith("/form/")) part(item, "link").href = new URL(form, BASE);
  else part(item, "form").remove();
  fill(part(item, "sources"), sources, (source) => [say("source", source)]);
  fill(part(item, "choices"), choices, (choice) => [choiceButton(root, choice)]);
  if (message.final && JUDGED.includes(outcome)) {
    item.lastElementChild.append(judgement(root, "judge_answer", judged));
  }
  return item;
}

/** Show the day above an item if the item before it is of another day. */
export function showDay(item, previous) {
  part(item, "day").hidden = item.dataset.day === previous?.dataset.day;
}

/** Take the newest open offer with this label out of use, and mark the choice in it. */
export function useChoice(list, label) {
  const open = [...list.querySelectorAll('[data-act="choose"]:not([aria-disabled="true"])')];
  const chosen = open.findLast((choice) => choice.dataset.label === label);
  if (!chosen) return;
  for (const choice of chosen.closest("ul").querySelectorAll("button")) disable(choice);
  chosen.ariaPressed = "true";
}

function textNodes(root, { text, role, outcome, ruby, easy, easy_ruby: easyRuby }) {
  if (role === "citizen") return [text];
  const pieces = easyRuby ?? (easy ? [[easy]] : ruby ?? [[text]]);
  const hosts = [...root.dataset.hosts.split(" "), BASE.host];
  return nodes(pieces, hosts, role === "system" || outcome === "emergency");
}

function fill(node, values, content) {
  if (!values?.length) return node.remove();
  part(node, "fill").append(...values.map((value) => {
    const item = document.createElement("li");
    item.append(...content(value));
    return item;
  }));
}

function choiceButton(root, { label, choice, label_ruby: ruby }) {
  const button = copy(root, "choice");
  button.value = choice;
  button.dataset.label = label;
  button.append(...nodes(ruby ?? [[label]], []));
  return button;
}
