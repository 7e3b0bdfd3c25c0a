const sentences = {};

/** Take up sentences, key → text; `{name}` in a text is a gap. */
export function learn(...texts) {
  Object.assign(sentences, ...texts);
}

/** A sentence, its gaps filled from `values` or other sentences; "" for none. */
export function say(key, values = {}) {
  return (sentences[key] ?? "").replace(/\{(\w+)\}/g, (_, name) => values[name] ?? sentences[name] ?? "");
}

/** The element with `data-part="name"` in `root`. */
export function part(root, name) {
  return root.querySelector(`[data-part="${name}"]`);
}

/** A copy of what that part, a template, holds. */
export function copy(root, name) {
  return part(root, name).content.firstElementChild.cloneNode(true);
}

/** Change a part's text; false if it was that. */
export function put(root, name, text) {
  const node = part(root, name);
  if (node.textContent === text) return false;
  node.textContent = text;
  return true;
}

/** The element with the focus in the same shadow root. */
export function focused(node) {
  return node.getRootNode().activeElement;
}

/** Do what pressed buttons name in `data-act`. Only `ariaDisabled` keeps the focus where it was. */
export function onPress(root, acts) {
  root.addEventListener("click", ({ target }) => {
    const control = target.closest("[data-act]");
    if (control && control.ariaDisabled !== "true") acts[control.dataset.act]?.(control);
  });
}

/** Likewise for forms and `data-submit`. */
export function onSubmit(root, acts) {
  root.addEventListener("submit", (event) => {
    const act = acts[event.target.dataset.submit];
    if (!act) return;
    event.preventDefault();
    act(event.target);
  });
}
