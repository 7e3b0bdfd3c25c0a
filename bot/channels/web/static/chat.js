import { Api } from "./api.js";
import { ChatWindow } from "./chat-window.js";
import { part } from "./dom.js";
import { Store } from "./store.js";
import { learn } from "./words.js";

/** Brings each chat that the page carries (`chat.html`) to life. */
for (const root of document.querySelectorAll("[data-chat]")) {
  learn(JSON.parse(part(root, "words").textContent));
  const api = new Api(new URL("/api/", import.meta.url));
  new ChatWindow(root, api, new Store()).start();
}
