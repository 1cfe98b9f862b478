import { invariant } from '../problem';
import { hasBit } from './account-control';
import { foundObject, type GuardInput, type PairAsk } from './guards/guard';
import { grouped } from './grouped';
import { judgePairs } from './guards/judge-pairs';
import { isRefused } from './guards/list';
import { mustBeExplicit } from './guards/owners';
import { claimsOn, goesEarlier } from './history';
import { listed } from './listing';
import type { ComputerObject } from './observation';
import { once } from '../once';
import { ownershipOf } from './ownership';
import { askedPairs, pairsOf, pairViews, reasonToLeaveOut, type PlanInput } from './pairs';
import type { Destination, DirectoryPart, ListChange, Planned, Verdict } from './plan';
import { spnsFor } from './spn';
import { trustChanges, trustOfPlan } from './trust-changes';
import { isAmong, minusValues, sortValues } from './values';
import { wayBack } from './way-back';
import type { DirectoryAsk, HostName } from '../commands/ask';

/** Runs all guards on every pair of the ask and, when none refuses, derives the changes. */
export function planDelegation(input: PlanInput): Planned {
  const planned = planPairs(input, pairsOf(input), input.ask);
  const isEmpty = planned.kind === 'refused' && planned.verdicts.some(({ check }) => check === NO_PAIR.check);
  const verdicts = [...leftOut(input), ...(isEmpty ? planned.verdicts : [])];
  if (isEmpty) return { kind: 'refused', verdicts };
  return { ...planned, verdicts: [...planned.verdicts, ...verdicts] };
}

/** What pairs are asked for with, beside their services. */
export type PairTerms = Pick<PlanInput['ask'], 'protocol' | 'forMs'> & {
  /** By source, the values that may be added, however many more the pairs would need; absent: all. */
  readonly only?: ReadonlyMap<string, readonly string[]>;
};

/** The plan of these pairs: all guards on every pair and, when none refuses, the changes. */
export function planPairs(
  input: PlanInput<DirectoryAsk>,
  asked: readonly PairAsk[],
  terms: PairTerms,
): Planned {
  const most = input.caps?.pairs ?? MOST_PAIRS;
  if (asked.length > most) return { kind: 'refused', verdicts: [tooMany(asked.length, most)] };
  if (asked.length === 0) return { kind: 'refused', verdicts: [NO_PAIR] };
  const pairs = pairsToJudge(input, asked, terms);
  const verdicts = judgePairs(pairs);
  if (isRefused(verdicts)) return { kind: 'refused', verdicts };
  const part = derivePart(input, pairs, terms);
  const kind = part.changes.length === 0 ? 'already-so' : 'plan';
  return { kind, verdicts: [...verdicts, wayBack(pairs)], part };
}

/**
 * The directory part of a plan: one change for each source, in the order of the ask, then what its trust mode needs. Only
 * what is missing is added, everything else stays as it is spelled. Only for pairs that no guard refuses; throws when a
 * source, a destination or an owner is not the only one.
 */
export function derivePart(
  input: PlanInput<DirectoryAsk>,
  pairs: readonly GuardInput[],
  terms: PairTerms,
): DirectoryPart {
  const { forMs } = terms;
  const resolvedPairs = pairs.map(resolved);
  const lists = grouped(resolvedPairs, ({ source }) => source.guid).flatMap(
    (group) => listChangeOf(input, group, terms) ?? [],
  );
  // Sources want the same values: each is lowered once.
  const values = new Set(lists.flatMap(({ add, keep }) => [...add, ...keep]));
  const wanted = new Set([...values].map((value) => value.toLowerCase()));
  const destinations = destinationsOf(pairs, wanted);
  const sources = [...new Map(resolvedPairs.map(({ source }) => [source.guid, source])).values()];
  return { changes: [...lists, ...trustChanges(input, sources, terms)], destinations, forMs };
}

/** Every pair with what the whole plan wants on its source, and whether the plan goes the other way too. */
function pairsToJudge(
  input: PlanInput<DirectoryAsk>,
  pairs: readonly PairAsk[],
  terms: PairTerms,
): readonly GuardInput[] {
  const view = pairViews(input);
  const trust = trustOfPlan(input, terms);
  const isAsked = askedPairs(pairs);
  const views = pairs.map(view);
  const wanted = new Map<string, string[]>();
  for (const each of views) {
    const key = nameOf(each.ask.source);
    const values = wanted.get(key) ?? [];
    values.push(...wantedBy(each));
    wanted.set(key, values);
  }
  return views.map((each) => ({
    ...each,
    ...(trust && { trust }),
    wanted: wanted.get(nameOf(each.ask.source)) ?? [],
    isReturned: isAsked({ source: each.ask.destination, destination: each.ask.source }),
  }));
}

const nameOf = once(({ kind, text }: HostName) => `${kind} ${text}`);

function wantedBy(input: GuardInput): readonly string[] {
  const destination = foundObject(input, 'destination');
  return destination ? spnsFor(destination, input.ask.services) : [];
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

/** A mesh of 64 hosts. */
const MOST_PAIRS = 4_032;

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
  readonly services: GuardInput['ask']['services'];
}

function resolved({ ask, observation }: GuardInput): ResolvedPair {
  const [source, destination] = [observation.source[0], observation.destination[0]];
  invariant(source !== undefined && observation.source.length === 1, 'a plan has one source');
  invariant(destination !== undefined && observation.destination.length === 1, 'a plan has one destination');
  return { source, destination, services: ask.services };
}

function listChangeOf(
  { history, modes }: Pick<PlanInput, 'history' | 'modes'>,
  group: readonly ResolvedPair[],
  { forMs, only }: PairTerms,
): ListChange | null {
  const source = group[0]?.source;
  if (!source) return null;
  const pairs = group.flatMap(({ destination, services }) => spnsFor(destination, services));
  const allowed = only?.get(source.guid) ?? null;
  const wanted = allowed ? pairs.filter((value) => isAmong(allowed, value)) : pairs;
  const { guid, dn, name, allowedToDelegateTo: before } = source;
  const add = minusValues([...new Set(wanted)], before);
  const until = forMs === null ? null : history.now + forMs;
  const there = new Set(before.length === 0 ? [] : wanted.map((value) => value.toLowerCase()));
  const keep = before.filter(
    (value) => there.has(value.toLowerCase()) && goesEarlier(claimsOn(history, guid, value), until),
  );
  if (add.length + keep.length === 0) return null;
  return {
    kind: 'delegation-add',
    guid,
    dn,
    name,
    by: modes['delegation-add'] === 'advise' ? 'hand' : 'worker',
    attribute: 'msDS-AllowedToDelegateTo',
    before: sortValues(before),
    add,
    keep: sortValues(keep),
    remove: [],
    trust: hasBit(source.userAccountControl, 'anyProtocol') ? 'any-protocol' : 'kerberos-only',
  };
}

/** Of every destination those of its SPNs that the plan adds or keeps, with what makes them its own. */
function destinationsOf(pairs: readonly GuardInput[], wanted: ReadonlySet<string>): readonly Destination[] {
  const byHost = new Map<string, Destination>();
  const services = new Map<string, Set<string>>();
  for (const pair of pairs) {
    const { destination } = resolved(pair);
    const asked = services.get(destination.guid) ?? new Set<string>();
    services.set(destination.guid, asked);
    for (const spn of spnsFor(destination, pair.ask.services)) {
      if (asked.has(spn) || !wanted.has(spn.toLowerCase())) continue;
      asked.add(spn);
      const owner = ownershipOf(pair.observation, spn, mustBeExplicit(spn));
      invariant(owner.kind === 'one', 'every added SPN has one owner');
      const { guid, name } = owner.holder;
      const earlier = byHost.get(guid)?.spns ?? [];
      byHost.set(guid, { guid, name, spns: [...earlier, { spn, through: owner.through }] });
    }
  }
  return [...byHost.values()]
    .map((host) => ({ ...host, spns: host.spns.toSorted((a, b) => (a.spn < b.spn ? -1 : 1)) }))
    .toSorted((a, b) => (a.name < b.name ? -1 : 1));
}
