/** Times as operators read them: always Asia/Tokyo, always by the server's clock. */
import { TEXT } from './words.js';

const ZONE = { timeZone: 'Asia/Tokyo' };
const DAY = new Intl.DateTimeFormat('ja-JP', { ...ZONE, year: 'numeric', month: 'numeric', day: 'numeric' });
const SHORT_DAY = new Intl.DateTimeFormat('ja-JP', { ...ZONE, month: 'numeric', day: 'numeric' });
const TIME = new Intl.DateTimeFormat('ja-JP', { ...ZONE, hour: '2-digit', minute: '2-digit' });
const FULL = new Intl.DateTimeFormat('ja-JP', { ...ZONE, dateStyle: 'long', timeStyle: 'medium' });

/** Within so many seconds a waiting citizen should have an operator (a setting). */
const WAIT_TARGET = Number(document.querySelector('meta[name="waiting-target"]')?.content);
const LATE = 2; // after so many times the target a conversation is urgent

let offset = 0;

/** Take the server's clock as ours. @param {string|null} iso its time just now */
export function syncClock(iso) {
  const server = Date.parse(iso ?? '');
  if (!Number.isNaN(server)) offset = server - Date.now();
}

/** @returns {number} the server's time, milliseconds since 1970 */
export const now = () => Date.now() + offset;

/** @param {string} iso @returns {string} 「10:23」 today, 「7/1 10:23」 on another day */
export function shortTime(iso) {
  const at = new Date(iso);
  const today = DAY.format(at) === DAY.format(now());
  return today ? TIME.format(at) : `${SHORT_DAY.format(at)} ${TIME.format(at)}`;
}

/** @param {string} iso @returns {string} the whole date and time */
export const fullTime = (iso) => FULL.format(new Date(iso));

/** @param {string} iso a moment @returns {number} seconds since then, never below 0 */
export const secondsSince = (iso) => Math.max(0, (now() - Date.parse(iso)) / 1000);

/** @param {number} seconds @returns {string} e.g. 「3分」, 「1時間5分」 */
export function span(seconds) {
  const minutes = Math.floor(seconds / 60);
  if (minutes < 1) return TEXT.justNow;
  if (minutes < 60) return `${minutes}分`;
  return `${Math.floor(minutes / 60)}時間${minutes % 60}分`;
}

/** @param {number} seconds of waiting @returns {'ontime'|'soon'|'late'} a key of WAIT_LEVELS */
export function waitLevel(seconds) {
  if (seconds < WAIT_TARGET) return 'ontime';
  return seconds < WAIT_TARGET * LATE ? 'soon' : 'late';
}
