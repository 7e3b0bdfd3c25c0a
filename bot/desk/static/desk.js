/** The desk page: puts the parts together. What is open stands in the address, after the #. */
import { viewersWords } from './activity.js';
import { Alerts } from './alerts.js';
import * as api from './api.js';
import { Board } from './board.js';
import { Connection } from './connection.js';
import { ConversationPane } from './conversation.js';
import { sendWithKeys } from './dialogs.js';
import { byId, isNarrow, setText } from './dom.js';
import { Drafts } from './drafts.js';
import { priorityTag } from './faces.js';
import { showFacts } from './facts.js';
import { ListView } from './list.js';
import { LiveStream } from './live.js';
import { explain, listenForShortcuts } from './shortcuts.js';
import { Tabs } from './tabs.js';
import { TicketPane } from './tickets.js';
import { syncClock } from './time.js';
import { KEYS, TEXT } from './words.js';

const meta = (name) => document.querySelector(`meta[name="${name}"]`).content;
const me = meta('operator-name');
let session = null; // whose it is, as the server first said
const drafts = new Drafts(me);

api.configure({
  csrf: meta('csrf-token'),
  unauthorized: () => location.assign(`/desk/login?expired=1${location.hash}`),
});

const connection = new Connection(byId('connection'), { beat, restored: () => board.say(TEXT.restored) });
const list = new ListView(byId('list'), byId('list-empty'), show);
const board = new Board(list, { me, alerts: new Alerts(me, show), open: openConversation, learnt });
const conversation = new ConversationPane({
  me,
  connection,
  drafts,
  changed: () => board.refresh(),
  seen: (id, at) => board.markSeen(id, at),
});
const ticket = new TicketPane({ me, drafts, changed: () => board.refresh(), show });
const tabs = new Tabs(byId('tabs'), byId('list-panel'), (view) => board.show(view));

/** @returns {string|null} the conversation that the address names */
function openConversation() {
  return location.hash.startsWith('#c=') ? decodeURI(location.hash.slice(3)) : null;
}

/** What the lists have just learnt may concern what is open. */
function learnt(summaries) {
  for (const summary of summaries) conversation.compare(summary);
  const opened = summaries.find(({ conversation_id: id }) => id === openConversation());
  if (opened) byId('conversation-people').replaceChildren(...[priorityTag(opened), viewersWords(opened, me)].filter(Boolean));
}

/** Each sign of life brings the clock, the token and whether the line is open. */
function beat({ operator, csrf_token: csrf, open, hours, now }) {
  session ??= operator.name;
  if (operator.name !== session) location.reload(); // somebody else logged in, in another tab
  api.configure({ csrf });
  syncClock(now ?? null);
  setText(byId('hours-today'), hours);
  setText(byId('open-now'), open ? TEXT.open : TEXT.shut);
}

/** @param {string} key `c=<conversation>`, `t=<receipt>`, or empty for none */
function show(key) {
  const address = `#${encodeURI(key)}`;
  if (location.hash.length > 1) history.replaceState(null, '', address);
  else history.pushState(null, '', address);
  route();
}

/** Bring the page in line with the address. */
function route() {
  const key = decodeURI(location.hash.slice(1));
  const [kind, id] = [key.slice(0, 2), key.slice(2)];
  if (kind !== 'c=') conversation.close();
  setText(byId('conversation-people'), '');
  if (kind !== 't=') ticket.close();
  if (kind === 'c=') conversation.open(id);
  else if (kind === 't=') ticket.open(id);
  else showFacts(byId('facts-body'), []);
  arrange(Boolean(id));
  list.mark(id ? key : null);
}

function arrange(detail) {
  byId('nothing-open').hidden = detail;
  byId('facts').dataset.open = 'false';
  const was = byId('desk').dataset.shown;
  byId('desk').dataset.shown = detail ? 'detail' : 'list';
  if (!isNarrow() || was === byId('desk').dataset.shown) return;
  if (detail) document.querySelector('.pane:not([hidden]) h2').focus();
}

function back() {
  show('');
  list.focusCurrent();
}

function toggleFacts() {
  const open = byId('facts').dataset.open !== 'true';
  byId('facts').dataset.open = String(open);
  for (const button of document.querySelectorAll('[data-facts-toggle]')) button.setAttribute('aria-expanded', String(open));
}

async function logOut() {
  await api.logout().catch(() => {});
  Drafts.clear();
  location.assign('/desk/login');
}

const reply = () => (byId('ticket').hidden ? conversation.reply() : ticket.reply());
const help = () => byId('help-dialog').showModal();

const actions = conversation.actions;
const offered = (name) => { if (!byId(name).hidden) byId(name).focus(); };
const inConversation = (run) => () => { if (!byId('conversation').hidden) run(); };
const numbers = [...document.querySelectorAll('#tabs [role=tab]')].map((_, index) => String(index + 1));

const KEYBOARD = [
  [KEYS.lists, [
    { keys: ['j'], words: KEYS.next, run: () => list.move(1) },
    { keys: ['k'], words: KEYS.previous, run: () => list.move(-1) },
    { keys: ['Enter'], words: KEYS.open },
    { keys: numbers, shown: `1〜${numbers.length}`, words: KEYS.tabs, run: (key) => tabs.chooseAt(Number(key) - 1) },
    { keys: ['?'], words: KEYS.help, run: help },
  ]],
  [KEYS.case, [
    { keys: ['c'], words: KEYS.claim, run: () => conversation.claim() },
    { keys: ['r'], words: KEYS.reply, run: reply },
    { keys: ['s'], words: KEYS.suggest, run: inConversation(() => conversation.suggestions.take(0)) },
    { keys: ['t', '/'], words: KEYS.canned, run: inConversation(() => conversation.canned.open()) },
    { keys: ['n'], words: KEYS.note, run: inConversation(() => actions.note()) },
    { keys: ['h'], words: KEYS.handOver, run: inConversation(() => actions.handOver()) },
    { keys: ['b'], words: KEYS.giveBack, run: inConversation(() => offered('return')) },
    { keys: ['e'], words: KEYS.close, run: inConversation(() => actions.close()) },
    { keys: ['o'], words: KEYS.reopen, run: inConversation(() => offered('reopen')) },
    { keys: ['g'], words: KEYS.transcript, run: () => conversation.read() },
    { keys: ['i'], words: KEYS.facts, run: toggleFacts },
  ]],
  [KEYS.writing, [
    { keys: ['Enter'], words: KEYS.send },
    { keys: ['Shift+Enter'], words: KEYS.line },
    { keys: ['/', 'Ctrl+/'], words: KEYS.slash },
    { keys: ['Alt+1'], shown: 'Alt+1〜4', words: KEYS.nth },
    { keys: ['Esc'], words: KEYS.leave },
  ]],
];
listenForShortcuts(KEYBOARD);
explain(byId('help-keys'), KEYBOARD);
sendWithKeys();

byId('help-open').addEventListener('click', help);
byId('logout').addEventListener('click', logOut);
for (const button of document.querySelectorAll('[data-back]')) button.addEventListener('click', back);
for (const button of document.querySelectorAll('[data-facts-toggle]')) button.addEventListener('click', toggleFacts);
byId('skip').addEventListener('click', (event) => { event.preventDefault(); byId('main').focus(); });
window.addEventListener('popstate', route);
window.addEventListener('pageshow', (event) => { if (event.persisted) location.reload(); });
setInterval(() => conversation.tick(), 15_000);

connection.use('desk', new LiveStream(() => ({}), {
  changed: (counts) => { board.changed(counts); ticket.refresh(); }, // comes on each connection too
  lines: (news) => board.take(news),
  activity: (news) => board.activity.take(news),
}, {
  up: () => connection.regain('desk'),
  down: () => connection.lose('desk'),
}));
connection.pulse();
tabs.choose('waiting');
route();
