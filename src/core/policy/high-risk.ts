import { z } from 'zod';
import type { DirectoryPart } from '../delegation/plan';
import { powersOf } from '../delegation/powers';
import { foldCase } from '../delegation/values';

/** What is approved only by who types the name of a host. A trust mode always is. */
export const HighRisk = z.strictObject({
  /** More pairs of hosts than this, of one that gains power and one that it gains it over. */
  pairs: z.number().int().positive().optional(),
});

/** More than this where nothing is said: a mesh of eight hosts has 56. */
const PAIRS = 50;

/** What makes a plan a high risk, as one sentence; null: nothing does. Taking power away never is one. */
export function highRiskOf(
  { highRisk }: { readonly highRisk?: z.infer<typeof HighRisk> | undefined },
  part: DirectoryPart,
): string | null {
  if (part.changes.some(({ kind }) => kind === 'trust-mode')) {
    return 'A trust mode is set: it holds for everything in the list of the host, whoever the user is.';
  }
  const pairs = part.changes.some(({ kind }) => kind === 'delegation-add') ? powersOf(part).length : 0;
  return pairs > (highRisk?.pairs ?? PAIRS) ? `${pairs} pairs of hosts gain power at once.` : null;
}

/** Whether a typed text is the name of a host that a plan changes. */
export function namesChangedHost(part: DirectoryPart, typed: string): boolean {
  const name = foldCase(typed.trim().replace(/\$$/, ''));
  return part.changes.some((change) => foldCase(change.name) === name);
}
