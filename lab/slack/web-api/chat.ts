import { ApiError } from '../api-error';
import type { Fields } from '../fields';
import { slackMessage } from '../message-form';
import type { Message } from '../message';
import type { Parts } from '../parts';
import { app } from '../workspace';
import type { Arguments } from './arguments';
import { messageContent } from './content';
import type { Method } from './method';
import { botMethod } from './method';
import { openChannel, postingChannel, visibleChannel } from './places';

const longestUpdate = 4_000;

/** The `chat.*` methods. */
export const chatMethods: Record<string, Method> = {
  'chat.postMessage': botMethod((parts, args) => {
    args.need('channel', 'channel_not_found');
    const channel = openChannel(postingChannel(parts, args, 'or person'), parts);
    const placement = { channel: channel.id, threadTs: args.text('thread_ts'), user: app.botUser };
    const message = parts.messages.post(placement, messageContent(args));
    return answer(message, { message: slackMessage(parts.messages, message, true) });
  }),

  'chat.postEphemeral': botMethod((parts, args) => {
    const channel = openChannel(postingChannel(parts, args), parts);
    const to = args.need('user', 'user_not_in_channel');
    if (!channel.members.includes(to)) throw new ApiError('user_not_in_channel');
    const placement = { channel: channel.id, threadTs: args.text('thread_ts'), user: app.botUser, to };
    const message = parts.messages.postEphemeral(placement, messageContent(args));
    return { message_ts: message.ts };
  }),

  'chat.update': botMethod((parts, args) => {
    const message = ownMessage(parts, args, { foreign: 'cant_update_message', archived: 'is_inactive' });
    // GitLab (merge request 258898) met this limit of updates; it counts bytes after escaping.
    if (Buffer.byteLength(args.text('text') ?? '') > longestUpdate) throw new ApiError('msg_too_long');
    const isMetadataOnly = !args.has('text') && !args.has('blocks') && args.has('metadata');
    parts.messages.update(message, messageContent(args, isMetadataOnly));
    return answer(message, {
      text: message.text,
      message: updatedMessage(parts, message),
    });
  }),

  'chat.delete': botMethod((parts, args) => {
    // The page of chat.delete has no word of its own for an archived channel; this one says that it may not be done.
    const refusal = 'cant_delete_message';
    const message = ownMessage(parts, args, { foreign: refusal, archived: refusal });
    parts.messages.delete(message);
    return answer(message, {});
  }),

  'chat.getPermalink': botMethod((parts, args) => {
    const channel = visibleChannel(parts, args);
    const message = parts.messages.find(channel.id, args.text('message_ts') ?? '');
    if (!message) throw new ApiError('message_not_found');
    const inThread = message.thread_ts && message.thread_ts !== message.ts;
    const query = inThread ? `?thread_ts=${message.thread_ts}&cid=${channel.id}` : '';
    const path = `/archives/${channel.id}/p${message.ts.replace('.', '')}${query}`;
    return { channel: channel.id, permalink: `http://${parts.authority}${path}` };
  }),
};

/** The bot's own message, in a channel that is still open. `is_inactive` is the word of chat.update's page. */
function ownMessage(parts: Parts, args: Arguments, refusals: { foreign: string; archived: string }): Message {
  const channel = visibleChannel(parts, args);
  if (channel.isArchived) throw new ApiError(refusals.archived);
  const message = parts.messages.find(channel.id, args.need('ts', 'message_not_found'));
  if (!message) throw new ApiError('message_not_found');
  if (message.user !== app.botUser) throw new ApiError(refusals.foreign);
  return message;
}

/** In this answer the message has no timestamps of its own and no thread. */
function updatedMessage(parts: Parts, message: Message): Fields {
  const { type, user, team, text, bot_id, app_id, bot_profile, blocks, edited, metadata } = slackMessage(
    parts.messages,
    message,
    true,
  );
  return {
    type,
    user,
    team,
    text,
    bot_id,
    app_id,
    bot_profile,
    ...(edited !== undefined && { edited }),
    ...(blocks !== undefined && { blocks }),
    ...(metadata !== undefined && { metadata }),
  };
}

function answer(message: Message, more: Fields): Fields {
  return { channel: message.channel, ts: message.ts, ...more };
}
