import { makeApi } from "./api.js";
import { learn, part } from "./kit.js";
import { makePanel } from "./panel.js";
import { startChat } from "./window.js";

const BASE = new URL("/", import.meta.url); // the gateway, whichever page this runs on
const LONGEST_PAUSE = 30_000; // milliseconds between attempts to load
const policy = window.trustedTypes?.createPolicy("citizen-chat", { createHTML: (html) => html });

/**
 * `<citizen-chat>`: the chat, in a shadow root. It is a button in the corner that opens a panel or,
 * with `mode="inline"`, stands where the element stands. What the element contains shows until the
 * chat is there, and stays if it cannot come: the place for a telephone number.
 */
class CitizenChat extends HTMLElement {
  #panel;

  async connectedCallback() {
    if (this.shadowRoot) return;
    this.attachShadow({ mode: "open" }).append(document.createElement("slot"));
    const [page, sheet] = await patiently();
    const root = document.adoptNode(page.querySelector(".root"));
    learn(JSON.parse(part(root, "words").textContent), root.dataset);
    for (const link of root.querySelectorAll("a[href]")) link.href = new URL(link.getAttribute("href"), BASE);
    this.shadowRoot.adoptedStyleSheets = [sheet];
    this.shadowRoot.replaceChildren(root);
    const start = () => startChat(root, makeApi(BASE));
    if (this.getAttribute("mode") !== "inline") this.#panel = makePanel(root, start);
    else {
      root.replaceChildren(part(root, "chat"));
      start();
    }
  }

  /** Open the panel, if there is one. */
  open() {
    this.#panel?.open();
  }

  close() {
    this.#panel?.close();
  }
}

async function patiently() {
  for (let pause = 1000; ; pause = Math.min(2 * pause, LONGEST_PAUSE)) {
    try {
      return await load();
    } catch {
      await new Promise((resolve) => setTimeout(resolve, pause));
    }
  }
}

async function load() {
  const [html, css] = await Promise.all(["chat/window", "static/web/chat.css"].map(async (path) => {
    const response = await fetch(new URL(path, BASE));
    if (!response.ok) throw new Error(path);
    return response.text();
  }));
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(css);
  return [new DOMParser().parseFromString(policy?.createHTML(html) ?? html, "text/html"), sheet];
}

customElements.define("citizen-chat", CitizenChat);
