import { listed } from './listing';
import type { ComputerObject } from './observation';
import type { DirectoryChange, DirectoryPart, SpnOwner, Verdict } from './plan';
import { hasBit } from './account-control';
import { isSameList, isSameText, minusValues, sortValues } from './values';

/** A decided change and what fresh facts say; `source` and `part` are null when the facts give none. */
export interface Comparison {
  readonly change: DirectoryChange;
  readonly source: ComputerObject | null;
  /** What makes the object's values neither before nor after; null when they are one of both. */
  readonly stray: { readonly gone: readonly string[]; readonly extra: readonly string[] } | null;
  readonly verdicts: readonly Verdict[];
  readonly part: DirectoryPart | null;
}

/** Which facts have changed since a part was decided, in sentences for people; null when none has. */
export function describeOvertaken(comparison: Comparison): string | null {
  const refusals = comparison.verdicts.filter(({ verdict }) => verdict === 'refuse');
  const sentences = [
    ...aboutSource(comparison),
    ...aboutDestination(comparison),
    ...refusals.map(({ sentence }) => sentence),
  ];
  return sentences.length === 0 ? null : sentences.join(' ');
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

function aboutDestination({ change, part }: Comparison): readonly string[] {
  const fresh = part?.changes[0];
  const power = part?.powers[0];
  if (!fresh || !power) return [];
  const [owner] = fresh.owners;
  const [decided] = change.owners;
  if (owner && decided && !isSameText(owner.guid, decided.guid)) {
    return [`${power.destination} was deleted and created again ${SINCE}`];
  }
  const former = minusValues(change.add, [...fresh.add, ...fresh.before]);
  return [
    owner && decided && owner.name !== decided.name
      ? `${decided.name} was renamed to ${owner.name} ${SINCE}`
      : null,
    former.length > 0 ? `${power.destination} got another dNSHostName ${SINCE}` : null,
    ...fresh.owners.map((each) => aboutOwner(each, change.owners)),
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
