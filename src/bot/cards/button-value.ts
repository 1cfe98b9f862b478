import { z } from 'zod';
import { canonicalText } from '../../core/canonical';
import { planDigests } from '../../core/request/fingerprint';
import type { RequestRecord } from '../../core/request/record';

/** What a button carries: request, plan, fingerprint. No names and no values, since any app in the channel can read it. */
const ButtonValue = z.strictObject({
  r: z.string().regex(/^[0-9a-f]{32}$/),
  p: z.int().nonnegative(),
  f: z.string().regex(/^(?:[0-9a-f]{64})?$/),
});

/** The plan that a button is about; number 0 and an empty fingerprint as long as there is none. */
export interface ButtonAbout {
  readonly id: string;
  readonly plan: number;
  readonly fingerprint: string;
}

/** What the buttons of a card are about. The fingerprint is recomputed from the plan that the card shows, never copied. */
export function aboutCard(record: RequestRecord): ButtonAbout {
  const { plan } = record;
  const fingerprint = plan ? planDigests(record.intake.statement, plan).fingerprint : '';
  return { id: record.id, plan: plan?.number ?? 0, fingerprint };
}

/** The canonical text that a button or form carries. */
export function writeButton({ id, plan, fingerprint }: ButtonAbout): string {
  return canonicalText({ r: id, p: plan, f: fingerprint });
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
