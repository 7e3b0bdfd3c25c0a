/** The element marked `data-part="name"` in `root`. */
export function part(root, name) {
  return root.querySelector(`[data-part="${name}"]`);
}

/** A copy of what the `<template data-part="name">` holds. */
export function copy(name) {
  return part(document, name).content.firstElementChild.cloneNode(true);
}

/**
 * A new element.
 * @param {string} tag
 * @param {string|Object<string, string>} [look] its class, or its attributes
 * @param {...(Node|string)} children
 */
export function make(tag, look = {}, ...children) {
  const node = document.createElement(tag);
  const attributes = typeof look === "string" ? { class: look } : look;
  for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, value);
  node.append(...children);
  return node;
}

/** Change a text only when it differs: a live region repeats what is set again. */
export function setText(node, text) {
  if (node.textContent !== text) node.textContent = text;
}
