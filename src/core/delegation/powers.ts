import type { Destination, DirectoryPart, ListChange, Power } from './plan';
import { hostLabelOf } from './spn';
import { foldCase, minusValues, unionValues } from './values';

/** The list after a change. */
export function afterOf({
  before,
  add,
  remove,
}: Pick<ListChange, 'before' | 'add' | 'remove'>): readonly string[] {
  return minusValues(unionValues(before, add), remove);
}

/** The changes of lists in a part. */
export function listChanges({ changes }: Pick<DirectoryPart, 'changes'>): readonly ListChange[] {
  return changes.filter((change) => change.attribute === 'msDS-AllowedToDelegateTo');
}

const known = new WeakMap<DirectoryPart, readonly Power[]>();

/**
 * Who gains, keeps or loses power over whom, each pair once, in the order of the changes: of additions by the owners of
 * their SPNs, of removals by the host that the value names. Parts are never changed, so the answer is remembered.
 */
export function powersOf(part: DirectoryPart): readonly Power[] {
  const powers = known.get(part) ?? findPowers(part);
  known.set(part, powers);
  return powers;
}

function findPowers(part: DirectoryPart): readonly Power[] {
  const owners = new Map(
    part.destinations.flatMap(({ name, spns }) => spns.map(({ spn }) => [foldCase(spn), name] as const)),
  );
  return listChanges(part).flatMap(({ name: source, add, keep, remove }) => {
    const gained = [...add, ...keep].flatMap((value) => owners.get(foldCase(value)) ?? []);
    const lost = remove.map((value) => hostLabelOf(value));
    return [...new Set([...gained, ...lost])].map((destination) => ({ source, destination }));
  });
}

/** Which object owns one SPN that a change adds. */
export interface SpnOwner {
  readonly spn: string;
  readonly guid: string;
  readonly name: string;
  readonly through: Destination['spns'][number]['through'];
}

/** The owners of what a change adds, in the order of its values. */
export function ownersOf(
  { destinations }: Pick<DirectoryPart, 'destinations'>,
  { add }: Pick<ListChange, 'add'>,
): readonly SpnOwner[] {
  const owners = new Map(
    destinations.flatMap(({ guid, name, spns }) =>
      spns.map(({ spn, through }) => [foldCase(spn), { spn, guid, name, through }] as const),
    ),
  );
  return add.flatMap((value) => owners.get(foldCase(value)) ?? []);
}
