import { makeParser } from "./sse.js";

const GRACE = 1_000; // ms a broken connection may mend before it is mentioned
const PAUSE = 2_000; // between attempts, plus up to as much by chance
const POLL_AFTER = 10_000; // of broken connection messages are fetched as well
const OPENING = 10_000; // a stream tells the state at once, or something holds it up
const SILENCE = 40_000; // the server sends a sign of life every 15 seconds

/**
 * Follows a conversation. EventSource can send no token, and gets no cookies on other sites'
 * pages; so the stream is read here. `open(signal)` gives a response that begins after the last
 * message known, `poll()` whether the server was reached, `events` has a function for each kind.
 */
export function follow(open, poll, events) {
  let stopped;
  let attempt;
  let heard;
  let watchdog;
  let goOn;
  let grace;
  let brokenSince = Date.now();

  const interrupt = () => attempt.abort();
  const watch = (patience) => {
    heard = Date.now();
    clearTimeout(watchdog);
    watchdog = setTimeout(interrupt, patience);
  };
  const take = ({ kind, data }) => {
    if (stopped) return;
    brokenSince = 0;
    grace = clearTimeout(grace);
    events.connection("open");
    events[kind]?.(JSON.parse(data));
  };
  const read = async () => {
    attempt = new AbortController();
    const parse = makeParser();
    watch(OPENING);
    const { body } = await open(attempt.signal);
    const reader = body.pipeThrough(new TextDecoderStream()).getReader();
    for (let piece = {}; !piece.done; piece = await reader.read()) {
      for (const event of parse(piece.value ?? "")) take(event);
      if (!brokenSince) watch(SILENCE);
    }
  };
  const run = async () => {
    while (!stopped) {
      const error = await read().catch((reason) => reason);
      clearTimeout(watchdog);
      if (stopped) return;
      const how = error?.status >= 500 ? "down" : "lost";
      brokenSince ||= Date.now();
      grace ??= setTimeout(events.connection, GRACE, how);
      await new Promise((resolve) => {
        goOn = resolve;
        setTimeout(resolve, PAUSE * (1 + Math.random()));
      });
      if (Date.now() - brokenSince < POLL_AFTER) continue;
      const reached = await poll();
      if (!stopped) events.connection(reached ? "polling" : how);
    }
  };
  run();
  return {
    interrupt,
    /** Look at once, unless the stream is alive. */
    wake() {
      if (Date.now() - heard > SILENCE / 2) interrupt();
      goOn?.();
    },
    stop() {
      stopped = true;
      clearTimeout(grace);
      interrupt();
      goOn?.();
    },
  };
}
