import { z } from 'zod';
import { ApiError } from '../api-error';
import type { Delivery } from '../delivery';
import type { Fields } from '../fields';
import type { Message } from '../message';
import type { Parts } from '../parts';
import { eventCallback } from '../payloads';
import { encodeTyped } from '../typed-text';
import type { LabChannel, LabUser } from '../workspace';
import { app } from '../workspace';
import { interact, notSent } from './outcome';
import { postRoute, whoAndWhere } from './route';

const Words = z.object({
  user: z.string(),
  channel: z.string(),
  text: z.string().min(1),
  thread_ts: z.string().optional(),
});

const nothingToTell: Delivery = { acked: true, payload: {} };
const botMention = `<@${app.botUser}>`;

/**
 * `POST /_lab/say`: somebody writes a message. The app hears of it if it is named where it is a member
 * (`app_mention`), and of everything in a direct message (`message.im`) if it has the scope.
 */
export const say = postRoute(Words, async (parts, body) => {
  const found = whoAndWhere(parts, body);
  if (typeof found === 'string') return notSent(found);
  return write(parts, { ...found, text: encodeTyped(parts.workspace, body.text), threadTs: body.thread_ts });
});

/** `POST /_lab/mention`: as `say`, and to the bot in any case. */
export const mention = postRoute(Words, async (parts, body) => {
  const found = whoAndWhere(parts, body);
  if (typeof found === 'string') return notSent(found);
  if (!parts.workspace.isMember(found.channel, app.botUser)) return notSent('bot_not_in_channel');
  const typed = encodeTyped(parts.workspace, body.text).replace(botMention, '').trim();
  const text = found.channel.directWith === undefined ? `${botMention} ${typed}` : typed;
  return write(parts, { ...found, text, threadTs: body.thread_ts });
});

async function write(
  parts: Parts,
  given: { user: LabUser; channel: LabChannel; text: string; threadTs: string | undefined },
): Promise<Fields> {
  const { user, channel, text, threadTs } = given;
  if (channel.isArchived) return notSent('is_archived');
  try {
    return await interact(parts, user.id, {
      send: () => {
        const botId = user.isBot ? `B${user.id.slice(1)}` : undefined;
        const placement = { channel: channel.id, user: user.id, threadTs, botId };
        const message = parts.messages.post(placement, { text });
        parts.readMarks.set(user.id, channel.id, message.ts);
        const event = eventOf(parts, channel, message);
        return event ? parts.deliveries.deliverEvent(eventCallback(event)) : Promise.resolve(nothingToTell);
      },
    });
  } catch (error) {
    if (error instanceof ApiError) return notSent(error.code);
    throw error;
  }
}

/**
 * What the app is subscribed to: messages in its direct messages, and mentions where it is a member; each only with the
 * scope that the event's page names (docs.slack.dev/reference/events/message.im, app_mention).
 */
function eventOf(parts: Parts, channel: LabChannel, message: Message): Fields | undefined {
  const isDirect = channel.directWith !== undefined;
  const isHeard = parts.workspace.isMember(channel, app.botUser) && message.text.includes(botMention);
  if (!isDirect && !isHeard) return undefined;
  if (!parts.options.scopes.includes(isDirect ? 'im:history' : 'app_mentions:read')) return undefined;
  return {
    type: isDirect ? 'message' : 'app_mention',
    ...(isDirect && { channel_type: 'im' }),
    user: message.user,
    text: message.text,
    ts: message.ts,
    ...(message.bot_id === undefined ? { client_msg_id: message.client_msg_id } : { bot_id: message.bot_id }),
    team: message.team,
    channel: channel.id,
    event_ts: message.ts,
    ...(message.thread_ts !== undefined && { thread_ts: message.thread_ts }),
  };
}
