import { makeParser } from "./sse.js";

const GRACE = 1_000; // milliseconds a broken connection may mend before it is mentioned
const PAUSE = 2_000; // between attempts, plus up to as much by chance
const POLL_AFTER = 10_000; // of broken connection messages are fetched one by one as well
const OPENING = 10_000; // a stream tells the state at once; one that does not is held up on its way
const SILENCE = 40_000; // the server sends a sign of life every 15 seconds

/**
 * Follows a conversation. The browser's EventSource can send no token, and gets no cookies on
 * other sites' pages, so the stream is read here; each attempt names the last message known.
 *
 * `open(signal)` gives the response, `poll()` whether the server was reached; `events` has a
 * function for each kind, and `connection("open"|"lost"|"down"|"polling")`.
 */
export function follow(open, poll, events) {
  let stopped = false;
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
    const response = await open(attempt.signal);
    const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
    for (let piece = {}; !piece.done; piece = await reader.read()) {
      for (const event of parse(piece.value ?? "")) take(event);
      if (!brokenSince) watch(SILENCE);
    }
  };
  const run = async () => {
    while (!stopped) {
      const { status } = await read().catch((error) => error) ?? {};
      clearTimeout(watchdog);
      if (stopped) return;
      const how = status >= 500 ? "down" : "lost";
      brokenSince ||= Date.now();
      grace ??= setTimeout(() => events.connection(how), GRACE);
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
    /** The network is gone, though the browser may not have noticed on this connection. */
    interrupt,
    /** The page or the network is back: look at once, unless the stream is alive. */
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
