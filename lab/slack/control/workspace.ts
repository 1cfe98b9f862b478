import type { Fields } from '../fields';
import type { Parts } from '../parts';
import { unreadOf } from '../unread';
import type { LabChannel, LabUser } from '../workspace';
import { app } from '../workspace';
import type { ControlRoute } from './route';

/**
 * `GET /_lab/workspace?user=`: people, channels and the app. With `user` only the channels that this person can see,
 * each with what is unread in it. `connections` is 0 as long as the app cannot be reached.
 */
export const workspace: ControlRoute = {
  run: (parts, { query }): Fields => {
    const user = query.has('user') ? parts.workspace.user(query.get('user') ?? '') : undefined;
    if (query.has('user') && !user) return { ok: false, error: 'user_not_found' };
    return {
      ok: true,
      app,
      users: parts.workspace.users.map(({ id, name, role, realName }) => ({
        id,
        name,
        role,
        realName: realName ?? name,
      })),
      channels: user ? channelsOf(parts, user) : parts.workspace.channels.map((one) => channelFields(one)),
      commands: parts.options.commands ?? [],
      connections: parts.deliveries.count(),
    };
  },
};

function channelsOf(parts: Parts, user: LabUser): Fields[] {
  if (!user.isBot) parts.workspace.directMessage(user);
  return parts.workspace.channels
    .filter((channel) => !channel.isPrivate || parts.workspace.isMember(channel, user.id))
    .map((channel) => {
      const unread = unreadOf(parts, user.id, channel.id);
      const isMember = parts.workspace.isMember(channel, user.id);
      return { ...channelFields(channel), ...unread, ...(!isMember && { unread: 0 }) };
    });
}

function channelFields(channel: LabChannel): Fields {
  const { id, name, members, isPrivate = false, isArchived = false, directWith } = channel;
  return { id, name, members, isPrivate, isArchived, directWith };
}
