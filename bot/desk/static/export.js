/** Saves the record that has all that is personal; the reason goes with the request. */
import { download } from './api.js';
import { byId, setText } from './dom.js';
import { attempt } from './page.js';

const ENDINGS = { text: 'txt', json: 'json' };
const form = byId('unmasked-form');

function save(content, name) {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(content);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}

async function take() {
  const format = byId('format').value;
  const name = `${form.dataset.name}.${ENDINGS[format]}`;
  save(await download(form.dataset.file, { reason: byId('reason').value, format }), name);
  setText(byId('page-done'), name);
  form.reset();
}

form?.addEventListener('submit', (event) => {
  event.preventDefault();
  attempt(take, event.submitter);
});
