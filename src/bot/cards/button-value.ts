import { z } from 'zod';
import { canonicalText } from '../../core/canonical';
import type { RequestRecord } from '../../core/request/record';

/** What a button carries: which plan of which request it is about. Ids and a fingerprint, no names and no values. */
const ButtonValue = z.strictObject({
  r: z.string().regex(/^[0-9a-f]{32}$/),
  p: z.number().int().nonnegative(),
  f: z.string().regex(/^[0-9a-f]{64}$|^$/),
});

/** The plan that a button is about. */
export interface ButtonAbout {
  readonly id: string;
  readonly plan: number;
  readonly fingerprint: string;
}

/** The value of the buttons on a request's card. The fingerprint is of the plan as it was rendered. */
export function writeButton(record: RequestRecord, fingerprint: string): string {
  return canonicalText({ r: record.id, p: record.plan?.number ?? 0, f: fingerprint });
}

/** What a button is about, or null when its value is none of ours. */
export function readButton(value: string | undefined): ButtonAbout | null {
  try {
    const { r, p, f } = ButtonValue.parse(JSON.parse(value ?? ''));
    return { id: r, plan: p, fingerprint: f };
  } catch {
    return null;
  }
}
