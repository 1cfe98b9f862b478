import { listed } from './listing';
import type { ComputerObject } from './observation';
import type { DirectoryChange, DirectoryPart, SpnOwner } from './plan';
import { hasBit } from './account-control';
import { isSameList, isSameText, minusValues, sortValues } from './values';

/** A decided change and what fresh facts say; `source` and `part` are null when the facts give none. */
export interface Comparison {
  readonly change: DirectoryChange;
  readonly source: ComputerObject | null;
  /** What makes the object's values neither before nor after; null when they are one of both. */
  readonly stray: { readonly gone: readonly string[]; readonly extra: readonly string[] } | null;
  readonly part: DirectoryPart | null;
}

/** Which facts about one change have changed since it was decided, in sentences for people; empty when none has. */
export function describeOvertaken(comparison: Comparison): readonly string[] {
  return [...aboutSource(comparison), ...aboutDestinations(comparison)];
}

function aboutSource({ change, source, stray }: Comparison): readonly string[] {
  if (!source) return [];
  const { name } = change;
  if (!isSameText(source.guid, change.guid)) return [`${source.name} was deleted and created again ${SINCE}`];
  const isAnyProtocol = hasBit(source.userAccountControl, 'anyProtocol');
  const isRespelled = !stray && !isSameList(sortValues(source.allowedToDelegateTo), change.before);
  return [
    source.dn !== change.dn ? `${name} was moved from ${change.dn} to ${source.dn} ${SINCE}` : null,
    source.name !== name ? `${name} was renamed to ${source.name} ${SINCE}` : null,
    stray && stray.extra.length > 0
      ? `${listed(stray.extra)} ${was(stray.extra)} added to ${name} ${SINCE}`
      : null,
    stray && stray.gone.length > 0
      ? `${listed(stray.gone)} ${was(stray.gone)} removed from ${name} ${SINCE}`
      : null,
    isRespelled ? `Values of ${name} were written in another spelling ${SINCE}` : null,
    isAnyProtocol !== (change.trust === 'any-protocol')
      ? `“Use any authentication protocol” was switched ${isAnyProtocol ? 'on' : 'off'} for ${name} ${SINCE}`
      : null,
  ].filter((sentence) => sentence !== null);
}

function aboutDestinations({ change, source, part }: Comparison): readonly string[] {
  const fresh = part?.changes.find(({ guid }) => source !== null && isSameText(guid, source.guid));
  const powers = part?.powers.filter((power) => power.source === fresh?.name) ?? [];
  if (!fresh || fresh.kind !== 'delegation-add') return [];
  const isOnly = powers.length === 1;
  return powers.flatMap(({ destination }) => {
    const owners = fresh.owners.filter(({ name }) => isOnly || name === destination);
    const earlier = change.owners.filter((owner) => isOnly || owners.some((other) => isOneOf(owner, other)));
    return aboutDestination({ destination, owners, earlier, change, fresh });
  });
}

function isOneOf(owner: SpnOwner, other: SpnOwner): boolean {
  return isSameText(owner.guid, other.guid) || owner.name === other.name || isSameText(owner.spn, other.spn);
}

interface DestinationThenAndNow {
  readonly destination: string;
  readonly owners: readonly SpnOwner[];
  readonly earlier: readonly SpnOwner[];
  readonly change: DirectoryChange;
  readonly fresh: DirectoryChange;
}

function aboutDestination(facts: DestinationThenAndNow): readonly string[] {
  const { destination, owners, earlier, change, fresh } = facts;
  const [owner] = owners;
  const [decided] = earlier;
  if (owner && decided && !isSameText(owner.guid, decided.guid)) {
    return [`${destination} was deleted and created again ${SINCE}`];
  }
  const theirs = earlier.map(({ spn }) => spn);
  const former = minusValues(theirs, [...fresh.add, ...fresh.before]);
  return [
    owner && decided && owner.name !== decided.name
      ? `${decided.name} was renamed to ${owner.name} ${SINCE}`
      : null,
    former.length > 0 ? `${destination} got another dNSHostName ${SINCE}` : null,
    ...owners.map((each) => aboutOwner(each, change.owners)),
  ].filter((sentence) => sentence !== null);
}

function aboutOwner(fresh: SpnOwner, decided: readonly SpnOwner[]): string | null {
  const then = decided.find(({ spn }) => isSameText(spn, fresh.spn));
  if (!then || then.through === fresh.through) return null;
  return fresh.through === 'explicit'
    ? `${fresh.spn} was registered on ${fresh.name} by its own text ${SINCE}`
    : `${fresh.spn} was removed from ${fresh.name} ${SINCE} Only HOST stands for it now.`;
}

const SINCE = 'since the plan was made.';

function was(values: readonly string[]): string {
  return values.length === 1 ? 'was' : 'were';
}
