import { z } from 'zod';
import type { Fields } from '../fields';
import type { Parts } from '../parts';
import type { LabChannel, LabUser } from '../workspace';

/** A control route: `body` checks what a POST brings, `run` does it. */
export interface ControlRoute {
  run(parts: Parts, input: { body: unknown; query: URLSearchParams }): Promise<Fields> | Fields;
}

/** A POST route whose body is checked by a schema; a body that does not fit is refused with `invalid_arguments`. */
export function postRoute<T>(
  schema: z.ZodType<T>,
  run: (parts: Parts, body: T) => Promise<Fields> | Fields,
): ControlRoute {
  return {
    run: (parts, { body }) => {
      const parsed = schema.safeParse(body);
      if (parsed.success) return run(parts, parsed.data);
      return { ok: false, error: 'invalid_arguments', detail: z.prettifyError(parsed.error) };
    },
  };
}

/** Both, or Slack-like words for what is missing. */
export function whoAndWhere(
  parts: Parts,
  given: { user: string; channel: string },
): { user: LabUser; channel: LabChannel } | 'user_not_found' | 'channel_not_found' | 'not_in_channel' {
  const user = parts.workspace.user(given.user);
  if (!user) return 'user_not_found';
  const channel = parts.workspace.channel(given.channel, user);
  if (!channel) return 'channel_not_found';
  return parts.workspace.isMember(channel, user.id) ? { user, channel } : 'not_in_channel';
}
