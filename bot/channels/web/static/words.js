const words = {};

/** Take up the page's sentences, key → text; `{name}` in a text is a gap. */
export function learn(texts) {
  Object.assign(words, texts);
}

/** The sentence of a key, its gaps filled; "" for a key that has none. */
export function say(key, values = {}) {
  return (words[key] ?? "").replace(/\{(\w+)\}/g, (_, name) => values[name] ?? "");
}
