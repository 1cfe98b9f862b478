import { listed } from './listing';
import type { ComputerObject } from './observation';
import type { DirectoryChange, DirectoryPart, ListChange } from './plan';
import { hasBit } from './account-control';
import { ownersOf, powersOf, type SpnOwner } from './powers';
import { isSameList, isSameText, minusValues, sortValues } from './values';

/** A decided change and what fresh facts say; `source` and `part` are null when the facts give none. */
export interface Comparison {
  readonly change: DirectoryChange;
  readonly source: ComputerObject | null;
  /** What makes the object's values neither before nor after; null when they are one of both. */
  readonly stray: { readonly gone: readonly string[]; readonly extra: readonly string[] } | null;
  readonly decided: DirectoryPart;
  readonly part: DirectoryPart | null;
}

/** Which facts about one change have changed since it was decided, in sentences for people; empty when none has. */
export function describeOvertaken(comparison: Comparison): readonly string[] {
  return [...aboutSource(comparison), ...aboutDestinations(comparison)];
}

function aboutSource(comparison: Comparison): readonly string[] {
  const { change, source } = comparison;
  if (!source) return [];
  if (!isSameText(source.guid, change.guid)) return [`${source.name} was deleted and created again ${SINCE}`];
  return [...aboutPlace(change, source), ...aboutValues(comparison, source)];
}

function aboutPlace({ name, dn }: DirectoryChange, source: ComputerObject): readonly string[] {
  return [
    source.dn !== dn ? `${name} was moved from ${dn} to ${source.dn} ${SINCE}` : null,
    source.name !== name ? `${name} was renamed to ${source.name} ${SINCE}` : null,
  ].filter((sentence) => sentence !== null);
}

function aboutValues(comparison: Comparison, source: ComputerObject): readonly string[] {
  const { change, part } = comparison;
  const { name } = change;
  const settings = aboutSettings(comparison, source);
  if (change.attribute === 'msDS-AllowedToDelegateTo') {
    const fresh = part && sameChange(part, change);
    const isKept =
      !comparison.stray && fresh?.attribute === change.attribute && !isSameList(fresh.keep, change.keep);
    const kept = isKept ? [`How long values of ${name} stay was changed ${SINCE}`] : [];
    return [...settings, ...kept, ...aboutList(change, comparison.stray, source)];
  }
  return source.userAccountControl === change.before
    ? settings
    : [`userAccountControl of ${name} was changed ${SINCE}`, ...settings];
}

/** Modes and policy say who carries a change out, and whether a trust mode is set at all. */
function aboutSettings({ change, decided, part }: Comparison, source: ComputerObject): readonly string[] {
  if (!part) return [];
  const fresh = sameChange(part, change);
  const setsTrust = ({ changes }: DirectoryPart): boolean =>
    changes.some(({ guid, kind }) => guid === change.guid && kind === 'trust-mode');
  const isOther = fresh !== undefined && fresh.by !== change.by;
  const isOtherTrust =
    !hasBit(source.userAccountControl, 'anyProtocol') && setsTrust(part) !== setsTrust(decided);
  return isOther || isOtherTrust ? [`Who carries it out was changed in handover.yaml ${SINCE}`] : [];
}

function sameChange(
  { changes }: DirectoryPart,
  { guid, attribute }: DirectoryChange,
): DirectoryChange | undefined {
  return changes.find((each) => each.guid === guid && each.attribute === attribute);
}

function aboutList(
  change: ListChange,
  stray: Comparison['stray'],
  source: ComputerObject,
): readonly string[] {
  const { name } = change;
  const { extra = [], gone = [] } = stray ?? {};
  const isAnyProtocol = hasBit(source.userAccountControl, 'anyProtocol');
  const isRespelled = !stray && !isSameList(sortValues(source.allowedToDelegateTo), change.before);
  return [
    extra.length > 0 ? `${listed(extra)} ${was(extra)} added to ${name} ${SINCE}` : null,
    gone.length > 0 ? `${listed(gone)} ${was(gone)} removed from ${name} ${SINCE}` : null,
    isRespelled ? `Values of ${name} were written in another spelling ${SINCE}` : null,
    isAnyProtocol !== (change.trust === 'any-protocol')
      ? `“Use any authentication protocol” was switched ${isAnyProtocol ? 'on' : 'off'} for ${name} ${SINCE}`
      : null,
  ].filter((sentence) => sentence !== null);
}

function aboutDestinations({ change, source, decided, part }: Comparison): readonly string[] {
  const fresh = part?.changes.find(
    (each): each is ListChange =>
      source !== null && isSameText(each.guid, source.guid) && each.kind === 'delegation-add',
  );
  if (!part || !fresh || change.kind !== 'delegation-add') return [];
  const powers = powersOf(part).filter((power) => power.source === fresh.name);
  const [freshOwners, decidedOwners] = [ownersOf(part, fresh), ownersOf(decided, change)];
  const isOnly = powers.length === 1;
  return powers.flatMap(({ destination }) => {
    const owners = freshOwners.filter(({ name }) => isOnly || name === destination);
    const earlier = decidedOwners.filter((owner) => isOnly || owners.some((other) => isOneOf(owner, other)));
    return aboutDestination({ destination, owners, earlier, decidedOwners, fresh });
  });
}

function isOneOf(owner: SpnOwner, other: SpnOwner): boolean {
  return isSameText(owner.guid, other.guid) || owner.name === other.name || isSameText(owner.spn, other.spn);
}

interface DestinationThenAndNow {
  readonly destination: string;
  readonly owners: readonly SpnOwner[];
  readonly earlier: readonly SpnOwner[];
  readonly decidedOwners: readonly SpnOwner[];
  readonly fresh: ListChange;
}

function aboutDestination(facts: DestinationThenAndNow): readonly string[] {
  const { destination, owners, earlier, decidedOwners, fresh } = facts;
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
    ...owners.map((each) => aboutOwner(each, decidedOwners)),
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
