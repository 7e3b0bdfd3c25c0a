import { part, put, say } from "./kit.js";

const TYPING_LASTS = 10_000; // ms without news after which nobody types any more

/** What is going on: who has the conversation, who is typing, how the connection is. */
export function makeStatus(chat, announce) {
  let timer;
  const tell = (name, text) => put(chat, name, text) && announce(text);
  const status = {
    withOperator: () => ["waiting", "operator"].includes(chat.dataset.state),
    state({ state, queue_position: position }) {
      chat.dataset.state = state;
      tell("state", say(`state_${state}${position ? "_position" : ""}`, { position }));
      part(chat, "handoff").ariaDisabled = String(status.withOperator());
    },
    typing({ role, typing }) {
      clearTimeout(timer);
      put(chat, "typing", typing ? say(`typing_${role}`) : "");
      if (typing) timer = setTimeout(status.typing, TYPING_LASTS, {});
    },
    wait: (seconds) => tell("typing", say("wait", { seconds })),
    /** "open", "lost", "polling", "down", or "gone" for a reason. */
    connection(how, reason) {
      if (chat.dataset.connection === how) return;
      chat.dataset.connection = how;
      tell("connection", say(`connection_${how}`, { reason }));
      if (how === "open") announce(say("connection_back"));
    },
    reset() {
      status.state({ state: "bot" });
      status.connection("open");
      status.typing({});
    },
  };
  return status;
}
