const BASE = "/simulator";

/** What the simulator answers; an answer without a body is null. Throws if it refuses. */
export async function ask(path, method = "GET", body) {
  const answer = await fetch(`${BASE}/${path}`, {
    method,
    headers: body ? { "content-type": "application/json" } : {},
    body: body && JSON.stringify(body),
  });
  if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status}`);
  return answer.status === 204 ? null : answer.json();
}

/** Something the citizen does on a phone. */
export function act(phone, kind, deed = {}) {
  return ask(`phones/${phone}/deeds`, "POST", { kind, ...deed });
}

/** Calls back with the ID of each phone that changes, and with whether there is a connection. */
export function follow(changed, connected) {
  const source = new EventSource(`${BASE}/events`);
  source.addEventListener("changed", ({ data }) => changed(JSON.parse(data).phone));
  source.addEventListener("open", () => connected(true));
  source.addEventListener("error", () => connected(false));
}
