const sentences = {};

/** Take up sentences, key → text; `{name}` in a text is a gap. */
export function learn(...texts) {
  Object.assign(sentences, ...texts);
}

/** The sentence of a key, its gaps filled from `values` or other sentences; "" for none. */
export function say(key, values = {}) {
  return (sentences[key] ?? "").replace(/\{(\w+)\}/g, (_, name) => values[name] ?? sentences[name] ?? "");
}

/** The element marked `data-part="name"` in `root`; null if there is none. */
export function part(root, name) {
  return root.querySelector(`[data-part="${name}"]`);
}

/** A copy of what the `<template data-part="name">` in `root` holds. */
export function copy(root, name) {
  return part(root, name).content.firstElementChild.cloneNode(true);
}

/** Change a text; false if it was that already. */
export function setText(node, text) {
  if (node.textContent === text) return false;
  node.textContent = text;
  return true;
}

/** The element with the focus in the same shadow root. */
export function focused(node) {
  return node.getRootNode().activeElement;
}

/** Take a control out of use; it stays focusable, unlike with `disabled`. */
export function disable(control, disabled = true) {
  control.ariaDisabled = String(disabled);
}

/** Do what pressed buttons name in `data-act`, unless they are out of use. */
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
