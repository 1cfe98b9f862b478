import { ApiError } from '../api-error';
import type { Parts } from '../parts';
import type { LabChannel } from '../workspace';
import { app } from '../workspace';
import type { Arguments } from './arguments';

/** The channel with this id, if the bot may see it: a private one only as a member. Names are no ids. */
export function visibleById(parts: Parts, id: string | undefined): LabChannel | undefined {
  return visible(
    parts,
    parts.workspace.channels.find((channel) => channel.id === id),
  );
}

/** The channel whose id an argument gives, if the bot may see it. Throws `channel_not_found`, for a name too. */
export function visibleChannel(parts: Parts, args: Arguments, name = 'channel'): LabChannel {
  return found(visibleById(parts, args.text(name)));
}

/**
 * Where chat.postMessage and chat.postEphemeral go: these two take a channel's id or name, and chat.postMessage also a
 * person's id for the direct message (docs.slack.dev/reference/methods/chat.postMessage, "Channels").
 */
export function postingChannel(parts: Parts, args: Arguments, whom?: 'or person'): LabChannel {
  const wanted = args.text('channel') ?? '';
  const person = whom && parts.workspace.users.find((user) => user.id === wanted);
  if (person) return parts.workspace.directMessage(person);
  return found(visible(parts, parts.workspace.channel(wanted)));
}

/** As `visibleChannel`, and the bot must be a member: `not_in_channel`. An archived channel can still be read. */
export function ownChannel(parts: Parts, args: Arguments): LabChannel {
  const channel = visibleChannel(parts, args);
  if (!parts.workspace.isMember(channel, app.botUser)) throw new ApiError('not_in_channel');
  return channel;
}

/** Refuses what the bot may not write in: `not_in_channel`, `is_archived`. */
export function openChannel(channel: LabChannel, parts: Parts): LabChannel {
  if (!parts.workspace.isMember(channel, app.botUser)) throw new ApiError('not_in_channel');
  if (channel.isArchived) throw new ApiError('is_archived');
  return channel;
}

function visible(parts: Parts, channel: LabChannel | undefined): LabChannel | undefined {
  const isHidden = channel?.isPrivate && !parts.workspace.isMember(channel, app.botUser);
  return isHidden ? undefined : channel;
}

function found(channel: LabChannel | undefined): LabChannel {
  if (!channel) throw new ApiError('channel_not_found');
  return channel;
}
