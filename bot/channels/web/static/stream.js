const GRACE = 1_000; // milliseconds a broken connection may mend before it is mentioned
const TICK = 4_000; // pause between attempts while it stays broken, plus up to as much by chance
const POLL_AFTER = 10_000; // from then on new messages are fetched instead

/**
 * New messages as they come. The browser's EventSource reconnects by itself
 * and names the last event it saw; where it gives up, this opens it anew, and
 * meanwhile asks for messages the plain way. Each time the stream opens,
 * whatever came in between is fetched, so nothing is missed either way.
 */
export class Stream {
  #url;
  #fetchNew;
  #events;
  #source;
  #timers = {};
  #brokenSince = 0;

  /**
   * @param {function(): URL} url asked at each opening, for it names the last message known
   * @param {function(): Promise<boolean>} fetchNew false when the server could not be reached
   * @param {{message: function(Object), state: function(Object), typing: function(Object),
   *   connection: function("open"|"lost"|"polling")}} events by kind
   */
  constructor(url, fetchNew, events) {
    this.#url = url;
    this.#fetchNew = fetchNew;
    this.#events = events;
  }

  open() {
    this.#brokenSince ||= Date.now();
    this.#source = new EventSource(this.#url(), { withCredentials: true });
    this.#source.addEventListener("open", () => this.#opened());
    this.#source.addEventListener("error", () => this.#broke());
    for (const kind of ["message", "state", "typing"]) {
      this.#source.addEventListener(kind, ({ data }) => this.#events[kind](JSON.parse(data)));
    }
    this.#tickLater();
  }

  close() {
    this.#source?.close();
    this.#stopTimers();
  }

  /** The page or the network is back: look at once instead of at the next tick. */
  wake() {
    if (this.#brokenSince) this.#tick();
    else this.#fetchNew();
  }

  /** The network is gone, though the browser may not have noticed on this connection. */
  interrupt() {
    this.#source.close();
    this.#broke();
  }

  #opened() {
    this.#stopTimers();
    this.#brokenSince = 0;
    this.#events.connection("open");
    this.#fetchNew();
  }

  #broke() {
    this.#brokenSince ||= Date.now();
    this.#timers.grace ??= setTimeout(() => this.#events.connection("lost"), GRACE);
    this.#tickLater();
  }

  async #tick() {
    this.#timers.tick = undefined;
    if (this.#source.readyState === EventSource.CLOSED) this.#reopen();
    if (Date.now() - this.#brokenSince >= POLL_AFTER) await this.#poll();
    if (this.#brokenSince) this.#tickLater();
  }

  #reopen() {
    this.#source.close();
    this.open();
  }

  async #poll() {
    const reached = await this.#fetchNew();
    if (this.#brokenSince) this.#events.connection(reached ? "polling" : "lost");
  }

  #tickLater() {
    this.#timers.tick ??= setTimeout(() => this.#tick(), TICK * (1 + Math.random()));
  }

  #stopTimers() {
    Object.values(this.#timers).forEach(clearTimeout);
    this.#timers = {};
  }
}
