import type { RequestRecord } from '../../core/request/record';
import { originKey } from '../../core/survey/landscape';

/**
 * Keys of the values that this transition records as added or as removed by the request. They are indexed by the same commit, so that
 * an outcome and the origin of its values stand together or not at all. A value that we removed has no origin any more: who puts it
 * back is somebody else.
 */
export function newOrigins(
  seen: RequestRecord,
  next: RequestRecord,
): { readonly added: readonly string[]; readonly removed: readonly string[] } {
  const known = new Set(seen.steps.filter(({ outcome }) => outcome).map(({ guid }) => guid));
  const steps = next.steps.filter(({ guid }) => !known.has(guid));
  const keys = (of: 'added' | 'removed'): readonly string[] =>
    steps.flatMap(({ guid, outcome }) => (outcome?.[of] ?? []).map((value) => originKey(guid, value)));
  return { added: keys('added'), removed: keys('removed') };
}
