import { Composer } from "./composer.js";
import { confirm } from "./confirm.js";
import { Conversation } from "./conversation.js";
import { onPress, part } from "./dom.js";
import { Log } from "./log.js";
import { showJudgement } from "./message.js";
import { Outbox } from "./outbox.js";
import { Pending } from "./pending.js";
import { ReceiptCheck } from "./receipt.js";
import { Scroller } from "./scroller.js";
import { Status } from "./status.js";
import { say } from "./words.js";

/** The chat on the page: brings what is seen and what is known together. */
export class ChatWindow {
  #root;
  #store;
  #status;
  #log;
  #pending;
  #scroller;
  #composer;
  #conversation;
  #outbox;
  #receipts;

  /** @param {HTMLElement} root what `chat.html` describes @param {Api} api @param {Store} store */
  constructor(root, api, store) {
    this.#root = root;
    this.#store = store;
    this.#status = new Status(root);
    this.#log = new Log(root, store);
    this.#pending = new Pending(root);
    this.#scroller = new Scroller(part(root, "area"), part(root, "newer"));
    this.#composer = new Composer(root, store, {
      send: (text) => this.#say({ label: text }),
      typing: () => {
        if (this.#status.withOperator) this.#conversation.typing();
        return this.#status.withOperator;
      },
    });
    this.#conversation = new Conversation(api, store, {
      messages: (messages, live) => this.#receive(messages, live),
      state: (state) => this.#status.state(state),
      typing: (typing) => this.#status.typing(typing),
      connection: (connection, reason) => this.#status.connection(connection, reason),
    });
    this.#receipts = new ReceiptCheck(root, (receipt) => this.#conversation.ticket(receipt));
    this.#outbox = new Outbox(store, (item) => this.#conversation.send(item), {
      changed: () => this.#draw(),
      accepted: (item, id, wait) => this.#accept(item, id, wait),
    });
  }

  /** Show what there is, and send what is left over from last time. */
  start() {
    onPress(this.#root, {
      choose: (control) => this.#choose(control.textContent, control.value),
      judge: (control) => this.#judge(control.closest("li"), control.dataset.helpful === "true"),
      receipt: () => this.#receipts.open(),
      look: () => this.#receipts.look(),
      handoff: () => this.#say({ label: say("handoff_text") }),
      fresh: () => this.#startAfresh(),
      newer: () => this.#scroller.toEnd(),
      retry: () => this.#outbox.flush(),
      rewrite: (control) => this.#discard(control, { rewrite: true }),
      discard: (control) => this.#discard(control, { rewrite: false }),
    });
    this.#root.addEventListener("submit", (event) => this.#remark(event));
    this.#listen();
    this.#show();
  }

  #listen() {
    window.addEventListener("online", () => this.#wake());
    window.addEventListener("offline", () => this.#conversation.interrupt());
    document.addEventListener("visibilitychange", () => document.hidden || this.#wake());
    this.#store.watch((name) => this.#changedElsewhere(name));
  }

  #wake() {
    this.#conversation.wake();
    this.#outbox.flush();
  }

  #changedElsewhere(name) {
    if (name === "outbox") this.#draw();
    if (name === "conversation" && !this.#conversation.isCurrent) this.#show();
  }

  async #show() {
    this.#log.clear();
    this.#pending.clear();
    this.#status.reset();
    this.#draw();
    await this.#conversation.resume();
    this.#outbox.flush();
  }

  #draw() {
    this.#pending.draw(this.#outbox.items, this.#outbox.isStuck);
    this.#scroller.keep();
  }

  #say(message) {
    this.#outbox.add(message);
    this.#scroller.toEnd();
  }

  // The page's own examples have no value; they are said as they are read.
  #choose(label, choice) {
    this.#log.use(label);
    this.#say(choice ? { label, choice } : { label });
  }

  #receive(messages, live) {
    for (const message of messages) {
      const item = this.#log.insert(message, live);
      if (item) this.#settle(message);
      if (item && live) this.#scroller.show(item, this.#log.item(message.in_reply_to));
    }
    this.#draw();
    if (!live) this.#scroller.toEnd();
  }

  #accept(item, id, wait) {
    if (this.#log.item(id)) return; // the stream was faster
    this.#pending.accept(item, id);
    this.#status.wait(wait);
  }

  #settle(message) {
    if (message.role === "citizen") this.#pending.arrived(message, this.#outbox.items);
    else {
      this.#status.typing({});
      this.#status.wait();
    }
  }

  #remark(event) {
    if (event.target.dataset.part !== "remark") return;
    event.preventDefault();
    const item = event.target.closest("li");
    const comment = event.target.elements.comment.value.trim();
    if (comment) this.#judge(item, item.dataset.judged === "true", comment);
  }

  async #judge(item, helpful, comment) {
    const note = part(item, "note");
    const about = item.dataset.survey ? undefined : item.dataset.id;
    try {
      await this.#conversation.judge(about, { helpful, comment });
      this.#store.feedback = { ...this.#store.feedback, [item.dataset.id]: helpful };
      showJudgement(item, helpful);
      const remark = part(item, "remark");
      remark.hidden = Boolean(comment);
      remark.scrollIntoView({ block: "nearest" });
      note.textContent = say("feedback_thanks");
    } catch (error) {
      note.textContent = error.message;
    }
  }

  #discard(control, { rewrite }) {
    const item = control.closest("li");
    if (rewrite) this.#composer.prepend(part(item, "text").textContent);
    this.#outbox.remove(item.dataset.clientId);
    this.#composer.focus();
  }

  async #startAfresh() {
    if (!(await confirm(this.#root, this.#question))) return;
    // What a lost conversation did not take goes into the next.
    if (!this.#conversation.isGone) this.#outbox.clear();
    this.#conversation.leave();
    this.#store.feedback = {};
    this.#composer.focus();
    this.#show();
  }

  get #question() {
    const losesUnsent = this.#outbox.items.length && !this.#conversation.isGone;
    return say("fresh_question")
      + (this.#status.withOperator ? say("fresh_operator") : "")
      + (losesUnsent ? say("fresh_unsent") : "");
  }
}
