/* The page: what people do, and what comes of it. */
import { channelOf, moveTo, ownChannels, seat, state, world } from './chat.mjs';
import { composer } from './composer.mjs';
import { isSimulated, listenToDomain, refreshDomain } from './domain-view.mjs';
import { refresh } from './draw.mjs';
import { listenToFabric, refreshFabric } from './fabric-view.mjs';
import { safe } from './html.mjs';
import { listenToElements } from './interactions.mjs';
import { find, show } from './screen.mjs';
import { get, post, sentenceOf, SILENT } from './server.mjs';

const query = new URLSearchParams(location.search);

function notice(text) {
  find('notice').textContent = text;
}

/** Does something for a person and shows what came of it, unless somebody else sits there by then. Undefined: no answer. */
async function doing(work) {
  const here = seat();
  try {
    const answer = await work;
    if (answer && here === seat()) notice(sentenceOf(answer));
    await refresh();
    return answer;
  } catch {
    if (here === seat()) notice(SILENT);
    return undefined;
  }
}

/** Whether it was taken: a message that stands in the channel was, whatever the app says to it. */
async function send(text, thread) {
  const { user, place } = state;
  const where = { user, channel: channelOf(place), thread_ts: thread };
  const isCommand = text.startsWith('/');
  const answer = await doing(post(isCommand ? 'command' : 'say', { ...where, text }));
  state.jump = true;
  await refresh().catch(() => undefined);
  if (isCommand) return answer?.ok ?? false;
  return (answer?.ok ?? false) || (answer?.messages ?? []).length > 0;
}

function goTo(place) {
  moveTo({ place });
  moved();
  if (place === 'app') void tellOfHome();
  return refresh();
}

/** After a move: drafts of that seat, no old notice, and nothing of what others see. */
function moved() {
  notice('');
  mainComposer.moved();
  replyComposer.moved();
  showOnly('chat');
}

/** The app hears that somebody looks at its Home, and may publish one; an app that has none says nothing. */
function tellOfHome() {
  return post('home', { user: state.user }).then(refresh, () => notice(SILENT));
}

function openHome() {
  state.tab = 'home';
  return tellOfHome();
}

function openThread(thread) {
  Object.assign(state, { thread, jump: true });
  replyComposer.moved();
  return refresh().then(() => find('reply-text').focus());
}

function closeThread() {
  const from = state.thread;
  state.thread = undefined;
  return refresh().then(() => document.querySelector(`[data-thread="${from}"]`)?.focus());
}

/** On narrow screens one of chat, channels and domain is seen. */
function showOnly(part) {
  document.body.dataset.showing = part;
  for (const button of document.querySelectorAll('[data-show][aria-expanded]'))
    button.setAttribute('aria-expanded', String(button.dataset.show === part));
}

const presses = {
  place: ({ place }) => goTo(place),
  tab: ({ tab }) => (tab === 'home' ? openHome() : ((state.tab = tab), refresh())),
  thread: ({ thread }) => openThread(thread),
  fill: ({ fill }) => mainComposer.fill(fill),
  show: (data) => showOnly(document.body.dataset.showing === data.show ? 'chat' : data.show),
  close: ({ close }) => doing(post('close', { user: state.user, view_id: close })),
};

document.addEventListener('click', ({ target }) => {
  const button = target.closest('button');
  if (!button || button.dataset.action) return;
  const name = Object.keys(presses).find((one) => button.dataset[one] !== undefined);
  if (name) void presses[name](button.dataset);
  if (button.id === 'close-thread') void closeThread();
});

document.addEventListener('keydown', (event) => {
  if (event.key !== 'Escape' || event.defaultPrevented || document.querySelector('dialog[open]')) return;
  if (document.body.dataset.showing !== 'chat') showOnly('chat');
  else if (state.thread) void closeThread();
});

find('person').addEventListener('change', ({ target }) => {
  query.set('as', target.value);
  history.replaceState(undefined, '', `?${query}`);
  moveTo({ user: target.value });
  const isHere = state.place === 'app' || ownChannels().some(({ id }) => id === state.place);
  if (!isHere) moveTo({ place: ownChannels()[0].id });
  show('messages', safe``);
  show('home', safe``);
  moved();
  void refresh();
});

const mainComposer = composer(find('composer'), {
  commands: () => world.hints,
  send: (text) => send(text),
  seat: () => seat(),
});
const replyComposer = composer(find('reply'), {
  commands: () => [],
  send: (text) => send(text, state.thread),
  seat: () => seat(state.thread ?? 'no thread'),
});
listenToDomain();
listenToFabric();
listenToElements({ user: () => state.user, doing, dialog: find('question'), modal: find('modal') });

async function start() {
  const [workspace, hints] = await Promise.all([get('workspace'), get('commands')]);
  const hint = hints.commands?.find(({ example }) => example);
  const example = hint && `${hint.command} ${hint.example}`;
  Object.assign(world, workspace, { hints: hints.commands ?? [], example });
  const people = world.users.filter(({ role }) => role !== 'app' && role !== 'bot');
  const option = ({ id, realName }) => safe`<option value="${id}">${realName}</option>`;
  show('person', people.map(option));
  const as = query.get('as');
  const user = (people.find(({ id, role }) => id === as || role === as) ?? people[0]).id;
  find('person').value = user;
  const [, linked, ts] = /^\/archives\/(\w+)\/p?(\d+)?/.exec(location.pathname) ?? [];
  moveTo({ user });
  moveTo({ place: linked ?? ownChannels()[0].id });
  moved();
  if (ts) state.thread = `${ts.slice(0, -6)}.${ts.slice(-6)}`;
  void refreshFabric();
  const changes = new EventSource('/_lab/events');
  changes.addEventListener('message', () => {
    void doing();
    void refreshDomain().then(() => (world.isSimulated = isSimulated()));
  });
  changes.addEventListener('error', () => {
    find('connection').textContent = SILENT;
  });
  document.addEventListener('visibilitychange', () => document.hidden || void refresh());
}
void start();
