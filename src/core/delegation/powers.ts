import type { Destination, DirectoryPart, ListChange, Power } from './plan';
import { once } from '../once';
import { hostLabelOf } from './spn';
import { foldCase, minusValues, unionValues } from './values';

type Wish = Pick<ListChange, 'before' | 'add' | 'remove'>;

/** The list after a change. Changes are never changed themselves, so the answer is remembered. */
export function afterOf(change: Wish): readonly string[] {
  return knownAfter(change);
}

const knownAfter = once(({ before, add, remove }: Wish) => minusValues(unionValues(before, add), remove));

/** The changes of lists in a part. */
export function listChanges({ changes }: Pick<DirectoryPart, 'changes'>): readonly ListChange[] {
  return changes.filter((change) => change.attribute === 'msDS-AllowedToDelegateTo');
}

/**
 * Who gains, keeps or loses power over whom, each pair once, in the order of the changes: of additions by the owners of
 * their SPNs, of removals by the host that the value names. Parts are never changed, so the answer is remembered.
 */
export function powersOf(part: DirectoryPart): readonly Power[] {
  return knownPowers(part);
}

const knownPowers = once(findPowers);

function findPowers(part: DirectoryPart): readonly Power[] {
  const owners = ownersBySpn(part.destinations);
  return listChanges(part).flatMap(({ name: source, add, keep, remove }) => {
    const gained = [...add, ...keep].flatMap((value) => owners.get(foldCase(value))?.name ?? []);
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
  const owners = ownersBySpn(destinations);
  return add.flatMap((value) => owners.get(foldCase(value)) ?? []);
}

const ownersBySpn = once((destinations: readonly Destination[]): ReadonlyMap<string, SpnOwner> => {
  const owners = destinations.flatMap(({ guid, name, spns }) =>
    spns.map(({ spn, through }) => ({ spn, guid, name, through })),
  );
  return new Map(owners.map((owner) => [foldCase(owner.spn), owner]));
});
