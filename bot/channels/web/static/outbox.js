import { recall, remember } from "./store.js";

/**
 * Messages on their way: one at a time, repeated under the same ID, so that each arrives exactly
 * once; remembered until seen in the conversation. An item is `{client_message_id, label, choice?,
 * sent?, rejected?}`: `label` is read, and sent unless there is a choice;
 * `sent` the server's ID, `rejected` its sentence.
 */
export function makeOutbox(send, changed) {
  let running;
  let timer;
  let failures = 0;

  const items = () => recall("outbox") ?? [];
  const keep = (all) => {
    remember("outbox", all);
    changed();
  };
  const mark = ({ client_message_id: id }, news) =>
    keep(items().map((item) => (item.client_message_id === id ? { ...item, ...news } : item)));
  // Gives whether to go on with the next.
  const sendNext = async () => {
    const item = items().find(({ sent, rejected }) => !sent && !rejected);
    if (!item) return false;
    try {
      const { message_id: sent, wait_seconds } = await send(item);
      failures = 0;
      mark(item, { sent });
      changed(sent, wait_seconds);
      return true;
    } catch ({ isTemporary, isGone, message, retryAfter }) {
      const final = !isTemporary && !isGone;
      failures = final ? 0 : failures + 1;
      const pause = Math.min(1000 * 2 ** failures, 30_000);
      if (isTemporary) timer = setTimeout(flush, Math.max(pause, retryAfter));
      mark(item, final ? { rejected: message } : {});
      return final;
    }
  };
  const flush = async () => {
    clearTimeout(timer);
    if (running) return;
    running = true;
    while (await sendNext());
    running = false;
  };

  return {
    items,
    flush,
    /** Whether another attempt is to come. */
    isStuck: () => failures > 0,
    add(message) {
      const id = crypto.getRandomValues(new Uint32Array(4)).join("-"); // randomUUID wants HTTPS
      keep([...items(), { client_message_id: id, ...message }]);
      flush();
    },
    drop(done) {
      const rest = items().filter((item) => !done(item));
      if (rest.length < items().length) keep(rest);
    },
  };
}
