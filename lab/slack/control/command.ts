import { z } from 'zod';
import { ApiError } from '../api-error';
import type { Fields } from '../fields';
import type { Parts } from '../parts';
import { eventCallback, slashCommand } from '../payloads';
import { respond } from '../response-url-endpoint';
import type { LabChannel, LabUser } from '../workspace';
import { app } from '../workspace';
import { interact, notSent } from './outcome';
import { postRoute, whoAndWhere } from './route';

/** `POST /_lab/command`: somebody sends a slash command. */
export const command = postRoute(
  z.object({ user: z.string(), channel: z.string(), text: z.string(), thread_ts: z.string().optional() }),
  async (parts, body) => {
    const found = whoAndWhere(parts, body);
    if (typeof found === 'string') return notSent(found);
    const match = /^(\/\S+)\s*([\s\S]*)$/.exec(body.text.trim());
    if (!match) return notSent('not_a_command');
    const [, name = '', rest = ''] = match;
    if (body.thread_ts !== undefined)
      return notSent('not_supported_in_threads', { detail: `${name} is not supported in threads. Sorry!` });
    if (parts.options.commands && !parts.options.commands.includes(name))
      return notSent('unknown_command', { detail: `${name} is not a valid command.` });
    const payload = slashCommand(parts, { ...found, command: name, text: escapeText(rest) });
    return interact(parts, found.user.id, {
      send: () => parts.envelopes.deliver('slash_commands', payload),
      afterAck: (ack) => showAck(parts, found, ack),
    });
  },
);

/** `POST /_lab/mention`: somebody writes to the bot in a channel, a thread or a direct message. */
export const mention = postRoute(
  z.object({ user: z.string(), channel: z.string(), text: z.string(), thread_ts: z.string().optional() }),
  async (parts, body) => {
    const found = whoAndWhere(parts, body);
    if (typeof found === 'string') return notSent(found);
    const { user, channel } = found;
    if (!parts.workspace.isMember(channel, app.botUser)) return notSent('bot_not_in_channel');
    try {
      return await write(parts, { user, channel, text: body.text, threadTs: body.thread_ts });
    } catch (error) {
      if (error instanceof ApiError) return notSent(error.code);
      throw error;
    }
  },
);

/** `POST /_lab/home`: somebody opens the app's Home tab. */
export const home = postRoute(z.object({ user: z.string() }), async (parts, body) => {
  const user = parts.workspace.user(body.user);
  if (!user) return notSent('user_not_found');
  const view = parts.views.home(user.id);
  const event = {
    type: 'app_home_opened',
    user: user.id,
    channel: parts.workspace.directMessage(user).id,
    tab: 'home',
    event_ts: parts.messages.nextTs(),
    ...(view && { view: structuredClone(view) }),
  };
  return interact(parts, user.id, { send: () => parts.envelopes.deliverEvent(eventCallback(event)) });
});

/** What a person types reaches an app with `&`, `<` and `>` as entities. */
function escapeText(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

function showAck(
  parts: Parts,
  found: { user: LabUser; channel: LabChannel },
  ack: Fields,
): string | undefined {
  if (ack['text'] === undefined && ack['blocks'] === undefined) return undefined;
  try {
    respond(parts, { user: found.user.id, channel: found.channel.id }, ack);
    return undefined;
  } catch (error) {
    if (error instanceof ApiError) return error.code;
    throw error;
  }
}

async function write(
  parts: Parts,
  given: { user: LabUser; channel: LabChannel; text: string; threadTs: string | undefined },
): Promise<Fields> {
  const { user, channel } = given;
  const typed = escapeText(given.text.replace(`<@${app.botUser}>`, '').trim());
  const isDirect = channel.directWith !== undefined;
  const text = isDirect ? typed : `<@${app.botUser}> ${typed}`;
  return interact(parts, user.id, {
    send: () => {
      const placement = { channel: channel.id, user: user.id, threadTs: given.threadTs };
      const message = parts.messages.post(placement, { text });
      return parts.envelopes.deliverEvent(
        eventCallback({
          type: isDirect ? 'message' : 'app_mention',
          ...(isDirect && { channel_type: 'im' }),
          user: user.id,
          text,
          ts: message.ts,
          client_msg_id: message.client_msg_id,
          team: message.team,
          channel: channel.id,
          event_ts: message.ts,
          ...(given.threadTs !== undefined && { thread_ts: given.threadTs }),
        }),
      );
    },
  });
}
