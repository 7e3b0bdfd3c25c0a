import { act, ask } from "./api.js";
import { copy, make, part, setText } from "./dom.js";
import { entryNode, refresh } from "./entry.js";
import { showMenu } from "./richmenu.js";
import { say } from "./words.js";

/** One citizen's phone on the page. */
export class Phone {
  #id;
  #says;
  #items = new Map();
  #menuOpen = null;
  #low = true; // whether the newest message is in view, and is to stay so
  #loadingEnds;

  /**
   * @param {string} id the chat's ID
   * @param {function(string)} says where to tell the person before the screen something
   */
  constructor(id, says) {
    this.#id = id;
    this.#says = says;
    this.node = copy("phone");
    this.node.id = `phone-${id}`;
    this.node.addEventListener("click", ({ target }) => this.#press(target.closest("button")));
    this.#part("form").addEventListener("submit", (event) => {
      event.preventDefault();
      this.#send();
    });
    this.#stayLow(this.#part("area"));
    const input = this.#part("input");
    input.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
      event.preventDefault();
      this.#send();
    });
  }

  /** Fetches what is on the phone, and shows it. */
  async load() {
    this.#show(await ask(`phones/${this.#id}`));
  }

  #show(phone) {
    this.node.setAttribute("aria-label", say("talk_of", { name: phone.name }));
    setText(this.#part("name"), phone.name);
    this.node.dataset.following = phone.following;
    const met = phone.entries.length > 0;
    this.node.querySelector('[data-act="follow"]').textContent = say(met ? "unblock" : "follow");
    const stranger = this.#part("stranger");
    stranger.hidden = phone.following;
    setText(stranger, say(met ? "blocked" : "stranger"));
    this.#showEntries(phone.entries);
    this.#showQuickReplies(phone.entries.at(-1));
    this.#showLoading(phone.loading_seconds);
    this.#showMenu(phone);
  }

  #showEntries(entries) {
    const talk = this.#part("talk");
    for (const entry of entries) {
      if (!this.#items.has(entry.id)) {
        const item = entryNode(entry, {
          tap: (action) => this.#tap(action),
          unsend: (id) => this.#act("unsend", { message_id: id }),
        });
        this.#items.set(entry.id, item);
        talk.append(item);
      }
      refresh(this.#items.get(entry.id), entry);
    }
  }

  /** What makes the talk longer or its window smaller does not hide the newest message. */
  #stayLow(area) {
    const follow = new ResizeObserver(() => {
      if (this.#low) area.scrollTop = area.scrollHeight;
    });
    follow.observe(area);
    follow.observe(this.#part("talk"));
    follow.observe(this.#part("loading"));
    area.addEventListener("scroll", () => {
      this.#low = area.scrollHeight - area.scrollTop - area.clientHeight < 80;
    }, { passive: true });
  }

  /** Quick replies belong to the newest message, and are gone with the next one. */
  #showQuickReplies(last) {
    const items = (last?.side === "account" && last.message.quickReply?.items) || [];
    const list = this.#part("quick");
    const shown = items.length ? last.id : "";
    if (list.dataset.of === shown) return;
    list.dataset.of = shown;
    list.replaceChildren(...items.map(({ action }) => {
      const button = make("button", { type: "button", class: "phone__quick-button" }, action.label);
      button.addEventListener("click", () => this.#tap(action));
      return make("li", {}, button);
    }));
  }

  #showLoading(seconds) {
    const loading = this.#part("loading");
    setText(loading, seconds > 0 ? say("loading") : "");
    clearTimeout(this.#loadingEnds);
    if (seconds > 0) this.#loadingEnds = setTimeout(() => setText(loading, ""), seconds * 1000);
  }

  #showMenu(phone) {
    if (this.#menuOpen === null && phone.menu) this.#openMenu(phone.menu.selected);
    showMenu(this.#part("menu"), phone.menu, (action) => this.#tap(action));
    this.#part("menu").classList.toggle("phone__menu--none", !phone.menu);
  }

  #openMenu(open) {
    this.#menuOpen = open;
    this.#part("menu").hidden = !open;
    this.#part("menu-button").setAttribute("aria-expanded", open);
    if (open) this.#openMore(false);
  }

  #openMore(open) {
    this.#part("more").hidden = !open;
    this.#part("more-button").setAttribute("aria-expanded", open);
  }

  #press(button) {
    if (!button) return;
    const { act: deed, send } = button.dataset;
    if (send) this.#act(send);
    if (deed === "menu") this.#openMenu(!this.#menuOpen);
    if (deed === "more") {
      const open = this.#part("more").hidden;
      if (open) this.#openMenu(false);
      this.#openMore(open);
    }
    if (deed === "follow" || deed === "unfollow") this.#act(deed);
    if (deed === "remove") this.#try(() => ask(`phones/${this.#id}`, "DELETE"));
  }

  #tap(action) {
    if (action.type === "uri") {
      this.#says(say("leaving", { uri: action.uri }));
      if (action.uri.startsWith("http")) window.open(action.uri, "_blank", "noopener");
      return;
    }
    if (action.inputOption === "openKeyboard") {
      this.#openMenu(false);
      this.#part("input").focus();
    }
    this.#act("tap", { action });
  }

  #send() {
    const input = this.#part("input");
    const text = input.value.trim();
    if (!text) return;
    input.value = "";
    this.#act("text", { text });
  }

  #act(kind, deed) {
    this.#openMore(false);
    return this.#try(() => act(this.#id, kind, deed));
  }

  async #try(what) {
    try {
      await what();
    } catch {
      this.#says(say("failed"));
    }
  }

  #part(name) {
    return part(this.node, name);
  }
}
