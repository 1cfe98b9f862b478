import type { DelegateAsk } from '../commands/ask';
import { invariant } from '../problem';
import { hasBit } from './account-control';
import type { GuardInput } from './guards/guard';
import { isRefused, runGuards } from './guards/list';
import { mustBeExplicit } from './guards/owners';
import type { ComputerObject, Observation } from './observation';
import { ownershipOf } from './ownership';
import type { ChangeKind, DirectoryChange, DirectoryPart, SpnOwner, Verdict } from './plan';
import { spnsFor } from './spn';
import { minusValues, sortValues, unionValues } from './values';

/** What an ask comes to: refused by a guard, nothing to do, or a plan. The verdicts of all guards are always there. */
export type Planned =
  | { readonly kind: 'refused'; readonly verdicts: readonly Verdict[] }
  | { readonly kind: 'already-so'; readonly verdicts: readonly Verdict[]; readonly part: DirectoryPart }
  | { readonly kind: 'plan'; readonly verdicts: readonly Verdict[]; readonly part: DirectoryPart };

/** Runs all guards and, when none refuses, derives the change. */
export function planDelegation(input: GuardInput): Planned {
  const verdicts = runGuards(input);
  if (isRefused(verdicts)) return { kind: 'refused', verdicts };
  const part = derivePart(input.ask, input.observation);
  return { kind: part.changes.length === 0 ? 'already-so' : 'plan', verdicts, part };
}

/**
 * The directory part of a plan: only what is missing is added, everything else stays as it is spelled. Only for an
 * observation that no guard refuses; throws when source, destination or an owner is not the only one.
 */
export function derivePart(ask: DelegateAsk, observation: Observation): DirectoryPart {
  const [source, ...otherSources] = observation.source;
  const [destination, ...otherDestinations] = observation.destination;
  invariant(source !== undefined && otherSources.length === 0, 'a plan has one source');
  invariant(destination !== undefined && otherDestinations.length === 0, 'a plan has one destination');
  const add = minusValues(spnsFor(destination, ask.services), source.allowedToDelegateTo);
  const change = changeOf(source, add, observation);
  return {
    changes: add.length === 0 ? [] : [change],
    powers: [{ source: source.name, destination: destination.name }],
  };
}

/** The kinds of change that a part consists of, each once, sorted. */
export function planKinds(part: DirectoryPart): readonly ChangeKind[] {
  return [...new Set(part.changes.map(({ kind }) => kind))].toSorted();
}

function changeOf(source: ComputerObject, add: readonly string[], observation: Observation): DirectoryChange {
  const { guid, dn, name } = source;
  return {
    kind: 'delegation-add',
    guid,
    dn,
    name,
    attribute: 'msDS-AllowedToDelegateTo',
    before: sortValues(source.allowedToDelegateTo),
    after: unionValues(source.allowedToDelegateTo, add),
    add,
    trust: hasBit(source.userAccountControl, 'anyProtocol') ? 'any-protocol' : 'kerberos-only',
    owners: add.map((spn) => ownerOf(observation, spn)),
  };
}

function ownerOf(observation: Observation, spn: string): SpnOwner {
  const owner = ownershipOf(observation, spn, mustBeExplicit(spn));
  invariant(owner.kind === 'one', 'every added SPN has one owner');
  return { spn, guid: owner.holder.guid, name: owner.holder.name, through: owner.through };
}
