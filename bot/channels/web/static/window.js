import { makeComposer } from "./composer.js";
import { makeConversation } from "./conversation.js";
import { judgement, takeJudgements } from "./judgement.js";
import { onPress, part, put, say } from "./kit.js";
import { makeLog } from "./log.js";
import { makeMenu, makeSettings } from "./menu.js";
import { useChoice } from "./message.js";
import { makeOutbox } from "./outbox.js";
import { drawPending } from "./pending.js";
import { makeScroller } from "./scroller.js";
import { makeStatus } from "./status.js";
import { onChange, recall, remember } from "./store.js";

const ANNOUNCED = 20_000; // ms after which what was announced can go

/** The chat that chat.html describes: brings what is seen and what is known together. */
export function startChat(root, api) {
  const chat = part(root, "chat");
  const list = part(chat, "list");
  const dialog = part(chat, "dialog");
  const handle = { onNews() {} };
  // The one live region: each thing is told once, the history never.
  const announce = (text) => {
    const line = document.createElement("p");
    line.textContent = text;
    part(chat, "announcer").append(line);
    setTimeout(() => line.remove(), ANNOUNCED);
  };
  const status = makeStatus(chat, announce);
  const log = makeLog(chat, list);
  const scroller = makeScroller(part(chat, "area"), part(chat, "newer"));
  const conversation = makeConversation(api, {
    messages: (messages, live) => receive(messages, live),
    state(state) {
      status.state(state);
      drawEnd();
    },
    typing: status.typing,
    connection: status.connection,
  });
  const outbox = makeOutbox(conversation.send, (sent, wait) => {
    if (wait && !log.item(sent)) status.wait(wait);
    draw();
  });
  const composer = makeComposer(chat, {
    send: (label) => utter({ label }),
    typing: () => status.withOperator() && conversation.typing(),
    announce,
  });
  const showSettings = makeSettings(chat, () => show());
  const menu = makeMenu(chat, conversation, log, announce);

  const show = () => {
    log.clear();
    draw();
    conversation.resume();
    outbox.flush();
  };
  const draw = () => {
    const isShown = ({ sent, label, after }) => log.item(sent)
      // The server may tell of a message before it confirms it.
      || log.messages().slice(after).some(({ role, text }) => role === "citizen" && text === label);
    drawPending(chat, outbox.items().filter((item) => !isShown(item)), outbox.isStuck(), announce);
    drawEnd();
    scroller.keep();
  };
  // Below the last message: whether the talk helped, and what can be asked next.
  const drawEnd = () => {
    const messages = log.messages();
    const { role = "bot", choices } = messages.at(-1) ?? {};
    const rests = !outbox.items().length && !status.withOperator();
    part(chat, "next").hidden = !rests || role !== "bot" || Boolean(choices);
    const survey = part(chat, "survey");
    if (!rests || !messages.some((message) => message.survey)) survey.replaceChildren();
    else if (!survey.firstChild) survey.append(judgement(chat, "judge_talk", recall("feedback")?.talk));
  };
  const utter = (message) => {
    menu.close();
    outbox.add({ ...message, after: log.messages().length });
    scroller.toEnd();
  };
  const receive = (messages, live) => {
    for (const message of messages) {
      const item = log.add(message);
      if (!item) continue;
      const { role, text, easy, in_reply_to: asked } = message;
      if (live) scroller.show(item, log.item(asked));
      if (role === "citizen") continue;
      status.typing({});
      if (!live) continue;
      announce(`${say(`role_${role}`)}: ${easy ?? text}`);
      handle.onNews();
    }
    outbox.drop(({ sent }) => log.item(sent));
    draw();
    if (!live) scroller.toEnd();
  };
  const discard = (control) => {
    const { clientId } = control.closest("li").dataset;
    outbox.drop(({ client_message_id: id }) => id === clientId);
    composer.focus();
  };
  const wake = () => {
    conversation.wake();
    outbox.flush();
  };

  onPress(chat, {
    choose({ dataset: { label }, value: choice }) {
      useChoice(list, label);
      utter({ label, choice });
    },
    suggest({ textContent: label }) {
      part(chat, "area").focus(); // the suggestions go
      utter({ label });
    },
    handoff: () => utter({ label: say("handoff_text"), choice: "person" }),
    newer: scroller.toEnd,
    retry: outbox.flush,
    discard,
    rewrite(control) {
      composer.prepend(part(control.closest("li"), "text").textContent);
      discard(control);
    },
    fresh() {
      const loses = outbox.items().length && !conversation.isGone;
      const keys = ["question", status.withOperator() && "operator", loses && "unsent"];
      put(dialog, "question", keys.map((key) => say(`fresh_${key}`)).join(""));
      dialog.returnValue = "";
      dialog.showModal();
    },
  });
  dialog.addEventListener("close", () => {
    if (dialog.returnValue !== "yes") return;
    // What a lost conversation did not take goes into the next.
    outbox.drop(({ sent }) => sent || !conversation.isGone);
    conversation.leave();
    remember("feedback", {});
    menu.close();
    composer.focus();
    status.reset();
    show();
  });
  takeJudgements(chat, async (node, helpful, word) => {
    const id = node.closest("li")?.dataset.id;
    await conversation.judge(id, helpful, word);
    remember("feedback", { ...recall("feedback"), [id ?? "talk"]: helpful });
  }, announce);
  window.addEventListener("online", wake);
  window.addEventListener("offline", conversation.interrupt);
  document.addEventListener("visibilitychange", () => document.hidden || wake());
  onChange((name) => {
    if (name === "outbox") draw();
    if (name === "settings") showSettings();
    if (name === "conversation" && !conversation.isCurrent) status.reset();
    else if (name !== "settings") return;
    show();
  });
  show();
  return handle;
}
