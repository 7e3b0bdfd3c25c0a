import { disable, part, say, setText } from "./kit.js";

const TYPING_LASTS = 10_000; // milliseconds without news after which nobody types any more

/** What is going on: who has the conversation, who is typing, how the connection is. */
export function makeStatus(chat, announce) {
  let timer;
  let quiet = false;
  const put = (name, text) => setText(part(chat, name), text) && !quiet && announce(text);
  const status = {
    /** Whether a person has, or is about to have, the conversation. */
    withOperator: () => ["waiting", "operator"].includes(chat.dataset.state),
    /** `queue_position` counts from 1, which is next. */
    state({ state, queue_position: position }) {
      chat.dataset.state = state;
      put("state", say(position ? `state_${state}_position` : `state_${state}`, { position }));
      disable(part(chat, "handoff"), status.withOperator());
    },
    typing({ role, typing }) {
      clearTimeout(timer);
      setText(part(chat, "typing"), typing ? say(`typing_${role}`) : "");
      if (typing) timer = setTimeout(status.typing, TYPING_LASTS, {});
    },
    /** "open", "lost", "polling", "down", or "gone" for a reason of the server's. */
    connection(how, reason) {
      if (chat.dataset.connection === how) return;
      chat.dataset.connection = how;
      put("connection", say(`connection_${how}`, { reason }));
      if (how === "open" && !quiet) announce(say("connection_back"));
    },
    /** Nothing is going on yet. */
    reset() {
      quiet = true;
      status.state({ state: "bot" });
      status.connection("open");
      status.typing({});
      quiet = false;
    },
  };
  return status;
}
