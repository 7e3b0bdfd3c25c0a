/** The element marked `data-part="name"` in `root`; null if there is none. */
export function part(root, name) {
  return root.querySelector(`[data-part="${name}"]`);
}

/** A copy of what the `<template data-part="name">` in `root` holds. */
export function copy(root, name) {
  return part(root, name).content.firstElementChild.cloneNode(true);
}

/** Change a text only when it differs: a live region repeats what is set again. */
export function setText(node, text) {
  if (node.textContent !== text) node.textContent = text;
}

/** Take a control out of use. It stays focusable: `disabled` would lose the keyboard's place. */
export function disable(control, disabled = true) {
  control.setAttribute("aria-disabled", String(disabled));
}

/**
 * Do what a pressed button names in `data-act`, unless it is out of use.
 * @param {Object<string, function(HTMLButtonElement)>} acts by name
 */
export function onPress(root, acts) {
  root.addEventListener("click", ({ target }) => {
    const control = target.closest("[data-act]");
    if (control && control.ariaDisabled !== "true") acts[control.dataset.act](control);
  });
}
