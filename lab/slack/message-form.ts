import type { Fields } from './fields';
import type { Message } from './message';
import type { Messages } from './messages';
import { app } from './workspace';

/** A message as Slack sends it: without our own bookkeeping, with its thread's figures. Metadata only if asked for. */
export function slackMessage(messages: Messages, message: Message, withMetadata: boolean): Fields {
  const { channel: _channel, ephemeralTo: _ephemeralTo, metadata, ...rest } = message;
  return {
    ...rest,
    ...(message.bot_id === app.botId && {
      bot_profile: { id: app.botId, app_id: app.appId, name: app.name, team_id: app.teamId, deleted: false },
    }),
    ...(withMetadata && metadata && { metadata }),
    ...threadFigures(messages, message),
  };
}

/** A message as the control API answers it: Slack's form with metadata, and the channel it is in. */
export function labMessage(messages: Messages, message: Message): Fields {
  return { channel: message.channel, ...slackMessage(messages, message, true) };
}

function threadFigures(messages: Messages, message: Message): Fields {
  if (message.thread_ts === undefined || message.ephemeralTo) return {};
  if (message.thread_ts !== message.ts)
    return { parent_user_id: messages.find(message.channel, message.thread_ts)?.user };
  const replies = messages.replies(message);
  if (replies.length === 0) return {};
  const people = [...new Set(replies.map((reply) => reply.user))];
  return {
    reply_count: replies.length,
    reply_users: people,
    reply_users_count: people.length,
    latest_reply: replies.at(-1)?.ts,
  };
}
