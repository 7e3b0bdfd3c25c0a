import { say } from "./words.js";

const PATIENCE = 15_000; // milliseconds until a request counts as failed

/**
 * A request that did not succeed. `message` is Japanese and fit to be shown,
 * `status` is HTTP's or 0 without an answer, `retryAfter` milliseconds.
 */
export class ApiError extends Error {
  constructor(status, message = "", retryAfter = 0) {
    super(message || say(`error_${status}`) || say(status < 500 ? "error_400" : "error_500"));
    this.status = status;
    this.retryAfter = retryAfter;
  }

  /** The server does not know the conversation, or not with our token. */
  get isGone() {
    return [401, 403, 404].includes(this.status);
  }

  /** The same request may well succeed later. */
  get isTemporary() {
    return this.status === 0 || this.status >= 500 || [408, 425, 429].includes(this.status);
  }
}

/** The citizen's HTTP contract. `key` is a conversation's ID and token. All throw `ApiError` alone. */
export class Api {
  #base;

  /** @param {URL} base where `/api/` is */
  constructor(base) {
    this.#base = base;
  }

  /** @returns {Promise<{conversation_id: string, token: string}>} */
  create() {
    return this.#request("POST", "conversations", { body: {} });
  }

  /**
   * @param {{client_message_id: string, text?: string, choice?: string}} body
   *   the same `client_message_id` again is still one message
   * @returns {Promise<{message_id: string}>}
   */
  send(key, body) {
    return this.#request("POST", path(key, "messages"), { key, body });
  }

  /**
   * @param {string} [after] only what is newer than this message
   * @returns {Promise<{state: string, queue_position?: number, messages: Object[]}>}
   */
  messages(key, after) {
    return this.#request("GET", path(key, "messages") + query(after), { key });
  }

  /**
   * @param {string} [id] the message that is judged; without it, the talk with an operator
   * @param {{helpful: boolean, comment?: string}} body
   * @returns {Promise<void>}
   */
  feedback(key, id, body) {
    const about = id ? ["messages", id, "feedback"] : ["feedback"];
    return this.#request("POST", path(key, ...about), { key, body });
  }

  /** @returns {Promise<{ticket: {words: string}}>} how a message or opinion left here stands */
  ticket(key, receipt) {
    return this.#request("GET", path(key, "tickets", receipt), { key });
  }

  /** Tell that the citizen is writing. @returns {Promise<void>} */
  typing(key) {
    return this.#request("POST", path(key, "typing"), { key });
  }
  }

  /** The address of the events after a message; there the browser shows its cookie. */
  eventsUrl(key, after) {
    return new URL(path(key, "events") + query(after), this.#base);
  }

  async #request(method, where, { key, body }) {
    const headers = { "Content-Type": "application/json" };
    if (key) headers.Authorization = `Bearer ${key.token}`;
    const signal = AbortSignal.timeout(PATIENCE);
    const request = { method, headers, body: body && JSON.stringify(body), signal };
    const response = await fetch(new URL(where, this.#base), request).catch(() => {
      throw new ApiError(0);
    });
    return content(response);
  }
}

function path(key, ...rest) {
  return ["conversations", key.conversation_id, ...rest].map(encodeURIComponent).join("/");
}

function query(after) {
  return after ? `?after=${encodeURIComponent(after)}` : "";
}

async function content(response) {
  if (response.status === 204) return undefined;
  const json = await response.json().catch(() => null);
  if (response.ok && json) return json;
  // A page in place of JSON comes from something between us and the gateway.
  const status = response.ok ? 0 : response.status;
  const seconds = Number(response.headers.get("Retry-After")) || 0;
  throw new ApiError(status, json?.error?.message, seconds * 1000);
}
