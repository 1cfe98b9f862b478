import type { RequestRecord } from '../../core/request/record';
import { originKey } from '../../core/survey/landscape';

/**
 * Keys of the values that this transition records as added by the request. They are indexed by the same commit, so that an outcome and
 * the origin of its values stand together or not at all.
 */
export function newlyAdded(seen: RequestRecord, next: RequestRecord): readonly string[] {
  const known = new Set(seen.steps.filter(({ outcome }) => outcome).map(({ guid }) => guid));
  return next.steps
    .filter(({ guid }) => !known.has(guid))
    .flatMap(({ guid, outcome }) => (outcome?.added ?? []).map((value) => originKey(guid, value)));
}
