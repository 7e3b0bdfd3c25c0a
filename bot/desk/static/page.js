/** What all pages beside the desk share: who asks, logging out, and saying what went wrong. */
import { configure, logout } from './api.js';
import { byId, setText } from './dom.js';

configure({
  csrf: document.querySelector('meta[name="csrf-token"]').content,
  unauthorized: () => location.assign('/desk/login?expired=1'),
});

byId('logout').addEventListener('click', async () => {
  await logout().catch(() => {});
  location.assign('/desk/login');
});

window.addEventListener('pageshow', (event) => { if (event.persisted) location.reload(); });

/**
 * Do something that may be refused; the server's words are shown then.
 * @param {() => Promise<void>} act
 * @param {HTMLButtonElement|null} button out of use meanwhile
 */
export async function attempt(act, button) {
  setText(byId('page-error'), '');
  if (button) button.disabled = true;
  try {
    await act();
  } catch (error) {
    setText(byId('page-error'), error.message);
  } finally {
    if (button) button.disabled = false;
  }
}
