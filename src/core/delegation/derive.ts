import type { ChangeAsk } from '../commands/ask';
import { invariant } from '../problem';
import { hasBit } from './account-control';
import { foundObject, type GuardInput } from './guards/guard';
import { grouped } from './grouped';
import { isRefused, runGuards } from './guards/list';
import { mustBeExplicit } from './guards/owners';
import { listed } from './listing';
import type { ComputerObject } from './observation';
import { ownershipOf } from './ownership';
import { pairKey, pairsOf, pairViews, reasonToLeaveOut, type PlanInput } from './pairs';
import type { ChangeKind, DirectoryChange, DirectoryPart, Planned, SpnOwner, Verdict } from './plan';
import { planRemoval } from './removal';
import { spnsFor } from './spn';
import { minusValues, sortValues, unionValues } from './values';
import { wayBack } from './way-back';

/** The plan of any ask that changes something. */
export function planChange(input: PlanInput<ChangeAsk>): Planned {
  const { ask } = input;
  return ask.verb === 'delegate' ? planDelegation({ ...input, ask }) : planRemoval({ ...input, ask });
}

/** Runs all guards on every pair and, when none refuses, derives the changes. */
export function planDelegation(input: PlanInput): Planned {
  const most = input.caps?.pairs ?? MOST_PAIRS;
  const count = pairsOf(input).length;
  if (count > most) return { kind: 'refused', verdicts: [tooMany(count, most)] };
  const pairs = pairsToJudge(input);
  const verdicts = [...judged(pairs), ...leftOut(input)];
  if (pairs.length === 0) return { kind: 'refused', verdicts: [...verdicts, NO_PAIR] };
  if (isRefused(verdicts)) return { kind: 'refused', verdicts };
  const part = derivePart(pairs);
  const kind = part.changes.length === 0 ? 'already-so' : 'plan';
  return { kind, verdicts: [...verdicts, wayBack(pairs)], part };
}

/**
 * The directory part of a plan: one change for each source, in the order of the ask. Only what is missing is added,
 * everything else stays as it is spelled. Only for pairs that no guard refuses; throws when a source, a destination or an
 * owner is not the only one.
 */
export function derivePart(pairs: readonly GuardInput[]): DirectoryPart {
  const all = pairs.map((pair) => resolved(pair));
  const changes = grouped(all, ({ source }) => source.guid).flatMap((group) => changeOf(group) ?? []);
  const powers = all.map(({ source, destination, add }) => ({
    power: { source: source.name, destination: destination.name },
    isNew: add.length > 0,
  }));
  const gained = powers.filter(({ isNew }) => isNew);
  // A plan that changes nothing still says what it is about.
  return { changes, powers: (gained.length > 0 ? gained : powers).map(({ power }) => power) };
}

/** The kinds of change that a part consists of, each once, sorted. */
export function planKinds(part: DirectoryPart): readonly ChangeKind[] {
  return [...new Set(part.changes.map(({ kind }) => kind))].toSorted();
}

/** Every pair with what the whole plan wants on its source, and whether the plan goes the other way too. */
function pairsToJudge(input: PlanInput): readonly GuardInput[] {
  const view = pairViews(input);
  const pairs = pairsOf(input);
  const keys = new Set(pairs.map(pairKey));
  const views = pairs.map(view);
  const wanted = new Map<string, readonly string[]>();
  for (const each of views) {
    const key = each.ask.source.text;
    wanted.set(key, [...(wanted.get(key) ?? []), ...wantedBy(each)]);
  }
  return views.map((each) => ({
    ...each,
    wanted: wanted.get(each.ask.source.text) ?? [],
    isReturned: keys.has(pairKey({ source: each.ask.destination, destination: each.ask.source })),
  }));
}

function wantedBy(input: GuardInput): readonly string[] {
  const destination = foundObject(input, 'destination');
  return destination ? spnsFor(destination, input.ask.services) : [];
}

/** What the guards say of all pairs; the same sentence of the same guard stands once. */
function judged(pairs: readonly GuardInput[]): readonly Verdict[] {
  const verdicts = pairs.flatMap((pair) => runGuards(pair));
  const once = new Map(verdicts.map((verdict) => [`${verdict.check} ${verdict.sentence}`, verdict]));
  return [...once.values()];
}

function leftOut({ ask, observation, tier0 }: PlanInput): readonly Verdict[] {
  const isAll = [...ask.sources, ...ask.destinations].some(({ kind }) => kind === 'all');
  if (!isAll) return [];
  const names = observation.all.flatMap((host) => {
    const reason = reasonToLeaveOut(host, tier0);
    return reason === null ? [] : [`${host.name} (${reason})`];
  });
  const check = 'all.left-out';
  return names.length === 0
    ? [{ check, verdict: 'ok', sentence: 'No Hyper-V host is left out of “all”.', remedy: '' }]
    : [
        {
          check,
          verdict: 'warn',
          sentence: `“All” leaves out ${listed(names, 10)}.`,
          remedy: 'Name a host to hear in full why it is left out.',
        },
      ];
}

/** A mesh of sixteen hosts: what one card can show whole. */
const MOST_PAIRS = 240;

function tooMany(count: number, most: number): Verdict {
  return {
    check: 'plan.size',
    verdict: 'refuse',
    sentence: `${count} pairs of hosts are asked for; one request takes ${most}.`,
    remedy: 'Ask for some of the hosts first, and for the others in a second request.',
  };
}

const NO_PAIR: Verdict = {
  check: 'pair.none',
  verdict: 'refuse',
  sentence: 'No two different hosts are asked for.',
  remedy: 'Name at least one source and one other host as destination.',
};

interface ResolvedPair {
  readonly source: ComputerObject;
  readonly destination: ComputerObject;
  readonly add: readonly string[];
  readonly owners: readonly SpnOwner[];
}

function resolved({ ask, observation }: GuardInput): ResolvedPair {
  const [source, ...otherSources] = observation.source;
  const [destination, ...otherDestinations] = observation.destination;
  invariant(source !== undefined && otherSources.length === 0, 'a plan has one source');
  invariant(destination !== undefined && otherDestinations.length === 0, 'a plan has one destination');
  const add = minusValues(spnsFor(destination, ask.services), source.allowedToDelegateTo);
  return { source, destination, add, owners: add.map((spn) => ownerOf({ observation }, spn)) };
}

function changeOf(group: readonly ResolvedPair[]): DirectoryChange | null {
  const source = group[0]?.source;
  const add = sortValues([...new Set(group.flatMap((pair) => pair.add))]);
  if (!source || add.length === 0) return null;
  const { guid, dn, name } = source;
  const owners = new Map(group.flatMap((pair) => pair.owners.map((owner) => [owner.spn, owner])));
  return {
    kind: 'delegation-add',
    guid,
    dn,
    name,
    attribute: 'msDS-AllowedToDelegateTo',
    before: sortValues(source.allowedToDelegateTo),
    after: unionValues(source.allowedToDelegateTo, add),
    add,
    remove: [],
    trust: hasBit(source.userAccountControl, 'anyProtocol') ? 'any-protocol' : 'kerberos-only',
    owners: add.flatMap((spn) => owners.get(spn) ?? []),
  };
}

function ownerOf({ observation }: Pick<GuardInput, 'observation'>, spn: string): SpnOwner {
  const owner = ownershipOf(observation, spn, mustBeExplicit(spn));
  invariant(owner.kind === 'one', 'every added SPN has one owner');
  return { spn, guid: owner.holder.guid, name: owner.holder.name, through: owner.through };
}
