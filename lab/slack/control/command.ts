import { z } from 'zod';
import { ApiError } from '../api-error';
import type { DeliveryError } from '../delivery';
import type { Fields } from '../fields';
import type { Parts } from '../parts';
import { slashCommand } from '../payloads';
import { respond } from '../response-url-endpoint';
import { escapeTyped } from '../typed-text';
import type { LabChannel, LabUser } from '../workspace';
import { interact, notSent } from './outcome';
import type { ControlRoute } from './route';
import { postRoute, whoAndWhere } from './route';

/** `POST /_lab/command`: somebody sends a slash command. `detail` is what Slack tells the person when it fails. */
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
    const isInstalled = parts.options.commands?.includes(name) ?? true;
    if (!isInstalled || !parts.options.scopes.includes('commands'))
      return notSent('unknown_command', { detail: unknownCommand(name) });
    const payload = slashCommand(parts, { ...found, command: name, text: escapeTyped(rest) });
    let detail: string | undefined;
    const outcome = await interact(parts, found.user.id, {
      send: async () => {
        const delivery = await parts.deliveries.deliver('slash_commands', payload);
        if (!delivery.acked) detail = failure(name, delivery.error);
        return delivery;
      },
      afterAck: (ack) => showAck(parts, found, ack),
    });
    return { ...outcome, ...(detail !== undefined && { detail }) };
  },
);

/** `GET /_lab/commands`: what the composer suggests. */
export const commands: ControlRoute = {
  run: (parts) => ({ ok: true, commands: parts.options.commandHints }),
};

function unknownCommand(name: string): string {
  return (
    `${name} is not a valid command. In Slack, all messages that start with the “/” character are interpreted as commands.\n\n` +
    'If you are trying to send a message and not run a command, try preceding the “/” with an empty space.'
  );
}

function failure(name: string, error: DeliveryError): string {
  return error === 'operation_timeout'
    ? `${name} failed because the app did not respond. Please try again or contact the app developer.`
    : `${name} failed with the error "${error}"`;
}

function showAck(
  parts: Parts,
  found: { user: LabUser; channel: LabChannel },
  ack: Fields,
): string | undefined {
  // Nothing to show, or only where it would be shown.
  if (Object.keys(ack).every((name) => name === 'response_type')) return undefined;
  try {
    respond(parts, { user: found.user.id, channel: found.channel.id }, ack);
    return undefined;
  } catch (error) {
    if (error instanceof ApiError) return error.code;
    throw error;
  }
}
