/** Choosing another password; the session goes on under a new token. */
import { configure, post } from './api.js';
import { byId, setText } from './dom.js';
import { attempt } from './page.js';

const form = byId('password-form');

async function change() {
  const [error, done] = [byId('page-error'), byId('page-done')];
  setText(done, '');
  if (byId('new').value !== byId('again').value) {
    setText(error, error.dataset.differ);
    byId('again').select();
    return;
  }
  const opened = await post('/api/desk/password', { current: byId('current').value, new: byId('new').value });
  configure({ csrf: opened.csrf_token });
  form.reset();
  if (document.querySelector('nav.pages')) setText(done, done.dataset.done);
  else location.assign('/desk'); // a one-time password has done its work
}

form.addEventListener('submit', (event) => {
  event.preventDefault();
  attempt(change, event.submitter);
});
