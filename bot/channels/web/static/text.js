// A web address, a telephone number of Japan, 119 or 110.
const LINK = /https:\/\/[\w\-.~:/?#[\]@!$&'()*+,;=%]+|(?<!\d)(?:0\d{1,3}-\d{2,4}-\d{3,4}|1(?:19|10))(?!\d)/g;

/**
 * Texts with their readings as nodes: addresses of allowed `hosts` and numbers to call become
 * links, 119 and 110 if it `calls`; nothing becomes markup.
 */
export function nodes(pieces, hosts, calls) {
  return pieces.flatMap(([text, reading]) => (reading ? [ruby(text, reading)] : linked(text, hosts, calls)));
}

function ruby(text, reading) {
  const node = document.createElement("ruby");
  const above = document.createElement("rt");
  above.textContent = reading;
  node.append(text, above);
  return node;
}

function linked(text, hosts, calls) {
  const found = [];
  let end = 0;
  for (const { 0: match, index } of text.matchAll(LINK)) {
    const href = target(match, hosts, calls);
    if (!href) continue;
    const link = Object.assign(document.createElement("a"), { href, textContent: match });
    if (href === match) Object.assign(link, { target: "_blank", rel: "noopener noreferrer" });
    found.push(text.slice(end, index), link);
    end = index + match.length;
  }
  return [...found, text.slice(end)];
}

function target(match, hosts, calls) {
  if (!match.startsWith("https:")) return match.length > 3 || calls ? `tel:${match}` : undefined;
  return URL.canParse?.(match) && hosts.includes(new URL(match).host) ? match : undefined;
}
