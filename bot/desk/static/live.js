/**
 * One server-sent event stream that keeps coming back.
 *
 * The browser reconnects by itself (sending Last-Event-ID); where it gives up (an HTTP error),
 * this opens the stream again, ever more slowly. Whoever listens reloads on `up`, so nothing
 * said in between is missed, and drops by id what comes twice.
 */

const DELAYS = [1_000, 2_000, 5_000, 10_000, 15_000];

export class LiveStream {
  #source = null;
  #timer = 0;
  #failures = 0;

  /**
   * @param {() => string} url asked each time the stream is opened
   * @param {Record<string, (data: any, id: string) => void>} events handler per event name
   * @param {{up: () => void, down: () => void}} state told on each (re)connection and each loss
   */
  constructor(url, events, state) {
    this.url = url;
    this.events = events;
    this.state = state;
  }

  /** Open, or close and open again. */
  start() {
    this.stop();
    this.#source = new EventSource(this.url());
    this.#source.addEventListener('open', () => this.#opened());
    this.#source.addEventListener('error', () => this.#failed());
    for (const [name, handle] of Object.entries(this.events)) {
      this.#source.addEventListener(name, (event) => this.#deliver(event, handle));
    }
  }

  /** Close for good; no handler is called after this. */
  stop() {
    clearTimeout(this.#timer);
    this.#source?.close();
    this.#source = null;
  }

  #opened() {
    this.#failures = 0;
    this.state.up();
  }

  #failed() {
    this.state.down();
    if (this.#source?.readyState !== EventSource.CLOSED) return;
    const delay = DELAYS[Math.min(this.#failures, DELAYS.length - 1)];
    this.#failures += 1;
    this.#timer = setTimeout(() => this.start(), delay * (0.75 + Math.random() / 2));
  }

  #deliver(event, handle) {
    let data;
    try {
      data = JSON.parse(event.data);
    } catch {
      return; // a broken event tells nothing; the next reload will
    }
    handle(data, event.lastEventId);
  }
}
