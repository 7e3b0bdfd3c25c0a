/**
 * Message IDs are Redis stream IDs, `"<milliseconds>-<sequence>"`. As strings
 * `"9-0"` would come after `"10-0"`, so both parts are compared as numbers.
 *
 * @returns {number} below 0 when `a` is older, 0 when the same, above 0 when newer
 */
export function compareIds(a, b) {
  const [aTime, aSequence] = parts(a);
  const [bTime, bSequence] = parts(b);
  return aTime - bTime || aSequence - bSequence;
}

/** The newer of two IDs; either may be undefined. */
export function newerId(a, b) {
  if (!a || !b) return a || b;
  return compareIds(a, b) < 0 ? b : a;
}

/** A fresh ID for one message of ours, a UUID; `randomUUID` is missing without HTTPS. */
export function clientMessageId() {
  if (crypto.randomUUID) return crypto.randomUUID();
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 0x0f) | 0x40;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}

function parts(id) {
  const [time, sequence = 0] = String(id).split("-");
  return [Number(time), Number(sequence)];
}
