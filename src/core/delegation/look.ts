import { digest } from '../canonical';
import { describeAlteration, readPart } from './decided-part';
import type { ChangeAsk } from '../commands/ask';
import { planChange } from './derive';
import { describeOvertaken } from './overtaken';
import { clipped } from './listing';
import type { ComputerObject } from './observation';
import { changedObject, observedObjects } from './observed';
import type { PlanInput } from './pairs';
import type { DirectoryChange, DirectoryPart, Planned } from './plan';
import { isSameSet, isSameText, minusValues, unionValues } from './values';

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
 * there and nothing of `remove`, else against `before`.
 */
export function difference(
  change: BeforeAfter & Pick<DirectoryChange, 'add' | 'remove'>,
  values: readonly string[],
): { readonly gone: readonly string[]; readonly extra: readonly string[] } {
  const isCarriedOut =
    minusValues(change.add, values).length === 0 &&
    minusValues(change.remove, values).length === change.remove.length;
  const expected = isCarriedOut ? change.after : change.before;
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
export function deriveAgain(input: PlanInput<ChangeAsk>, decidedPart: unknown): Rederived {
  const decided = readPart(decidedPart);
  if (!decided) return { kind: 'altered', sentence: 'The approved plan has a form that no plan has.' };
  const earlier = beforeOurWrite(input, decided);
  const fresh = planChange(earlier);
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

function describeChanges(
  earlier: PlanInput<ChangeAsk>,
  decided: DirectoryPart,
  fresh: Planned,
): string | null {
  const refusals = fresh.verdicts.filter(({ verdict }) => verdict === 'refuse');
  const part = fresh.kind === 'refused' ? null : fresh.part;
  const sentences = decided.changes.flatMap((change) => {
    const source = changedObject(earlier, change);
    const isStray = source !== null && lookAt(change, source.allowedToDelegateTo) === 'stale';
    const stray = isStray ? difference(change, source.allowedToDelegateTo) : null;
    return describeOvertaken({ change, source, stray, part });
  });
  const all = [...new Set([...sentences, ...refusals.map(({ sentence }) => sentence)])];
  return all.length === 0 ? null : all.join(' ');
}

/**
 * The observation as it was before our writes. What the plan adds is taken away from what is there now and what it removes
 * is put back, rather than the decided `before` put in its place: whatever else is derived comes from the directory. A
 * value that only a forged plan removes leads to no write: the object looks as after it already.
 */
function beforeOurWrite(input: PlanInput<ChangeAsk>, decided: DirectoryPart): PlanInput<ChangeAsk> {
  const written = decided.changes.filter((change) => {
    const object = observedObjects(input).find(({ guid }) => isSameText(guid, change.guid));
    return object !== undefined && lookAt(change, object.allowedToDelegateTo) === 'after';
  });
  if (written.length === 0) return input;
  const undone = (object: ComputerObject): ComputerObject => {
    const change = written.find(({ guid }) => isSameText(guid, object.guid));
    if (!change) return object;
    const kept = minusValues(object.allowedToDelegateTo, change.add);
    return { ...object, allowedToDelegateTo: unionValues(kept, change.remove) };
  };
  const { hosts, all } = input.observation;
  const observation = {
    ...input.observation,
    hosts: hosts.map((host) => ({ ...host, found: host.found.map(undone) })),
    all: all.map(undone),
  };
  return { ...input, observation };
}
