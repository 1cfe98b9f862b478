import { z } from 'zod';

const ChannelId = z.string().regex(/^[CG][A-Z0-9]{2,20}$/, 'a Slack channel id such as C012AB3CD');
const Seconds = z.number().int().positive();

/** Where Handover speaks by itself. */
export const Channels = z.strictObject({
  /** Where cards stand that cannot stand where they were asked for. */
  approvals: ChannelId,
  /** What somebody has to look at although nobody asked for it there: stuck and failed requests. Absent: `approvals`. */
  notices: ChannelId.optional(),
});
export type Channels = z.infer<typeof Channels>;

/** When those who have not decided are told again. */
export const Reminders = z.strictObject({
  /** After this they are reminded, then each time after twice as long, in seconds. */
  firstSeconds: Seconds.default(900),
  /** After this the people on call are called, once, in seconds. */
  escalateSeconds: Seconds.default(3_600),
  /** After this a broken glass that nobody has reviewed is told again in `notices`, then each time after twice as long, in seconds. */
  reviewSeconds: Seconds.default(86_400),
});
export type Reminders = z.infer<typeof Reminders>;

/** Whether the bot keeps to Slack's rate limits by itself; `off` only where nothing limits: on a stand-in. */
export const PaceSetting = z.enum(['slack', 'off']);

const Loopback = /^http:\/\/(?:127(?:\.\d{1,3}){3}|\[::1\])(?::\d+)?(?:\/|$)/;

/** Where state changes are told as signed JSON, for change management and pagers. `secretFile` holds what they are signed with. */
export const Webhook = z.strictObject({
  url: z.url().refine((url) => url.startsWith('https://') || Loopback.test(url), 'an https address'),
  secretFile: z.string(),
});
