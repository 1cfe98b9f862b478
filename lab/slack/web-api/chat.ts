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
import { ownChannel, visibleChannel } from './places';

const longestUpdate = 4_000;

/** The `chat.*` methods. */
export const chatMethods: Record<string, Method> = {
  'chat.postMessage': botMethod((parts, args) => {
    args.need('channel', 'channel_not_found');
    const channel = ownChannel(parts, args);
    const placement = { channel: channel.id, threadTs: args.text('thread_ts'), user: app.botUser };
    const message = parts.messages.post(placement, messageContent(args));
    return answer(message, { message: slackMessage(parts.messages, message, true) });
  }),

  'chat.postEphemeral': botMethod((parts, args) => {
    const channel = ownChannel(parts, args);
    const to = args.need('user', 'user_not_in_channel');
    if (!channel.members.includes(to)) throw new ApiError('user_not_in_channel');
    const placement = { channel: channel.id, threadTs: args.text('thread_ts'), user: app.botUser, to };
    const message = parts.messages.postEphemeral(placement, messageContent(args));
    return { message_ts: message.ts };
  }),

  'chat.update': botMethod((parts, args) => {
    const message = ownMessage(parts, args, 'cant_update_message');
    // GitLab (merge request 258898) met this limit of updates; it counts bytes after escaping.
    if (Buffer.byteLength(args.text('text') ?? '') > longestUpdate) throw new ApiError('msg_too_long');
    parts.messages.update(message, messageContent(args));
    return answer(message, {
      text: message.text,
      message: updatedMessage(parts, message),
    });
  }),

  'chat.delete': botMethod((parts, args) => {
    const message = ownMessage(parts, args, 'cant_delete_message');
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

function ownMessage(parts: Parts, args: Arguments, refusal: string): Message {
  const channel = visibleChannel(parts, args);
  const message = parts.messages.find(channel.id, args.need('ts', 'message_not_found'));
  if (!message) throw new ApiError('message_not_found');
  if (message.user !== app.botUser) throw new ApiError(refusal);
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
    edited,
    ...(blocks !== undefined && { blocks }),
    ...(metadata !== undefined && { metadata }),
  };
}

function answer(message: Message, more: Fields): Fields {
  return { channel: message.channel, ts: message.ts, ...more };
}
