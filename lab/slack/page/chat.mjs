/* What this tab looks at, and what is known of the workspace. */

/** Who acts, where, and what of it is to be shown. `jump` wants the next drawing to begin at what is new, or at the end. */
export const state = { user: '', place: '', tab: 'auto', thread: undefined, readUpTo: {}, jump: true };

/** The last answer of the server about people and channels, with the composer's hints. */
export const world = { users: [], channels: [], hints: [], connections: 0, example: undefined };

/** The channels that the person is in; direct messages stand apart. */
export const ownChannels = () =>
  world.channels.filter(({ directWith, members }) => !directWith && members.includes(state.user));

/** The person's direct message with the app. */
export const direct = () => world.channels.find(({ directWith }) => directWith === state.user);

/** A place in the words of the control API. */
export const channelOf = (place) => (place === 'app' ? 'dm' : place);

/** The names of people and channels by id. */
export const names = () =>
  Object.fromEntries([
    ...world.users.map(({ id, realName }) => [id, realName]),
    ...world.channels.map(({ id, name, directWith }) => [id, directWith ? 'Handover' : name]),
  ]);

/** Whose words these are, and where: drafts and notices belong to that and to nothing else. */
export const seat = (thread) => `${state.user} ${state.place} ${thread ?? ''}`;

/** Goes to another place or becomes another person. Of the app's two tabs Home is shown if there is one. */
export function moveTo({ user = state.user, place = state.place }) {
  const channel = world.channels.find(({ id }) => id === (place === 'app' ? direct()?.id : place));
  const readUpTo = user === state.user && channel?.unread ? { [place]: channel.lastRead ?? '0' } : {};
  Object.assign(state, { user, place, thread: undefined, tab: 'auto', readUpTo, jump: true });
}
