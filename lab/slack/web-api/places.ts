import { ApiError } from '../api-error';
import type { Parts } from '../parts';
import type { LabChannel } from '../workspace';
import { app } from '../workspace';
import type { Arguments } from './arguments';

/** The channel of an argument, if the bot may see it: a private one only as a member. Throws `channel_not_found`. */
export function visibleChannel(parts: Parts, args: Arguments, name = 'channel'): LabChannel {
  const wanted = args.text(name) ?? '';
  const person = parts.workspace.users.find((user) => user.id === wanted);
  if (person) return parts.workspace.directMessage(person);
  const channel = parts.workspace.channel(wanted);
  const isHidden = channel?.isPrivate && !parts.workspace.isMember(channel, app.botUser);
  if (!channel || isHidden) throw new ApiError('channel_not_found');
  return channel;
}

/** As `visibleChannel`, and the bot must be a member and the channel open: `not_in_channel`, `is_archived`. */
export function ownChannel(parts: Parts, args: Arguments, name = 'channel'): LabChannel {
  const channel = visibleChannel(parts, args, name);
  if (!parts.workspace.isMember(channel, app.botUser)) throw new ApiError('not_in_channel');
  if (channel.isArchived) throw new ApiError('is_archived');
  return channel;
}
