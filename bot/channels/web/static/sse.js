/** A parser of server-sent events: takes a stream's text piece by piece, gives `{kind, data}` each. */
export function makeParser() {
  let rest = "";
  let event = {};
  return function* parse(text) {
    // A carriage return at the end may be half of a line's end.
    const lines = (rest + text).split(/\r\n|\n|\r(?!$)/);
    rest = lines.pop();
    for (const line of lines) {
      const [, name, value] = /^([^:]*):? ?([^]*)$/.exec(line);
      if (name === "data") event.data = event.data === undefined ? value : `${event.data}\n${value}`;
      if (name === "event") event.kind = value;
      if (line) continue;
      if (event.data !== undefined) yield { kind: "message", ...event };
      event = {};
    }
  };
}
