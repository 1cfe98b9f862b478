import type { DirectoryAsk } from '../commands/ask';
import { ACCOUNT_BITS, hasBit } from './account-control';
import { describeAlteration, readPart } from './decided-part';
import { clipped } from './listing';
import type { ComputerObject } from './observation';
import { changedObject, observedObjects } from './observed';
import { describeOvertaken } from './overtaken';
import type { PlanInput } from './pairs';
import { describeParticipants } from './participants';
import { partDigest } from './part-digest';
import type { DirectoryChange, DirectoryPart, ListChange, Planned } from './plan';
import { planChange } from './plan-change';
import { afterOf } from './powers';
import { isSameSet, isSameText, minusValues, unionValues } from './values';

/** What a fresh look at an object shows, compared with a plan. */
export type Seen = 'before' | 'after' | 'stale';

type ListWish = Pick<ListChange, 'attribute' | 'before' | 'add' | 'remove'>;
type Wish = ListWish | Pick<DirectoryChange & { kind: 'trust-mode' }, 'attribute' | 'before' | 'after'>;
type Values = Pick<ComputerObject, 'allowedToDelegateTo' | 'userAccountControl'>;

/**
 * Compares an object with a change: its list as a set and without regard to case, or its userAccountControl. Null (the object
 * is gone) and everything that is neither is stale. A list change that writes nothing is `after`. A trust mode counts as set
 * by its bit alone, unless the object is unconstrained: other bits are not the plan's.
 */
export function lookAt(change: Wish, object: Values | null): Seen {
  if (object === null) return 'stale';
  if (change.attribute === 'userAccountControl') {
    const { userAccountControl: control } = object;
    if (hasBit(control, 'unconstrained')) return 'stale';
    if (hasBit(control, 'anyProtocol')) return 'after';
    return control === change.before ? 'before' : 'stale';
  }
  const values = object.allowedToDelegateTo;
  if (isSameSet(values, afterOf(change))) return 'after';
  return isSameSet(values, change.before) ? 'before' : 'stale';
}

/**
 * What makes the values stale: `gone` was expected, `extra` was not. They are held against what is after when all of `add` is
 * there and nothing of `remove`, else against `before`.
 */
export function difference(
  change: ListWish,
  values: readonly string[],
): { readonly gone: readonly string[]; readonly extra: readonly string[] } {
  const isCarriedOut =
    minusValues(change.add, values).length === 0 &&
    minusValues(change.remove, values).length === change.remove.length;
  const expected = isCarriedOut ? afterOf(change) : change.before;
  return { gone: minusValues(expected, values), extra: minusValues(values, expected) };
}

/** What a person's step has come to so far; `missing`: what is still to be done. */
export type SeenByHand =
  | { readonly kind: 'before' | 'after' | 'stale' }
  | { readonly kind: 'partly'; readonly missing: readonly string[] };

/** Looks at a change that a person carries out: some of the values may be done already. */
export function lookByHand(change: DirectoryChange, object: Values | null): SeenByHand {
  const seen = lookAt(change, object);
  if (seen !== 'stale' || object === null || change.attribute === 'userAccountControl') return { kind: seen };
  const values = object.allowedToDelegateTo;
  const after = afterOf(change);
  const isBetween =
    change.kind === 'delegation-add'
      ? isBetweenSets(change.before, values, after)
      : isBetweenSets(after, values, change.before);
  if (!isBetween) return { kind: 'stale' };
  const toRemove = change.remove.filter((value) => minusValues([value], values).length === 0);
  return { kind: 'partly', missing: [...minusValues(change.add, values), ...toRemove] };
}

function isBetweenSets(
  least: readonly string[],
  values: readonly string[],
  most: readonly string[],
): boolean {
  return minusValues(least, values).length === 0 && minusValues(values, most).length === 0;
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
export function deriveAgain(input: PlanInput<DirectoryAsk>, decidedPart: unknown): Rederived {
  const decided = readPart(decidedPart);
  if (!decided) return { kind: 'altered', sentence: 'The approved plan has a form that no plan has.' };
  const earlier = beforeOurWrite(input, decided);
  const fresh = planChange(earlier);
  // Nothing to do is never `same`: a part without changes is never approved, so somebody has emptied it.
  if (fresh.kind === 'plan' && partDigest(fresh.part) === partDigest(decided)) {
    return { kind: 'same', part: fresh.part };
  }
  const alteration = describeAlteration(input, decided);
  if (alteration !== null) return { kind: 'altered', sentence: clipped(alteration) };
  const part = fresh.kind === 'refused' ? null : fresh.part;
  const overtaken = describeChanges(earlier, decided, fresh) ?? describeParticipants(earlier, decided, part);
  return overtaken === null
    ? { kind: 'altered', sentence: 'The approved plan is not the one that this request leads to.' }
    : { kind: 'stale', sentence: clipped(overtaken) };
}

function describeChanges(
  earlier: PlanInput<DirectoryAsk>,
  decided: DirectoryPart,
  fresh: Planned,
): string | null {
  const refusals = fresh.verdicts.filter(({ verdict }) => verdict === 'refuse');
  const part = fresh.kind === 'refused' ? null : fresh.part;
  const sentences = decided.changes.flatMap((change) => {
    const source = changedObject(earlier, change);
    const isList = change.attribute === 'msDS-AllowedToDelegateTo';
    const isStray = source !== null && isList && lookAt(change, source) === 'stale';
    const stray = isStray ? difference(change, source.allowedToDelegateTo) : null;
    return describeOvertaken({ change, source, stray, decided, part });
  });
  const all = [...new Set([...sentences, ...refusals.map(({ sentence }) => sentence)])];
  return all.length === 0 ? null : all.join(' ');
}

/**
 * The observation as it was before our writes. What the plan adds is taken away from what is there now and what it removes
 * is put back, rather than the decided `before` put in its place: whatever else is derived comes from the directory. A
 * value that only a forged plan removes leads to no write: the object looks as after it already.
 */
function beforeOurWrite(input: PlanInput<DirectoryAsk>, decided: DirectoryPart): PlanInput<DirectoryAsk> {
  const objects = new Map(observedObjects(input).map((object) => [object.guid, object]));
  const written = new Map<string, DirectoryChange[]>();
  for (const change of decided.changes) {
    const object = objects.get(change.guid);
    if (!object || !isSameText(object.guid, change.guid) || lookAt(change, object) !== 'after') continue;
    written.set(change.guid, [...(written.get(change.guid) ?? []), change]);
  }
  if (written.size === 0) return input;
  const undone = (object: ComputerObject): ComputerObject =>
    (written.get(object.guid) ?? []).reduce(withoutChange, object);
  const { hosts, all, delegating } = input.observation;
  const observation = {
    ...input.observation,
    hosts: hosts.map((host) => ({ ...host, found: host.found.map(undone) })),
    all: all.map(undone),
    delegating: delegating.map(undone),
  };
  return { ...input, observation };
}

function withoutChange(object: ComputerObject, change: DirectoryChange): ComputerObject {
  if (change.attribute === 'userAccountControl') {
    return { ...object, userAccountControl: (object.userAccountControl & ~ACCOUNT_BITS.anyProtocol) >>> 0 };
  }
  const kept = minusValues(object.allowedToDelegateTo, change.add);
  return { ...object, allowedToDelegateTo: unionValues(kept, change.remove) };
}
