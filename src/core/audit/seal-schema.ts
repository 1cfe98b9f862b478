import { z } from 'zod';
import type { SignedSeal } from './seal';

const Digest = z.string().regex(/^[0-9a-f]{64}$/);
const Count = z.int().nonnegative();
const Text = z.string().max(200);

/** A signed seal as read from the ledger or a mirror. */
const SignedSealSchema: z.ZodType<SignedSeal> = z.strictObject({
  seal: z.strictObject({
    kind: z.literal('seal'),
    number: Count,
    previous: Digest,
    after: Text,
    to: Text,
    count: Count,
    total: Count,
    records: Digest,
    marks: z.string().regex(/^[0-9a-f]*$/),
    ends: z.array(z.strictObject({ chain: Text, label: Text, seq: Count, head: Text })),
    at: z.int(),
  }),
  keyId: Text,
  signature: Text,
});

/** A signed seal from its text, or null when it is none. */
export function readSealText(text: string): SignedSeal | null {
  try {
    return SignedSealSchema.parse(JSON.parse(text));
  } catch {
    return null;
  }
}
