import { z } from 'zod';
import type { DirectoryPart } from './plan';

/** Longer than any value, name or DN that a directory holds. */
const Text = z.string().max(20_000);
const Values = z.array(Text);

const object = { guid: Text, dn: Text, name: Text, by: z.enum(['worker', 'hand']) };

const ListChange = z.strictObject({
  ...object,
  kind: z.enum(['delegation-add', 'delegation-remove']),
  attribute: z.literal('msDS-AllowedToDelegateTo'),
  before: Values,
  add: Values,
  keep: Values,
  remove: Values,
  trust: z.enum(['any-protocol', 'kerberos-only']),
});

/** userAccountControl, unsigned. */
const Control = z.number().int().nonnegative().max(0xffff_ffff);

const TrustChange = z.strictObject({
  ...object,
  kind: z.literal('trust-mode'),
  attribute: z.literal('userAccountControl'),
  before: Control,
  after: Control,
});

/** The exact form of a directory part: whoever writes Redis may have put anything there. */
export const DirectoryPartSchema: z.ZodType<DirectoryPart> = z.strictObject({
  changes: z.array(z.discriminatedUnion('attribute', [ListChange, TrustChange])),
  destinations: z.array(
    z.strictObject({
      guid: Text,
      name: Text,
      spns: z.array(z.strictObject({ spn: Text, through: z.enum(['explicit', 'host']) })),
    }),
  ),
  forMs: z.number().int().positive().nullable(),
});
