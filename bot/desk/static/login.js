/** The login form: sends JSON, shows the server's words when it refuses. */
import { login } from './api.js';
import { byId, setText } from './dom.js';
import { TEXT, fill } from './words.js';

const form = byId('login-form');
const button = byId('login-submit');

/** Where to go afterwards: the desk, with what was open there. */
const destination = () => `/desk${location.hash}`;

function refused(error) {
  const wait = error.retryAfter ? fill(TEXT.retryAfter, { n: error.retryAfter }) : '';
  setText(byId('login-error'), `${error.message}${wait}`);
  byId('login-password').select();
}

async function submit(event) {
  event.preventDefault();
  button.disabled = true;
  setText(byId('login-error'), '');
  try {
    await login(byId('login-name').value, byId('login-password').value);
    location.assign(destination());
  } catch (error) {
    refused(error);
  } finally {
    button.disabled = false;
  }
}

byId('login-expired').hidden = !new URLSearchParams(location.search).has('expired');
form.addEventListener('submit', submit);
byId('login-name').focus();
