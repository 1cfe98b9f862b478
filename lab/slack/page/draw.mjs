/* Draws the chat anew from what the server says. */
import { blocks } from './blocks.mjs';
import { channelOf, direct, names, ownChannels, state, world } from './chat.mjs';
import { safe } from './html.mjs';
import { messageList } from './message.mjs';
import { drawModal } from './modal.mjs';
import { placeHead, placeList, welcome } from './places.mjs';
import { find, oneAtATime, show } from './screen.mjs';
import { get, post } from './server.mjs';

/** An answer about somebody or somewhere else than is shown by now is not drawn. */
const isStill = ({ user, place, thread }) =>
  user === state.user && place === state.place && thread === state.thread;

async function drawMessages(id, query, empty) {
  const asked = { ...state };
  const { messages = [] } = await get('messages', { ...query, user: asked.user });
  if (!isStill(asked)) return [];
  const area = find(id);
  const isAtEnd = area.scrollTop + area.clientHeight >= area.scrollHeight - 60;
  const isThread = id === 'replies';
  const readUpTo = isThread ? undefined : state.readUpTo[state.place];
  const options = { inThread: isThread, readUpTo, user: asked.user };
  const isNew = show(id, messages.length > 0 ? messageList(messages, names(), options) : empty);
  if (state.jump || (isNew && isAtEnd)) goToNews(area);
  return messages;
}

function goToNews(area) {
  const news = state.jump ? area.querySelector('.new-line') : undefined;
  if (news) area.scrollTop = Math.max(0, news.offsetTop - area.offsetTop - 40);
  else area.scrollTop = area.scrollHeight;
}

/** What is on the screen counts as read, but only while somebody can see it. */
async function markRead(messages, user) {
  const last = messages.at(-1);
  const channel = world.channels.find(({ id }) => id === last?.channel);
  if (document.hidden || !channel?.unread || user !== state.user) return;
  await post('read', { user, channel: channel.id, ts: channel.lastTs ?? last.ts });
}

/** Of the app's tabs the one that is shown. */
const tabShown = (home) => (state.tab === 'auto' ? (home ? 'home' : 'messages') : state.tab);

function drawPlaces(tab) {
  const { place } = state;
  show('places', placeList({ channels: ownChannels(), direct: direct(), current: place }));
  const channel = world.channels.find(({ id }) => id === place);
  show('place-head', placeHead({ current: place, channel, tab, memberCount: channel?.members.length }));
  const others = world.users.filter(
    ({ id, role }) => ['requester', 'approver', 'oncall'].includes(role) && id !== state.user,
  );
  const link = ({ role, realName }) =>
    safe`<a href="/?as=${role}" target="_blank" title="Open another tab as ${realName}">${realName} ↗</a>`;
  show('tabs', others.map(link));
  find('connection').textContent = world.connections > 0 ? '' : 'Handover is not connected.';
  document.title = `${channel ? `#${channel.name}` : 'Handover'} · ${names()[state.user] ?? ''} · Practice domain`;
}

function drawHome(home) {
  const isHome = state.place === 'app' && tabShown(home) === 'home';
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

function emptyPlace(place) {
  const channelName = world.channels.find(({ id }) => id === place)?.name;
  const { example, isSimulated } = world;
  return welcome({ channelName, example, isSimulated, isApp: place === 'app' });
}

/** Fetches and draws everything but the Domain panel. */
export const refresh = oneAtATime(async () => {
  const { user } = state;
  const [workspace, views] = await Promise.all([get('workspace', { user }), get('views', { user })]);
  if (user !== state.user) return;
  Object.assign(world, workspace);
  drawPlaces(tabShown(views.home));
  drawHome(views.home);
  const { place, thread } = state;
  const messages = await drawMessages('messages', { channel: channelOf(place) }, emptyPlace(place));
  find('thread').hidden = !state.thread;
  if (thread) await drawMessages('replies', { channel: channelOf(place), thread_ts: thread });
  if (place === state.place && user === state.user) state.jump = false;
  drawModal(find('modal'), views.views?.at(-1), names());
  if (!find('messages').hidden) await markRead(messages, user);
});
