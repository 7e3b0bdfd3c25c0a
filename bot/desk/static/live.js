/**
 * One server-sent event stream for the whole page, that keeps coming back.
 *
 * A browser allows a host six connections over all of its tabs, so each tab has one stream for all
 * that its parts listen to. The browser reconnects by itself (sending Last-Event-ID); where it gives
 * up (an HTTP error), this opens the stream again, ever more slowly. Whoever listens reloads on
 * `up`, so nothing said in between is missed, and drops by id what comes twice.
 */

const DELAYS = [1_000, 2_000, 5_000, 10_000, 15_000];
const SOON = 300; // milliseconds: who leaves one conversation mostly opens another

/** What one part of the page listens to. */
export class LiveStream {
  /**
   * @param {() => Record<string, string>} query what to ask of the stream, each time it is opened
   * @param {Record<string, (data: any, id: string) => void>} events handler per event name
   * @param {{up: () => void, down: () => void}} state told on each (re)connection and each loss
   */
  constructor(query, events, state) {
    Object.assign(this, { query, events, state });
  }
}

/** The stream itself. */
export class Wire {
  #parts = new Map();
  #source = null;
  #timer = 0;
  #failures = 0;

  /** @param {string} url */
  constructor(url) {
    this.url = url;
  }

  /** Let `part` listen under `name`, in its predecessor's place; null for nobody any more. */
  use(name, part) {
    const had = this.#parts.delete(name);
    if (part) this.#parts.set(name, part);
    if (part) this.open();
    else if (had) this.#openIn(SOON);
  }

  /** Open, or close and open again. */
  open() {
    this.#close();
    if (!this.#parts.size) return;
    const source = new EventSource(this.#address());
    this.#source = source;
    source.addEventListener('open', () => this.#opened());
    source.addEventListener('error', () => this.#failed());
    for (const name of this.#names()) source.addEventListener(name, (event) => this.#deliver(name, event));
  }

  /** Tell every part that what it shows may be out of date. */
  doubt() {
    for (const part of [...this.#parts.values()]) part.state.down();
  }

  #address() {
    const query = Object.assign({}, ...[...this.#parts.values()].map((part) => part.query()));
    return `${this.url}?${new URLSearchParams(query)}`;
  }

  #names() {
    return new Set([...this.#parts.values()].flatMap(({ events }) => Object.keys(events)));
  }

  #close() {
    clearTimeout(this.#timer);
    this.#source?.close();
    this.#source = null;
  }

  #openIn(delay) {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.open(), delay);
  }

  #opened() {
    this.#failures = 0;
    for (const part of [...this.#parts.values()]) part.state.up();
  }

  #failed() {
    this.doubt();
    if (this.#source?.readyState !== EventSource.CLOSED) return;
    const delay = DELAYS[Math.min(this.#failures, DELAYS.length - 1)];
    this.#failures += 1;
    this.#openIn(delay * (0.75 + Math.random() / 2));
  }

  #deliver(name, event) {
    let data;
    try {
      data = JSON.parse(event.data);
    } catch {
      return; // a broken event tells nothing; the next reload will
    }
    for (const part of [...this.#parts.values()]) part.events[name]?.(data, event.lastEventId);
  }
}
