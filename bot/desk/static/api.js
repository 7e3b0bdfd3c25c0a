/** The desk API (docs/architecture.md) as functions; each rejects with ApiError. */
import { TEXT } from './words.js';

const TIMEOUT = 15_000;

/** A request that was not granted. `message` is Japanese and meant to be shown. */
export class ApiError extends Error {
  /**
   * @param {number} status HTTP status; 0 when no answer came, so nobody knows whether it was done
   * @param {string} code the API's word for it, e.g. `already_claimed`
   * @param {string} message
   * @param {number} retryAfter seconds, 0 when not told
   */
  constructor(status, code, message, retryAfter = 0) {
    super(message);
    Object.assign(this, { status, code, retryAfter });
  }

  /** Whether the server surely did nothing: it understood and refused. */
  get definite() {
    return this.status >= 400 && this.status < 500 && ![401, 408, 429].includes(this.status);
  }
}

const session = { csrf: '', unauthorized: () => {} };
let ended = false; // several requests learn it at once; to leave again would break off the leaving

/** @param {{csrf?: string, unauthorized?: () => void}} changes what to do on 401, what to send as CSRF token */
export const configure = (changes) => Object.assign(session, changes);

async function ask(method, path, body, timeout) {
  try {
    return await fetch(path, {
      method,
      credentials: 'same-origin',
      cache: 'no-store',
      headers: method === 'GET' ? {} : { 'Content-Type': 'application/json', 'X-CSRF-Token': session.csrf },
      body: method === 'GET' ? undefined : JSON.stringify(body ?? {}),
      signal: AbortSignal.timeout(timeout),
    });
  } catch {
    throw new ApiError(0, 'network', TEXT.network);
  }
}

async function refusal(response) {
  const { error = {} } = await response.json().catch(() => ({}));
  const wait = Number(response.headers.get('Retry-After')) || 0;
  return new ApiError(response.status, error.code ?? 'unknown', error.message ?? TEXT.serverError, wait);
}

async function request(method, path, body, timeout = TIMEOUT) {
  const response = await ask(method, path, body, timeout);
  if (response.ok) {
    if (response.status === 204) return null;
    return response.json().catch(() => { throw new ApiError(0, 'network', TEXT.network); });
  }
  const error = await refusal(response);
  if (response.status === 401 && !ended) {
    ended = true;
    session.unauthorized();
  }
  throw error;
}

const get = (path, timeout) => request('GET', path, undefined, timeout);
export const post = (path, body) => request('POST', path, body);
/** @returns {Promise<Blob>} the file that a request is answered with */
export async function download(path, body) {
  const response = await ask('POST', path, body, TIMEOUT);
  if (!response.ok) throw await refusal(response);
  return response.blob();
}
const conversation = (id) => `/api/desk/conversations/${encodeURIComponent(id)}`;
const ticket = (receipt) => `/api/desk/tickets/${encodeURIComponent(receipt)}`;

export const login = (name, password) => post('/api/desk/login', { name, password });
export const logout = () => post('/api/desk/logout');
/** @param {number} timeout milliseconds */
export const me = (timeout) => get('/api/desk/me', timeout);
/**
 * @param {'waiting'|'mine'|'active'|'all'|'closed'} view
 * @param {string} cursor where the page before ended; empty for the first
 * @param {number} limit at most 100
 * @returns {Promise<{conversations: object[], next: string|null}>}
 */
export const conversations = (view, cursor, limit) =>
  get(`/api/desk/conversations?${new URLSearchParams({ view, limit, ...(cursor && { cursor }) })}`);
export const transcript = (id) => get(conversation(id));
export const claim = (id) => post(`${conversation(id)}/claim`);
export const reopen = (id) => post(`${conversation(id)}/reopen`);
/** Supervisors alone may. */
export const takeOver = (id) => post(`${conversation(id)}/take-over`);
/** What follows is the owner's alone. @param {string} claimId the ownership that the page shows */
export const giveBack = (id, claimId) => post(`${conversation(id)}/return`, { claim_id: claimId });
export const close = (id, claimId, { disposition, note }) =>
  post(`${conversation(id)}/close`, { claim_id: claimId, disposition, note });
export const transfer = (id, claimId, { to, note }) => post(`${conversation(id)}/transfer`, { claim_id: claimId, to, note });
/** @param {string} clientId the same again is the same note */
export const note = (id, clientId, text) => post(`${conversation(id)}/notes`, { client_message_id: clientId, text });
export const suggestions = (id) => get(`${conversation(id)}/suggestions`);
export const colleagues = () => get('/api/desk/colleagues');
export const canned = () => get('/api/desk/canned');
const cannedPath = ({ id, shared }) => `/api/desk/canned/${shared ? 'shared' : 'own'}/${encodeURIComponent(id)}`;
/** @param {{id: string, title: string, text: string, shared: boolean}} one */
export const keepCanned = (one) => request('PUT', cannedPath(one), { title: one.title, text: one.text });
export const removeCanned = (one) => request('DELETE', cannedPath(one));
export const requeue = (id, claimId, { note }) => post(`${conversation(id)}/requeue`, { claim_id: claimId, note });
export const typing = (id) => post(`${conversation(id)}/typing`);
/** @param {string} clientId the same again is the same message */
export const send = (id, clientId, claimId, text) =>
  post(`${conversation(id)}/messages`, { client_message_id: clientId, claim_id: claimId, text });
/** @param {URLSearchParams} query see the API's description @returns {Promise<{tickets: object[], next: string|null}>} */
export const tickets = (query) => get(`/api/desk/tickets?${query}`);
export const ticketDetail = (receipt) => get(ticket(receipt));
/** @param {number} version of the ticket that was seen, here and below: on any other nothing is done */
export const answerTicket = (receipt, clientId, text, version) =>
  post(`${ticket(receipt)}/answer`, { client_message_id: clientId, text, version });
/** @param {string|null} assignee null for nobody */
export const assignTicket = (receipt, assignee, version) => post(`${ticket(receipt)}/assign`, { assignee, version });
/** @param {string} due ISO 8601 with offset */
export const setTicketDue = (receipt, due, version) => post(`${ticket(receipt)}/due`, { due_at: due, version });
export const closeTicket = (receipt, reason, version) => post(`${ticket(receipt)}/close`, { reason, version });
export const reopenTicket = (receipt, version) => post(`${ticket(receipt)}/reopen`, { version });

export const DESK_EVENTS = '/api/desk/events';
/** What to ask of the stream so that it tells of a conversation too. @param {string|null} after the last message known */
export const conversationEvents = (id, after) => ({ conversation: id, ...(after && { after }) });
