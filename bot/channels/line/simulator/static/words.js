const words = JSON.parse(document.querySelector('[data-part="words"]').textContent);

/** The sentence of a key, its gaps filled. */
export function say(key, values = {}) {
  return words[key].replace(/\{(\w+)\}/g, (_, name) => values[name] ?? "");
}
