import { makeApi } from "./api.js";
import { learn, part, put } from "./kit.js";
import { makePanel } from "./panel.js";
import { startChat } from "./window.js";

const BASE = new URL("/", import.meta.url); // the gateway, whichever page this runs on
const policy = window.trustedTypes?.createPolicy("citizen-chat", { createHTML: (html) => html });

/**
 * `<citizen-chat>`: a button in the corner that opens a panel or, with `mode="inline"`, the chat
 * itself. What the element contains shows until the chat is there, and stays if it cannot come.
 */
class CitizenChat extends HTMLElement {
  async connectedCallback() {
    if (this.shadowRoot) return;
    this.attachShadow({ mode: "open" }).append(document.createElement("slot"));
    const [page, sheet] = await load();
    const root = document.adoptNode(page.querySelector(".root"));
    learn(JSON.parse(part(root, "words").textContent), root.dataset);
    for (const link of root.querySelectorAll("a[href]")) link.href = new URL(link.getAttribute("href"), BASE);
    this.shadowRoot.adoptedStyleSheets = [sheet];
    this.shadowRoot.replaceChildren(root);
    const start = () => startChat(root, makeApi(BASE));
    if (this.getAttribute("mode") === "inline") {
      root.replaceChildren(part(root, "chat"));
      start();
    } else Object.assign(this, makePanel(root, start));
    document.addEventListener("visibilitychange", async () => {
      if (document.hidden) return;
      // The office may have closed or opened meanwhile.
      const [now] = await load();
      put(root, "hours", part(now, "hours").textContent);
    });
  }
}

async function load() {
  const [html, css] = await Promise.all(["chat/window", "static/web/chat.css"].map(text));
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(css);
  return [new DOMParser().parseFromString(policy?.createHTML(html) ?? html, "text/html"), sheet];
}

async function text(path) {
  for (let pause = 1000; ; pause = Math.min(2 * pause, 30_000)) {
    const response = await fetch(new URL(path, BASE)).catch(() => ({}));
    if (response.ok) return response.text();
    await new Promise((resolve) => setTimeout(resolve, pause));
  }
}

customElements.define("citizen-chat", CitizenChat);
