import { say } from "./kit.js";

const PATIENCE = 15_000; // ms until a request counts as failed

/** A request that failed: a Japanese `message`, `status` or 0 without an answer, `retryAfter` in ms. */
export class ApiError extends Error {
  constructor(status, message, retryAfter = 0) {
    super(message || say(`error_${status}`) || say(status < 500 ? "error_400" : "error_500"));
    Object.assign(this, { status, retryAfter });
    this.isGone = [401, 403, 404].includes(status);
    this.isTemporary = status === 0 || status >= 500 || [408, 425, 429].includes(status);
  }
}

/** The citizen's HTTP contract below `base`; `key` is a conversation's ID and token. */
export function makeApi(base) {
  const request = async (key, path, { body, headers = {}, signal } = {}) => {
    const where = key ? `/${key.conversation_id}/${path}` : "";
    const init = { headers, signal: signal ?? AbortSignal.timeout(PATIENCE), cache: "no-store", credentials: "omit" };
    if (key) headers.Authorization = `Bearer ${key.token}`;
    if (body) {
      headers["Content-Type"] = "application/json";
      Object.assign(init, { method: "POST", body: JSON.stringify(body) });
    }
    const response = await fetch(new URL(`api/conversations${where}`, base), init).catch(() => {
      throw new ApiError(0);
    });
    if (response.ok) return response;
    const json = await response.json().catch(() => null);
    throw new ApiError(response.status, json?.error?.message, 1000 * response.headers.get("Retry-After"));
  };
  // A page in place of JSON comes from something on the way.
  const ask = async (...given) => (await request(...given)).json().catch(() => {
    throw new ApiError(0);
  });
  return {
    create: () => ask(null, "", { body: {} }),
    /** Once for each `client_message_id`, however often it is asked. */
    send: (key, body) => ask(key, "messages", { body }),
    /** What came after a message; `forms` of texts beside the plain one: "ruby,easy". */
    messages: (key, after, forms) => ask(key, `messages?after=${after}${forms && `&with=${forms}`}`),
    /** The same as a response whose body are server-sent events. */
    events: (key, after, forms, signal) =>
      request(key, `events${forms && `?with=${forms}`}`, { signal, headers: { "Last-Event-ID": after } }),
    judge: (key, id, body) => request(key, `${id ? `messages/${id}/` : ""}feedback`, { body }),
    ticket: async (key, receipt) => (await ask(key, `tickets/${encodeURIComponent(receipt)}`)).ticket,
    typing: (key) => request(key, "typing", { body: {} }),
  };
}
