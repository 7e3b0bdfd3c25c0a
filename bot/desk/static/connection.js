/**
 * Whether this page is still in touch with the desk, and the banner that says when it is not.
 *
 * The stream reports its ups and downs; a regular question to the server finds the connection
 * that is dead without anybody having been told (a sleeping laptop, a lost network).
 */
import * as api from './api.js';
import { setText } from './dom.js';
import { Wire } from './live.js';
import { now, shortTime } from './time.js';
import { TEXT, fill } from './words.js';

const PULSE_EVERY = 20_000;
const PULSE_TIMEOUT = 8_000;
const RETRY = 3_000; // until the next question, while there is no answer
const GRACE = 800; // a stream that comes back at once is no news

export class Connection {
  #wire = new Wire(api.DESK_EVENTS);
  #down = new Set();
  #timer = 0;
  #retry = 0;
  #lostAt = null;

  /**
   * @param {HTMLElement} banner the role=alert element
   * @param {{beat: (me: object) => void, restored: () => void}} handlers `beat` gets each answer of
   *   /api/desk/me, `restored` is told when the banner goes
   */
  constructor(banner, { beat, restored }) {
    this.banner = banner;
    this.beat = beat;
    this.restored = restored;
    setInterval(() => this.pulse(), PULSE_EVERY);
    window.addEventListener('offline', () => this.lose('network'));
    window.addEventListener('online', () => this.restart());
    document.addEventListener('visibilitychange', () => { if (!document.hidden) this.pulse(); });
  }

  /** Let `part` listen to the page's stream under `name`, in its predecessor's place; null for nobody. */
  use(name, part) {
    this.regain(name);
    this.#wire.use(name, part);
  }

  /** Say that `name` has no connection; the whole network takes every part with it. */
  lose(name) {
    this.#down.add(name);
    this.#lostAt ??= new Date(now()).toISOString();
    this.#timer ||= setTimeout(() => this.#show(), GRACE);
    if (name === 'network') this.#wire.doubt();
  }

  /** Say that `name` is back; with the last one back the banner goes. */
  regain(name) {
    this.#down.delete(name);
    if (this.#down.size) return;
    clearTimeout(this.#timer);
    this.#timer = 0;
    this.#lostAt = null;
    if (this.banner.textContent) this.restored();
    setText(this.banner, '');
  }

  /** Open the stream anew; each part says `up` when it is back, and reloads. */
  restart() {
    this.regain('network');
    this.#wire.doubt();
    this.#wire.open();
  }

  /** Ask the server for a sign of life now. */
  async pulse() {
    clearTimeout(this.#retry);
    try {
      this.beat(await api.me(PULSE_TIMEOUT));
      if (this.#down.has('network')) this.restart();
    } catch (error) {
      if (error.status === 401) return;
      this.lose('network');
      this.#retry = setTimeout(() => this.pulse(), RETRY);
    }
  }

  #show() {
    setText(this.banner, fill(TEXT.lost, { time: shortTime(this.#lostAt) }));
  }
}
