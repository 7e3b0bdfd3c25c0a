/**
 * Whether this page is still in touch with the desk, and the banner that says when it is not.
 *
 * Streams report their ups and downs; a regular question to the server finds the connection
 * that is dead without anybody having been told (a sleeping laptop, a lost network).
 */
import * as api from './api.js';
import { setText } from './dom.js';
import { TEXT } from './words.js';

const PULSE_EVERY = 20_000;
const PULSE_TIMEOUT = 8_000;
const GRACE = 800; // a stream that comes back at once is no news

export class Connection {
  #streams = new Map();
  #down = new Set();
  #timer = 0;

  /**
   * @param {HTMLElement} banner the role=alert element
   * @param {{beat: (me: object) => void}} handlers `beat` gets each answer of /api/desk/me
   */
  constructor(banner, { beat }) {
    this.banner = banner;
    this.beat = beat;
    setInterval(() => this.pulse(), PULSE_EVERY);
    window.addEventListener('offline', () => this.lose('network'));
    window.addEventListener('online', () => this.restart());
    document.addEventListener('visibilitychange', () => { if (!document.hidden) this.pulse(); });
  }

  /** Keep `stream` under `name`, closing its predecessor. null only closes. */
  use(name, stream) {
    this.#streams.get(name)?.stop();
    this.#streams.delete(name);
    this.regain(name);
    if (!stream) return;
    this.#streams.set(name, stream);
    stream.start();
  }

  /** Say that `name` has no connection; the whole network takes every stream with it. */
  lose(name) {
    this.#down.add(name);
    this.#timer ||= setTimeout(() => this.#show(), GRACE);
    if (name !== 'network') return;
    for (const stream of this.#streams.values()) stream.state.down();
  }

  /** Say that `name` is back; with the last one back the banner goes. */
  regain(name) {
    this.#down.delete(name);
    if (this.#down.size) return;
    clearTimeout(this.#timer);
    this.#timer = 0;
    setText(this.banner, '');
  }

  /** Open every stream anew; each says `up` when it is back, and its listener reloads. */
  restart() {
    this.regain('network');
    for (const stream of this.#streams.values()) {
      stream.state.down();
      stream.start();
    }
  }

  /** Ask the server for a sign of life now. */
  async pulse() {
    try {
      this.beat(await api.me(PULSE_TIMEOUT));
      if (this.#down.has('network')) this.restart();
    } catch (error) {
      if (error.status !== 401) this.lose('network');
    }
  }

  #show() {
    setText(this.banner, TEXT.lost);
  }
}
