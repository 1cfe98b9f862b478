import { digest } from '../canonical';
import { describeAlteration, readPart } from './decided-part';
import { planDelegation, type Planned } from './derive';
import { foundObject, type GuardInput } from './guards/guard';
import { describeOvertaken } from './overtaken';
import { clipped } from './listing';
import type { DirectoryChange, DirectoryPart } from './plan';
import { isSameSet, minusValues } from './values';

/** What a fresh look at an object shows, compared with a plan. */
export type Seen = 'before' | 'after' | 'stale';

type BeforeAfter = Pick<DirectoryChange, 'before' | 'after'>;

/**
 * Compares an object's values with a change, as sets and without regard to case. Null (the object is gone) and everything
 * that is neither is stale. A change that changes nothing is `after`, so that it is never carried out.
 */
export function lookAt(change: BeforeAfter, values: readonly string[] | null): Seen {
  if (values === null) return 'stale';
  if (isSameSet(values, change.after)) return 'after';
  return isSameSet(values, change.before) ? 'before' : 'stale';
}

/**
 * What makes the values stale: `gone` was expected, `extra` was not. They are held against `after` when all of `add` is
 * there, else against `before`.
 */
export function difference(
  change: BeforeAfter & Pick<DirectoryChange, 'add'>,
  values: readonly string[],
): { readonly gone: readonly string[]; readonly extra: readonly string[] } {
  const expected = minusValues(change.add, values).length === 0 ? change.after : change.before;
  return { gone: minusValues(expected, values), extra: minusValues(values, expected) };
}

/**
 * What deriving a decided part again comes to. `same`: the part, made from the fresh facts, has the decided one's digest.
 * `stale`: the facts have changed since. `altered`: no facts of this ask give such a part, so somebody has edited it.
 */
export type Rederived =
  | { readonly kind: 'same'; readonly part: DirectoryPart }
  | { readonly kind: 'stale'; readonly sentence: string }
  | { readonly kind: 'altered'; readonly sentence: string };

/**
 * Derives the directory part again from the signed intake's ask and a fresh observation and holds it against the decided
 * one, which may have been edited in any way. An object that already is as the plan wants it counts as it was before, so
 * that work can go on after our own write. Never throws because of what the decided part contains.
 */
export function deriveAgain(input: GuardInput, decidedPart: unknown): Rederived {
  const decided = readPart(decidedPart);
  if (!decided) return { kind: 'altered', sentence: 'The approved plan has a form that no plan has.' };
  const earlier = beforeOurWrite(input, decided);
  const fresh = planDelegation(earlier);
  // Nothing to do is never `same`: a part without changes is never approved, so somebody has emptied it.
  if (fresh.kind === 'plan' && digest(fresh.part) === digest(decided)) {
    return { kind: 'same', part: fresh.part };
  }
  const alteration = describeAlteration(input, decided);
  if (alteration !== null) return { kind: 'altered', sentence: clipped(alteration) };
  const overtaken = describeChanges(earlier, decided, fresh);
  return overtaken === null
    ? { kind: 'altered', sentence: 'The approved plan is not the one that this request leads to.' }
    : { kind: 'stale', sentence: clipped(overtaken) };
}

function describeChanges(earlier: GuardInput, decided: DirectoryPart, fresh: Planned): string | null {
  const [change] = decided.changes;
  if (!change) return null;
  const source = foundObject(earlier, 'source');
  const isStray = source !== null && lookAt(change, source.allowedToDelegateTo) === 'stale';
  return describeOvertaken({
    change,
    source,
    stray: isStray ? difference(change, source.allowedToDelegateTo) : null,
    verdicts: fresh.verdicts,
    part: fresh.kind === 'refused' ? null : fresh.part,
  });
}

/**
 * The observation as it was before our write. What the plan adds is taken away from what is there now, rather than the
 * decided `before` put in its place: so every value that is derived comes from the directory.
 */
function beforeOurWrite(input: GuardInput, decided: DirectoryPart): GuardInput {
  const source = foundObject(input, 'source');
  const [change] = decided.changes;
  if (!source || !change || lookAt(change, source.allowedToDelegateTo) !== 'after') return input;
  const allowedToDelegateTo = minusValues(source.allowedToDelegateTo, change.add);
  return { ...input, observation: { ...input.observation, source: [{ ...source, allowedToDelegateTo }] } };
}
