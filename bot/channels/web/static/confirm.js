import { part, setText } from "./dom.js";

/**
 * Ask in the chat's dialogue; Escape is a no.
 * @returns {Promise<boolean>}
 */
export function confirm(root, question) {
  const dialog = part(root, "dialog");
  setText(part(dialog, "question"), question);
  dialog.returnValue = "";
  dialog.showModal();
  return new Promise((resolve) => {
    dialog.addEventListener("close", () => resolve(dialog.returnValue === "yes"), { once: true });
  });
}
