import { z } from 'zod';
import { canonicalText } from '../../core/canonical';
import { once } from '../../core/once';
import { planDigests } from '../../core/request/fingerprint';
import type { RequestRecord } from '../../core/request/record';

/** What a button carries: request, plan, fingerprint, and a round where it is about one. No names and no values, since any app in the channel can read it. */
const ButtonValue = z.strictObject({
  r: z.string().regex(/^[0-9a-f]{32}$/),
  p: z.int().nonnegative(),
  f: z.string().regex(/^(?:[0-9a-f]{64})?$/),
  o: z.int().nonnegative().exactOptional(),
});

/** The plan that a button is about; number 0 and an empty fingerprint as long as there is none. */
export interface ButtonAbout {
  readonly id: string;
  readonly plan: number;
  readonly fingerprint: string;
  /** The round that it is about; absent: it is about all of it. */
  readonly round?: number;
}

/**
 * What the buttons of a card are about. The fingerprint is recomputed from the plan that the card shows, never copied; once for each
 * record that was read, since each part of a card asks for it.
 */
export const aboutCard = once(({ id, plan, intake }: RequestRecord): ButtonAbout => {
  const fingerprint = plan ? planDigests(intake.statement, plan).fingerprint : '';
  return { id, plan: plan?.number ?? 0, fingerprint };
});

/** The canonical text that a button or form carries. */
export function writeButton({ id, plan, fingerprint, round }: ButtonAbout): string {
  return canonicalText({ r: id, p: plan, f: fingerprint, ...(round !== undefined && { o: round }) });
}

/** What a button is about, or null when its value is none of ours. */
export function readButton(value: string | undefined): ButtonAbout | null {
  try {
    const { r, p, f, o } = ButtonValue.parse(JSON.parse(value ?? ''));
    return { id: r, plan: p, fingerprint: f, ...(o !== undefined && { round: o }) };
  } catch {
    return null;
  }
}
