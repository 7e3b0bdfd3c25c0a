import { make } from "./dom.js";

const ADDRESS = /https?:\/\/[\x21-\x7e]+/g;

/** A text as LINE shows it: web addresses in it can be followed. */
export function links(text) {
  const nodes = [];
  let at = 0;
  for (const { 0: address, index } of text.matchAll(ADDRESS)) {
    nodes.push(text.slice(at, index), link(address));
    at = index + address.length;
  }
  return [...nodes, text.slice(at)];
}

function link(address) {
  return make("a", { href: address, target: "_blank", rel: "noopener noreferrer" }, address);
}
