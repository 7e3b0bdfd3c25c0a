/** Sound and browser notifications, each switched on by the operator and remembered. */
import { byId, setText } from './dom.js';
import { topicName } from './faces.js';
import { ALERTS, TEXT, fill } from './words.js';

const NOTES = { waiting: [660, 880], message: [780], emergency: [990, 660, 990, 660] }; // hertz
const NOTE = 0.14; // seconds
const LOUDNESS = 0.2;

/** A few soft notes, made on the spot. */
class Chime {
  #context = null;

  /** A browser lets a page sound only after something was pressed on it. */
  constructor() {
    for (const kind of ['pointerdown', 'keydown']) {
      document.addEventListener(kind, () => this.#context?.resume(), { passive: true });
    }
  }

  /** @param {number[]} notes hertz, one after the other */
  play(notes) {
    this.#context ??= new AudioContext();
    this.#context.resume();
    notes.forEach((pitch, index) => this.#note(pitch, this.#context.currentTime + index * NOTE));
  }

  #note(pitch, start) {
    const [tone, volume] = [new OscillatorNode(this.#context, { frequency: pitch }), new GainNode(this.#context, { gain: 0 })];
    volume.gain.linearRampToValueAtTime(LOUDNESS, start + 0.01);
    volume.gain.exponentialRampToValueAtTime(0.001, start + NOTE);
    tone.connect(volume).connect(this.#context.destination);
    tone.start(start);
    tone.stop(start + NOTE);
  }
}

export class Alerts {
  #chime = new Chime();

  /**
   * @param {string} operator each one's choice is their own
   * @param {(key: string) => void} open show what a notification was about: `c=<conversation>`
   */
  constructor(operator, open) {
    this.operator = operator;
    this.open = open;
    byId('alerts-open').addEventListener('click', () => byId('alerts-dialog').showModal());
    byId('alerts-try').addEventListener('click', () => this.#tell('waiting', ALERTS.trial, ''));
    byId('alerts-sound').addEventListener('change', () => this.#chose('sound'));
    byId('alerts-note').addEventListener('change', () => this.#choseNotes());
    for (const kind of ['sound', 'note']) byId(`alerts-${kind}`).checked = this.#isOn(kind);
    this.#draw();
  }

  /** Somebody has come into the queue. @param {object} summary */
  waiting(summary) {
    const kind = summary.priority === 'emergency' ? 'emergency' : 'waiting';
    this.#tell(kind, ALERTS[kind], summary);
  }

  /** A citizen of mine has written. @param {object} summary @param {boolean} isOpen on the page before the operator */
  message(summary, isOpen) {
    if (!isOpen || document.hidden) this.#tell('message', ALERTS.message, summary);
  }

  #tell(kind, title, summary) {
    if (this.#isOn('sound')) this.#chime.play(NOTES[kind]);
    if (!this.#isOn('note') || (summary && document.hasFocus())) return;
    this.#notify(title, summary);
  }

  /** Names the topic and never the citizen's words: others may see the screen. */
  #notify(title, summary) {
    const id = summary.conversation_id;
    const body = id ? fill(ALERTS.about, { topic: topicName(summary.topic) }) : TEXT.title;
    const note = new Notification(title, { body, tag: id ?? 'trial', icon: '/static/desk/icon.svg' });
    note.addEventListener('click', () => {
      window.focus();
      if (id) this.open(`c=${id}`);
      note.close();
    });
  }

  #isOn(kind) {
    const wanted = localStorage.getItem(`desk:${this.operator}:${kind}`) === 'on';
    return wanted && (kind !== 'note' || globalThis.Notification?.permission === 'granted');
  }

  #chose(kind) {
    localStorage.setItem(`desk:${this.operator}:${kind}`, byId(`alerts-${kind}`).checked ? 'on' : 'off');
    this.#draw();
  }

  /** The browser is asked only when notifications are wanted. */
  async #choseNotes() {
    const box = byId('alerts-note');
    const permission = box.checked ? await globalThis.Notification?.requestPermission() : 'granted';
    box.checked = box.checked && permission === 'granted';
    setText(byId('alerts-refused'), permission === 'granted' ? '' : ALERTS.refused);
    this.#chose('note');
  }

  #draw() {
    const on = ['sound', 'note'].filter((kind) => this.#isOn(kind)).map((kind) => ALERTS[kind]);
    setText(byId('alerts-state'), on.join(TEXT.and) || ALERTS.off);
    byId('alerts-try').disabled = !on.length; // there would be nothing to hear or see
  }
}
