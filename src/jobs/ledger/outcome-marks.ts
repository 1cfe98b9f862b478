import type { RequestRecord, StepOutcome } from '../../core/request/record';
import { originKey } from '../../core/survey/landscape';
import { foldCase } from '../../core/delegation/values';

/**
 * What the outcomes that a transition records tell of values (by `originKey`) and objects. They are indexed by the same commit, so that
 * an outcome and its marks stand together or not at all.
 */
export interface OutcomeMarks {
  /** Values whose origin is this request, which claims them too. */
  readonly origins: readonly string[];
  /** Values that this request claims beside those. They were there before: their origin stays. */
  readonly kept: readonly string[];
  /** Values that have neither origin nor claims any more: who puts one back is somebody else. */
  readonly removed: readonly string[];
  /** Objects that this request itself wrote, by folded GUID. */
  readonly writes: readonly { readonly guid: string; readonly server: string }[];
}

/** The marks of the outcomes that `next` has and `seen` has not. An object has a step for each of its attributes. */
export function outcomeMarks(seen: RequestRecord, next: RequestRecord): OutcomeMarks {
  const known = new Set(seen.steps.filter(({ outcome }) => outcome).map(stepKey));
  const found = next.steps.flatMap(({ outcome, ...step }) =>
    outcome && !known.has(stepKey(step)) ? [{ ...step, outcome }] : [],
  );
  const keys = (list: 'added' | 'kept' | 'removed'): readonly string[] =>
    found.flatMap(({ guid, outcome }) => outcome[list].map((value) => originKey(guid, value)));
  const writes = found
    .filter(({ outcome }) => isWrite(outcome))
    .map(({ guid, outcome }) => ({ guid: foldCase(guid), server: outcome.server }));
  return {
    origins: keys('added'),
    kept: keys('kept'),
    removed: keys('removed'),
    writes,
  };
}

/** By hand is nobody's write of ours; what was so already is nobody's at all. */
function isWrite({ kind, added, removed, trusted }: StepOutcome): boolean {
  // A step that was overtaken may have been written before that.
  return kind !== 'by-hand' && (added.length + removed.length > 0 || trusted);
}

function stepKey({ guid, attribute }: { guid: string; attribute: string }): string {
  return `${attribute} ${guid}`;
}
