import { copy, onPress, onSubmit, part, say, setText } from "./kit.js";

/** The question of a `key`, whether something helped: an answer, then a word if one likes. */
export function judgement(root, key, judged) {
  const node = copy(root, "judgement");
  node.ariaLabel = say(key);
  setText(part(node, "question"), say(key));
  show(node, judged);
  return node;
}

/** Lets the judgements in `root` be answered; `send` gets the node, the answer, perhaps a word. */
export function takeJudgements(root, send, announce) {
  const take = async (node, helpful, word) => {
    const note = part(node, "note");
    try {
      await send(node, helpful, word);
      show(node, helpful);
      part(node, "word").hidden = word !== undefined;
      setText(note, say("judge_thanks"));
    } catch ({ message }) {
      setText(note, message);
    }
    announce(note.textContent);
  };
  onPress(root, { judge: (control) => take(control.closest(".judgement"), control.value === "true") });
  onSubmit(root, {
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
