import { z } from 'zod';
import { postRoute, whoAndWhere } from './route';

/** `POST /_lab/read`: the person has seen this channel up to this message. */
export const read = postRoute(
  z.object({ user: z.string(), channel: z.string(), ts: z.string().regex(/^\d{10}\.\d{6}$/) }),
  (parts, body) => {
    const found = whoAndWhere(parts, body);
    if (typeof found === 'string') return { ok: false, error: found };
    parts.readMarks.set(found.user.id, found.channel.id, body.ts);
    parts.changes.record({ what: 'read', user: found.user.id });
    return { ok: true };
  },
);

/** `POST /_lab/rates`: calls are limited as at Slack from now on, or not at all. */
export const rates = postRoute(z.object({ mode: z.enum(['slack', 'off']) }), (parts, { mode }) => {
  parts.rates.forget();
  parts.rates.mode = mode;
  return { ok: true, mode };
});

/**
 * `POST /_lab/reset`: forgets everything that was said, shown, ordered and handed out. People, channels and
 * connections stay.
 */
export const reset = postRoute(z.object({}), (parts) => {
  parts.deliveries.forget();
  for (const part of [
    parts.messages,
    parts.views,
    parts.triggers,
    parts.responseUrls,
    parts.readMarks,
    parts.uploads,
    parts.rates,
    parts.traffic,
  ])
    part.forget();
  parts.faults.clear();
  parts.changes.forget();
  return { ok: true };
});
