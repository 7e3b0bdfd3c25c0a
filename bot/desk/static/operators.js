/** Accounts: each button asks first; a one-time password is shown once, in a dialog. */
import { post } from './api.js';
import { byId, setText } from './dom.js';
import { attempt } from './page.js';

const account = (name) => `/api/desk/accounts/${encodeURIComponent(name)}`;

/** @returns {Promise<string>} the value of the button with which the dialog was closed */
function closed(dialog) {
  dialog.returnValue = '';
  dialog.showModal();
  return new Promise((done) => { dialog.addEventListener('close', () => done(dialog.returnValue), { once: true }); });
}

async function confirmed(question) {
  setText(byId('ask-title'), question);
  return await closed(byId('ask-dialog')) === 'yes';
}

async function showPassword({ account: { name }, password }) {
  setText(byId('password-name'), name);
  setText(byId('password-value'), password);
  await closed(byId('password-dialog'));
  setText(byId('password-value'), '');
  location.reload();
}

async function change(button, name) {
  if (!await confirmed(button.dataset.ask)) return;
  if ('reset' in button.dataset) {
    await showPassword(await post(`${account(name)}/password`));
    return;
  }
  await post(account(name), JSON.parse(button.dataset.change));
  location.reload();
}

byId('accounts').addEventListener('click', (event) => {
  const button = event.target.closest('button');
  if (button) attempt(() => change(button, button.closest('tr').dataset.name), null);
});

byId('add-form').addEventListener('submit', (event) => {
  event.preventDefault();
  const added = { name: byId('add-name').value.trim(), role: byId('add-role').value };
  attempt(async () => showPassword(await post('/api/desk/accounts', added)), event.submitter);
});
