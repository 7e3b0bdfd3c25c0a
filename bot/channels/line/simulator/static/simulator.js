import { ask, follow } from "./api.js";
import { make, part, setText } from "./dom.js";
import { Phone } from "./phone.js";
import { say } from "./words.js";

const phones = new Map();
const rack = part(document, "phones");
const tabs = part(document, "tabs");

const TROUBLES = {
  error: () => ask("control/faults", "POST", { call: "*", status: 500 }),
  lost: () => ask("control/faults", "POST", { call: "*", act: true, drop: true }),
  busy: () => ask("control/faults", "POST", { call: "*", status: 429 }),
  spent: () => ask("control/quota", "POST", { limit: 200, used: 200 }),
  refill: () => ask("control/quota", "POST", { limit: 200, used: 0 }),
  minute: () => ask("control/clock", "POST", { jump: 60 }),
  again: () => ask("control/again", "POST", {}),
};

const SAID_FOR = 6_000; // milliseconds; the loss of the connection stays until it is mended
let hiding;

function tell(text, stays = false) {
  const said = part(document, "said");
  setText(said, text);
  clearTimeout(hiding);
  if (!stays) hiding = setTimeout(() => setText(said, ""), SAID_FOR);
}

async function lookAt(id) {
  if (!phones.has(id)) return bringUpToDate();
  try {
    await phones.get(id).load();
  } catch {
    await bringUpToDate();
  }
}

/** Shows each phone that there is, and no other. */
async function bringUpToDate() {
  const found = (await ask("phones")).phones;
  for (const [id, phone] of phones) {
    if (found.some((one) => one.id === id)) continue;
    phone.node.remove();
    document.getElementById(`tab-${id}`).remove();
    phones.delete(id);
  }
  for (const { id, name } of found) {
    if (!phones.has(id)) put(id, name);
    await phones.get(id).load();
  }
}

function put(id, name) {
  const phone = new Phone(id, tell);
  phones.set(id, phone);
  rack.append(phone.node);
  const tab = make("button", { type: "button", class: "top__tab", id: `tab-${id}` }, name);
  tab.addEventListener("click", () => {
    phone.node.scrollIntoView({ inline: "center", block: "nearest" });
    phone.node.focus({ preventScroll: true });
  });
  tabs.append(tab);
}

async function add() {
  const name = say("new_name", { number: phones.size + 1 });
  const { id } = await ask("phones", "POST", { name });
  await bringUpToDate();
  phones.get(id).node.scrollIntoView({ inline: "center", block: "nearest" });
}

async function reset() {
  for (const id of [...phones.keys()]) await ask(`phones/${id}`, "DELETE");
  await ask("control/faults", "DELETE");
  await bringUpToDate();
  await add();
}

async function press({ target }) {
  const { act, trouble } = target.closest("button")?.dataset ?? {};
  try {
    if (act === "add") await add();
    if (act === "reset") await reset();
    if (!trouble) return;
    await TROUBLES[trouble]();
    tell(say(`trouble_${trouble}`));
  } catch {
    tell(say("failed"));
  }
}

document.querySelector(".top").addEventListener("click", press);
follow(lookAt, (connected) => {
  tell(connected ? "" : say("gone"), true);
  if (connected) bringUpToDate();
});
await bringUpToDate();
if (!phones.size) await add();
