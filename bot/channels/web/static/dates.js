/** Times as people in Kawasaki read them, wherever the browser thinks it is. */

const ZONE = { timeZone: "Asia/Tokyo" };
const TIME = new Intl.DateTimeFormat("ja-JP", { ...ZONE, hour: "numeric", minute: "2-digit" });
const DAY = new Intl.DateTimeFormat("ja-JP", {
  ...ZONE, year: "numeric", month: "long", day: "numeric", weekday: "short",
});

/** `"2021-04-01T00:05:00Z"` → `"9:05"`. Not a time → `""`. */
export function timeText(iso) {
  return format(TIME, iso);
}

/** `"2021-04-01T00:05:00Z"` → `"2021年4月1日(木)"`. Not a time → `""`. */
export function dayText(iso) {
  return format(DAY, iso);
}

function format(formatter, iso) {
  const at = new Date(iso);
  return Number.isNaN(at.getTime()) ? "" : formatter.format(at);
}
