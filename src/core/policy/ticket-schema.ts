import { z } from 'zod';
import { KINDS } from './kinds';

/** Where a ticket's name goes in a link. */
export const TICKET_PLACE = '{ticket}';

/** Which tickets there are, where they are looked at, and what needs one. */
export const Tickets = z.strictObject({
  /** What a whole ticket looks like, as a regular expression of JavaScript: `CHG\d{4,}`. */
  pattern: z.string().min(1).refine(isExpression, 'a regular expression such as CHG[0-9]{4,}').optional(),
  /** A ticket's address, with `{ticket}` in place of its name. */
  link: z
    .string()
    .refine(
      (text) => text.startsWith('https://') && text.includes(TICKET_PLACE) && URL.canParse(text),
      'an https address with {ticket} in it',
    )
    .optional(),
  /** Kinds of change that nobody may ask for without a ticket. */
  requiredFor: z.array(z.enum(KINDS)).optional(),
});
export type Tickets = z.infer<typeof Tickets>;

function isExpression(text: string): boolean {
  try {
    return new RegExp(`^(?:${text})$`).source !== '';
  } catch {
    return false;
  }
}
