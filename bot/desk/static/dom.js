/** The few lines that make elements. Text only ever enters as text, never as markup. */

/** @param {string} id @returns {HTMLElement} the element of desk.html with that id */
export const byId = (id) => document.getElementById(id);

/**
 * Make an element.
 * @param {string} tag e.g. `li`
 * @param {Record<string, unknown>} [attributes] `text` is its text; null and false leave one out
 * @param {...(Node|string|null)} children null is left out
 * @returns {HTMLElement}
 */
export function el(tag, attributes = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (name === 'text') node.textContent = value;
    else if (name === 'onclick') node.addEventListener('click', value);
    else node.setAttribute(name, value === true ? '' : value);
  }
  node.append(...children.filter((child) => child !== null));
  return node;
}

/** Write text only where it differs, so that live regions and selections stay calm. */
export function setText(node, text) {
  if (node.textContent !== text) node.textContent = text;
}

/** A short label with a meaning by colour *and* word. @param {string} kind CSS suffix */
export const tag = (kind, text) => el('span', { class: `tag tag-${kind}`, text });

/** @returns {boolean} whether the desk shows list and conversation one at a time */
export const isNarrow = () => window.matchMedia('(max-width: 767px)').matches;

/** Whether a key press belongs to an input method that is still composing (229: Safari's last Enter). */
export const isComposing = (event) => event.isComposing || event.keyCode === 229;
