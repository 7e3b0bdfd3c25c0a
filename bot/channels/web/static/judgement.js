import { copy, onPress, onSubmit, part, put, say } from "./kit.js";

/** The question `key`, whether something helped: an answer, then perhaps a word. */
export function judgement(chat, key, judged) {
  const node = copy(chat, "judgement");
  node.ariaLabel = say(key);
  put(node, "question", say(key));
  show(node, judged);
  return node;
}

/** Lets them be answered; `send` gets the node, the answer, perhaps the word. */
export function takeJudgements(chat, send, announce) {
  const take = async (node, helpful, word) => {
    let note = say("judge_thanks");
    try {
      await send(node, helpful, word);
      show(node, helpful);
      part(node, "word").hidden = word !== undefined;
    } catch ({ message }) {
      note = message;
    }
    put(node, "note", note);
    announce(note);
  };
  onPress(chat, { judge: (control) => take(control.closest(".judgement"), control.value === "true") });
  onSubmit(chat, {
    word(form) {
      const node = form.closest(".judgement");
      const chosen = node.querySelector('[aria-pressed="true"]');
      const word = form.elements.word.value.trim();
      if (!word) return;
      chosen.focus(); // the form goes
      take(node, chosen.value === "true", word);
    },
  });
}

function show(node, helpful) {
  for (const answer of node.querySelectorAll('[data-act="judge"]')) {
    answer.ariaPressed = String(answer.value === String(helpful));
  }
}
