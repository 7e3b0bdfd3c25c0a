import { dayText, timeText } from "./dates.js";
import { copy, disable, part, setText } from "./dom.js";
import { say } from "./words.js";

const JUDGED = new Set(["answer", "not_stated", "out_of_scope"]);

/**
 * One message as a list item. Its texts are only ever set as text, so nothing
 * that a message carries can become markup.
 *
 * @param {Element} root has the templates
 * @param {Object} message as the API has it
 * @param {boolean} [judged] the feedback given before
 * @returns {HTMLLIElement} with `data-id`, `data-role`, `data-outcome`, `data-day`
 */
export function messageItem(root, message, judged) {
  const { id, role, at, outcome = "", sources, choices, form } = message;
  const item = copy(root, "message");
  item.classList.add(`message--${role}`);
  Object.assign(item.dataset, { id, role, outcome, day: dayText(at) });
  setText(part(item, "day"), dayText(at));
  setText(part(item, "role"), say(`role_${role}`));
  setText(part(item, "text"), message.text);
  setTime(part(item, "time"), at);
  showForm(part(item, "form"), form);
  fill(part(item, "sources"), sources, (source) => sourceItem(root, source));
  fill(part(item, "choices"), choices, (choice) => choiceItem(root, choice));
  if (message.survey) askAboutTalk(item);
  if (message.survey || (message.final && JUDGED.has(outcome))) showJudgement(item, judged);
  else part(item, "feedback").remove();
  return item;
}

/** Show the day above an item if the item before it is of another day. */
export function showDay(item, previous) {
  part(item, "day").hidden = item.dataset.day === previous?.dataset.day;
}

/** Show which feedback was given, and a place for a word to go with it; undefined for none. */
export function showJudgement(item, helpful) {
  item.dataset.judged = helpful ?? "";
  part(item, "remark").hidden = helpful === undefined;
  for (const answer of item.querySelectorAll("[data-helpful]")) {
    answer.ariaPressed = String(answer.dataset.helpful === String(helpful));
  }
}

/** Take the newest open offer with this label out of use, and mark the choice in it. */
export function useChoice(root, label) {
  const open = [...root.querySelectorAll('[data-act="choose"]:not([aria-disabled="true"])')];
  const chosen = open.findLast((choice) => choice.textContent === label);
  if (!chosen) return;
  const offer = chosen.closest('[data-part="choices"]');
  offer.querySelectorAll("button").forEach((choice) => disable(choice));
  chosen.ariaPressed = "true";
}

/** What is judged is not this message but the talk with an operator that ends with it. */
function askAboutTalk(item) {
  item.dataset.survey = "talk";
  part(item, "feedback").ariaLabel = say("survey_question");
  setText(part(item, "asked"), say("survey_question"));
}

function setTime(node, at) {
  node.dateTime = at;
  setText(node, timeText(at));
}

function showForm(node, path) {
  if (path?.startsWith("/form/")) part(node, "link").href = path;
  else node.remove();
}

function fill(node, values, itemOf) {
  if (values?.length) (part(node, "list") ?? node).append(...values.map(itemOf));
  else node.remove();
}

function sourceItem(root, source) {
  const item = copy(root, "source");
  setText(item, say("source", source));
  return item;
}

function choiceItem(root, { label, choice }) {
  const item = copy(root, "choice");
  item.firstElementChild.value = choice;
  setText(item.firstElementChild, label);
  return item;
}
