import { ApiError } from "./api.js";
import { recall, remember } from "./store.js";
import { follow } from "./stream.js";

const TYPING_PAUSE = 3_000; // ms between two signs of writing

/**
 * The one conversation of this browser, from the first message on, also after coming back.
 * `events`: `messages(messages, live)`, live if they are new, and what status.js shows.
 */
export function makeConversation(api, events) {
  let visit = {}; // key: ID and token; seen: newest message known; loaded: the history is here
  let toldTyping = 0;

  const forms = () => ["ruby", "easy"].filter((form) => recall("settings")?.[form]).join();
  const enter = (key, loaded) => {
    visit.stream?.stop();
    const here = (visit = { key, loaded, seen: "0-0" });
    if (key) {
      const message = (one) => see(here, [one], true);
      const poll = () => fetchNew(here).then(() => true, () => false);
      here.stream = follow((signal) => open(here, signal), poll, { ...events, message });
    }
    return here;
  };
  const open = async (here, signal) => {
    if (!here.loaded) await fetchNew(here);
    return asking(here, api.events(here.key, here.seen, forms(), signal));
  };
  const fetchNew = async (here) => {
    const { messages, ...state } = await asking(here, api.messages(here.key, here.seen, forms()));
    if (here !== visit) return;
    see(here, messages, here.loaded);
    here.loaded = true;
    events.state(state);
  };
  const see = (here, messages, live) => {
    here.seen = messages.at(-1)?.id ?? here.seen;
    events.messages(messages, live);
  };
  const asking = (here, answer) => answer.catch((error) => {
    if (error.isGone && here === visit) {
      here.gone = true;
      here.stream.stop();
      events.connection("gone", error.message);
    }
    throw error;
  });
  // Two tabs begin one conversation.
  const begin = () => navigator.locks?.request("chat", make) ?? make();
  const make = async () => {
    if (recall("conversation")) return enter(recall("conversation"));
    const before = visit;
    const made = await api.create().catch(({ message, retryAfter }) => {
      throw new ApiError(0, message, retryAfter);
    });
    if (before !== visit) throw new ApiError(0);
    const key = recall("conversation") ?? made;
    remember("conversation", key);
    return enter(key, key === made);
  };

  return {
    /** Go on with the remembered conversation, if there is one. */
    resume: () => enter(recall("conversation")),
    /** The next message begins another. */
    leave() {
      remember("conversation", null);
      enter(null);
    },
    async send({ client_message_id, label, choice }) {
      const here = visit.key ? visit : await begin();
      return asking(here, api.send(here.key, { client_message_id, ...(choice ? { choice } : { text: label }) }));
    },
    judge: (id, helpful, comment) => api.judge(visit.key, id, { helpful, comment }),
    ticket: (receipt) => api.ticket(visit.key, receipt),
    typing() {
      if (Date.now() - toldTyping < TYPING_PAUSE) return;
      toldTyping = Date.now();
      api.typing(visit.key).catch(() => {});
    },
    wake: () => visit.stream?.wake(),
    interrupt: () => visit.stream?.interrupt(),
    get isGone() { return visit.gone; },
    get hasBegun() { return visit.key; },
    /** Whether the browser still remembers this one. */
    get isCurrent() { return recall("conversation")?.conversation_id === visit.key?.conversation_id; },
  };
}
