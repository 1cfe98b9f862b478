/* The page: what is shown now, fetched anew whenever the server says that something changed. */
import { blocks } from './blocks.mjs';
import { composer } from './composer.mjs';
import { listenToDomain, refreshDomain } from './domain-view.mjs';
import { safe } from './html.mjs';
import { listenToElements } from './interactions.mjs';
import { messageList } from './message.mjs';
import { drawModal } from './modal.mjs';
import { placeHead, placeList, welcome } from './places.mjs';
import { find, oneAtATime, show } from './screen.mjs';
import { get, post, sentenceOf } from './server.mjs';

const query = new URLSearchParams(location.search);
const state = { user: '', place: '', tab: 'messages', thread: undefined, readUpTo: {} };
let world = { users: [], channels: [], hints: [], connections: 0 };

const names = () =>
  Object.fromEntries([
    ...world.users.map(({ id, realName }) => [id, realName]),
    ...world.channels.map(({ id, name, directWith }) => [id, directWith ? 'Handover' : name]),
  ]);
const ownChannels = () =>
  world.channels.filter(({ directWith, members }) => !directWith && members.includes(state.user));
const direct = () => world.channels.find(({ directWith }) => directWith === state.user);
const channelOf = (place) => (place === 'app' ? 'dm' : place);

function notice(text) {
  find('notice').textContent = text;
}

async function drawMessages(id, args, empty) {
  const { messages = [] } = await get('messages', { ...args, user: state.user });
  const area = find(id);
  const isAtEnd = area.scrollTop + area.clientHeight >= area.scrollHeight - 60;
  const options = {
    inThread: id === 'replies',
    readUpTo: id === 'messages' ? state.readUpTo[state.place] : undefined,
    user: state.user,
  };
  const isNew = show(id, messages.length > 0 ? messageList(messages, names(), options) : empty);
  if (isNew && isAtEnd) area.scrollTop = area.scrollHeight;
  return messages;
}

/** What is on the screen counts as read, but only while somebody can see it. */
async function markRead(messages) {
  const last = messages.at(-1);
  const channel = world.channels.find(({ id }) => id === last?.channel);
  if (document.hidden || !channel?.unread) return;
  await post('read', { user: state.user, channel: channel.id, ts: channel.lastTs ?? last.ts });
}

function drawPlaces() {
  const { place, tab } = state;
  show('places', placeList({ channels: ownChannels(), direct: direct(), current: place }));
  const channel = world.channels.find(({ id }) => id === place);
  show('place-head', placeHead({ current: place, channel, tab, memberCount: channel?.members.length }));
  const others = world.users.filter(
    ({ id, role }) => ['requester', 'approver', 'oncall'].includes(role) && id !== state.user,
  );
  show(
    'tabs',
    others.map(
      ({ role, realName }) =>
        safe`<a href="/?as=${role}" target="_blank" title="Open another tab as ${realName}">${realName} ↗</a>`,
    ),
  );
  find('connection').textContent = world.connections > 0 ? '' : 'Handover is not connected.';
  document.title = `${channel ? `#${channel.name}` : 'Handover'} · ${names()[state.user] ?? ''} · Practice domain`;
}

async function drawHome(home) {
  const isHome = state.place === 'app' && state.tab === 'home';
  find('home').hidden = !isHome;
  find('messages').hidden = isHome;
  find('composer').hidden = isHome;
  if (!isHome) return;
  show(
    'home',
    home
      ? safe`<div data-view="${home.id}">${blocks(home.blocks, names())}</div>`
      : safe`<div class="welcome"><h3>Handover shows nothing here yet</h3><p>It has not published a Home tab for you.</p></div>`,
  );
}

const refresh = oneAtATime(async () => {
  const [workspace, views] = await Promise.all([
    get('workspace', { user: state.user }),
    get('views', { user: state.user }),
  ]);
  world = { ...world, ...workspace };
  drawPlaces();
  await drawHome(views.home);
  const { place, thread } = state;
  const empty = welcome({
    channelName: world.channels.find(({ id }) => id === place)?.name,
    example: world.example,
    isApp: place === 'app',
  });
  const messages = await drawMessages('messages', { channel: channelOf(place) }, empty);
  find('thread').hidden = !thread;
  if (thread) await drawMessages('replies', { channel: channelOf(place), thread_ts: thread });
  drawModal(find('modal'), views.views?.at(-1), names());
  if (!find('messages').hidden) await markRead(messages);
});

/** Does something for a person and shows what came of it. */
async function doing(work) {
  try {
    const answer = await work;
    if (answer) notice(sentenceOf(answer));
    await refresh();
    return answer?.ok ?? true;
  } catch {
    notice('The practice domain does not answer. Is “npm run lab” still running?');
    return false;
  }
}

async function send(text, thread) {
  const { user, place } = state;
  const where = { user, channel: channelOf(place), thread_ts: thread };
  if (text.startsWith('/')) return doing(post('command', { ...where, text }));
  return doing(post('say', { ...where, text }));
}

function goTo(place) {
  const channel = world.channels.find(({ id }) => id === (place === 'app' ? direct()?.id : place));
  Object.assign(state, { place, thread: undefined, tab: place === 'app' ? 'home' : 'messages' });
  state.readUpTo = channel?.unread ? { [place]: channel.lastRead ?? '0' } : {};
  document.body.dataset.showing = 'chat';
  if (place === 'app') void openHome();
  return refresh();
}

function openHome() {
  state.tab = 'home';
  return doing(post('home', { user: state.user }).then(({ ok }) => ok && undefined));
}

const presses = [
  ['place', ({ place }) => goTo(place)],
  ['tab', ({ tab }) => (tab === 'home' ? openHome() : ((state.tab = tab), refresh()))],
  ['thread', ({ thread }) => ((state.thread = thread), refresh().then(() => find('reply-text').focus()))],
  ['fill', ({ fill }) => mainComposer.fill(fill)],
  [
    'show',
    (data) =>
      (document.body.dataset.showing = document.body.dataset.showing === data.show ? 'chat' : data.show),
  ],
  ['close', ({ close }) => doing(post('close', { user: state.user, view_id: close }))],
];

document.addEventListener('click', ({ target }) => {
  const button = target.closest('button');
  if (!button || button.dataset.action) return;
  const [, press] = presses.find(([name]) => button.dataset[name] !== undefined) ?? [];
  if (press) void press(button.dataset);
  if (button.id === 'close-thread') void closeThread();
});

function closeThread() {
  const from = state.thread;
  state.thread = undefined;
  return refresh().then(() => document.querySelector(`[data-thread="${from}"]`)?.focus());
}

document.addEventListener('keydown', (event) => {
  if (event.key === 'Escape' && state.thread && !document.querySelector('dialog[open]')) void closeThread();
});

find('person').addEventListener('change', ({ target }) => {
  query.set('as', target.value);
  history.replaceState(undefined, '', `?${query}`);
  Object.assign(state, { user: target.value, thread: undefined, readUpTo: {} });
  if (!ownChannels().some(({ id }) => id === state.place) && state.place !== 'app')
    state.place = ownChannels()[0].id;
  notice('');
  void refresh();
});

const mainComposer = composer(find('composer'), {
  commands: () => world.hints,
  send: (text) => send(text),
});
composer(find('reply'), { commands: () => [], send: (text) => send(text, state.thread) });
listenToDomain();
listenToElements({ user: () => state.user, doing, dialog: find('question'), modal: find('modal') });

async function start() {
  const [workspace, hints] = await Promise.all([get('workspace'), get('commands')]);
  world = { ...workspace, hints: hints.commands ?? [] };
  const hint = world.hints.find(({ example }) => example);
  world.example = hint && `${hint.command} ${hint.example}`;
  const people = world.users.filter(({ role }) => role !== 'app' && role !== 'bot');
  show(
    'person',
    people.map(({ id, realName }) => safe`<option value="${id}">${realName}</option>`),
  );
  const as = query.get('as');
  state.user = (people.find(({ id, role }) => id === as || role === as) ?? people[0]).id;
  find('person').value = state.user;
  const [, linked, ts] = /^\/archives\/(\w+)\/p?(\d+)?/.exec(location.pathname) ?? [];
  state.place = linked ?? ownChannels()[0].id;
  if (ts) state.thread = `${ts.slice(0, -6)}.${ts.slice(-6)}`;
  const changes = new EventSource('/_lab/events');
  changes.addEventListener('message', () => {
    void doing();
    void refreshDomain();
  });
  changes.addEventListener('error', () => {
    find('connection').textContent = 'The practice domain does not answer.';
  });
  document.addEventListener('visibilitychange', () => document.hidden || void refresh());
  document.body.dataset.showing = 'chat';
}
void start();
