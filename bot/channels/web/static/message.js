import { judgement } from "./judgement.js";
import { copy, part, put, say } from "./kit.js";
import { nodes } from "./text.js";

// Times as in Kawasaki, wherever the browser thinks it is.
const inJapan = (parts) => new Intl.DateTimeFormat("ja-JP", { timeZone: "Asia/Tokyo", ...parts });
const TIME = inJapan({ hour: "numeric", minute: "2-digit" });
const DAY = inJapan({ year: "numeric", month: "long", day: "numeric", weekday: "short" });
const JUDGED = ["answer", "not_stated", "out_of_scope"];
const BASE = new URL("/", import.meta.url);

/** "9:05" and "2021年4月1日(木)" of a time. */
export const timeText = (iso) => TIME.format(new Date(iso));
export const dayText = (iso) => DAY.format(new Date(iso));

/** One message of the API as a list item; `judged` is earlier feedback. */
export function messageItem(chat, message, judged) {
  const { id, role, at, author = "", outcome = "", sources, choices, form, easy } = message;
  const item = copy(chat, "message");
  const day = dayText(at);
  item.classList.add(`message--${role}`);
  Object.assign(item.dataset, { id, role, outcome, day });
  put(item, "day", day);
  put(item, "role", say(`role_${role}`));
  put(item, "author", author);
  if (!easy) part(item, "easy").remove();
  part(item, "text").append(...textNodes(chat, message));
  part(item, "time").dateTime = at;
  put(item, "time", timeText(at));
  if (form?.startsWith("/form/")) part(item, "link").href = new URL(form, BASE);
  else part(item, "form").remove();
  fill(part(item, "sources"), sources, (source) => [say("source", source)]);
  fill(part(item, "choices"), choices, (choice) => [choiceButton(chat, choice)]);
  if (message.final && JUDGED.includes(outcome)) {
    item.lastElementChild.append(judgement(chat, "judge_answer", judged));
  }
  return item;
}

/** Show the day above an item, if the one before is of another. */
export function showDay(item, previous) {
  part(item, "day").hidden = item.dataset.day === previous?.dataset.day;
}

/** Take the newest open offer with this label out of use, and mark the choice in it. */
export function useChoice(list, label) {
  const open = [...list.querySelectorAll('[data-act="choose"]:not([aria-disabled="true"])')];
  const chosen = open.findLast((choice) => choice.dataset.label === label);
  if (!chosen) return;
  for (const choice of chosen.closest("ul").querySelectorAll("button")) choice.ariaDisabled = "true";
  chosen.ariaPressed = "true";
}

function textNodes(chat, { text, role, outcome, ruby, easy, easy_ruby: easyRuby }) {
  if (role === "citizen") return [text];
  const pieces = easyRuby ?? (easy ? [[easy]] : ruby ?? [[text]]);
  const hosts = `${BASE.host} ${chat.dataset.hosts}`.split(" ");
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

function choiceButton(chat, { label, choice, label_ruby: ruby }) {
  const button = copy(chat, "choice");
  button.value = choice;
  button.dataset.label = label;
  button.append(...nodes(ruby ?? [[label]], []));
  return button;
}
