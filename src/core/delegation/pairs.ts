import type { DirectoryAsk, DelegateAsk, HostName, HostTerm, PairedAsk } from '../commands/ask';
import { namesOf } from '../commands/host-terms';
import type { Modes, Tier0 } from '../settings';
import { hasBit } from './account-control';
import { isNamed, type Caps, type GuardInput, type PairAsk } from './guards/guard';
import { isController, tierZeroReason } from './guards/reach';
import type { History } from './history';
import type { ComputerObject, Observation, SpnHolders } from './observation';
import { once } from '../once';
import { splitSpn } from './spn';
import { foldCase } from './values';

/** All that a plan is derived from: what was asked, what was read, and this program's own settings. */
export interface PlanInput<A extends DirectoryAsk = DelegateAsk> {
  readonly ask: A;
  readonly observation: Observation;
  /** DNs; a host must lie below one of them. */
  readonly searchBases: readonly string[];
  readonly fileServerBases?: readonly string[];
  readonly tier0: Tier0;
  readonly caps?: Caps;
  /** Who carries out which kind of change. */
  readonly modes: Modes;
  /** Whether the policy lets the requester ask for a trust mode. */
  readonly mayTrust: boolean;
  readonly history: History;
}

/** Which hosts have to be read for the pairs of an ask. */
export interface NamesToRead {
  readonly sources: readonly HostName[];
  readonly destinations: readonly HostName[];
  readonly all: boolean;
}

/** Which names an ask for pairs needs read: those it gives, and whether all hosts are asked for too. */
export function namesToRead(ask: PairedAsk): NamesToRead {
  const one = namesOf(ask.sources);
  const other = ask.way === 'mesh' ? one : namesOf(ask.destinations);
  const both = distinct([...one.names, ...other.names]);
  const isOneWay = ask.way === 'one-way';
  return {
    sources: isOneWay ? one.names : both,
    destinations: isOneWay ? other.names : both,
    all: one.all || other.all,
  };
}

/**
 * Every ordered pair that is meant, in the order of the ask. A host that is asked for by several names goes by the first of
 * them, so that nothing is counted or written twice, and no host is paired with itself. When that leaves no pair, those by
 * name stay: a guard then says which host stands on both sides.
 */
export function pairsOf(input: PlanInput): readonly PairAsk[] {
  const { sources, destinations } = sidesOf(input);
  const rename = firstNames(input.observation, [...sources, ...destinations]);
  const byHost = paired(input.ask, distinct(sources.map(rename)), distinct(destinations.map(rename)));
  return byHost.length > 0 ? byHost : paired(input.ask, sources, destinations);
}

function sidesOf({ ask, ...input }: PlanInput) {
  const resolve = (terms: readonly HostTerm[]): readonly HostName[] => {
    const { names, all } = namesOf(terms);
    const everyone = input.observation.all.filter((host) => reasonToLeaveOut(host, input.tier0) === null);
    const hosts = everyone.map(({ name }): HostName => ({ kind: 'short', text: name }));
    return distinct(all ? [...names, ...hosts] : names);
  };
  const sources = resolve(ask.sources);
  return { sources, destinations: ask.way === 'mesh' ? sources : resolve(ask.destinations) };
}

/** Of all names that mean one and the same object, the first; names that a guard will refuse stay as they are. */
export function firstNames(
  observation: Pick<Observation, 'hosts' | 'all'>,
  names: readonly HostName[],
): (name: HostName) => HostName {
  const found = foundByName(observation);
  const guidOf = (name: HostName): string | null => {
    const [object, ...others] = found(name);
    return object && others.length === 0 && isNamed(name, object) ? foldCase(object.guid) : null;
  };
  const first = new Map<string, HostName>();
  for (const name of names) {
    const guid = guidOf(name);
    if (guid !== null && !first.has(guid)) first.set(guid, name);
  }
  return (name) => first.get(guidOf(name) ?? '') ?? name;
}

function paired(
  ask: DelegateAsk,
  sources: readonly HostName[],
  destinations: readonly HostName[],
): readonly PairAsk[] {
  const there = cross(sources, destinations, ask);
  if (ask.way !== 'both-ways') return there;
  const isThere = askedPairs(there);
  return [...there, ...cross(destinations, sources, ask).filter((pair) => !isThere(pair))];
}

/** Why `all` does not mean this host, or null. Named hosts are never left out: a guard refuses them. */
export function reasonToLeaveOut(host: ComputerObject, tier0: Tier0): string | null {
  if (isController(host)) return 'a domain controller';
  if (tierZeroReason(host, tier0) !== null) return 'Tier 0';
  if (hasBit(host.userAccountControl, 'disabled')) return 'disabled';
  return hasBit(host.userAccountControl, 'unconstrained') ? 'unconstrained delegation' : null;
}

/** One pair as guards judge it. Of the holders only those of the destination's SPNs are passed on. */
export function pairViews(input: Omit<PlanInput<DirectoryAsk>, 'ask'>): (pair: PairAsk) => GuardInput {
  const { observation, searchBases, fileServerBases = [], tier0, caps } = input;
  const settings = { searchBases, fileServerBases, tier0, ...(caps && { caps }) };
  const found = once(foundByName(observation));
  const holders = holdersByHost(observation.holders);
  const holdersOf = once((name: HostName) =>
    found(name).flatMap(({ name: short, dnsHostName }) => [
      ...(holders.get(foldCase(short)) ?? []),
      ...(dnsHostName === null ? [] : (holders.get(foldCase(dnsHostName)) ?? [])),
    ]),
  );
  return (pair) => ({
    ...settings,
    ask: pair,
    observation: {
      source: found(pair.source),
      destination: found(pair.destination),
      holders: holdersOf(pair.destination),
      knownNames: observation.knownNames,
    },
  });
}

/** The objects that a name of the observation means. */
export function foundByName(
  observation: Pick<Observation, 'hosts' | 'all'>,
): (name: HostName) => readonly ComputerObject[] {
  const named = new Map(observation.hosts.map(({ asked, found }) => [nameKey(asked), found]));
  const all = new Map(observation.all.map((host) => [nameKey({ kind: 'short', text: host.name }), [host]]));
  return (name) => named.get(nameKey(name)) ?? all.get(nameKey(name)) ?? [];
}

type PairNames = Omit<PairAsk, 'services'>;

/** Names a pair, whatever it is asked for. */
export function pairKey({ source, destination }: PairNames): string {
  return `${nameKey(source)} ${nameKey(destination)}`;
}

/** Whether a pair is one of these, whatever it is asked for. */
export function askedPairs(pairs: readonly PairNames[]): (pair: PairNames) => boolean {
  const bySource = new Map<string, Set<string>>();
  for (const { source, destination } of pairs) {
    const key = nameKey(source);
    const destinations = bySource.get(key) ?? new Set();
    bySource.set(key, destinations.add(nameKey(destination)));
  }
  return ({ source, destination }) => bySource.get(nameKey(source))?.has(nameKey(destination)) === true;
}

function holdersByHost(holders: readonly SpnHolders[]): ReadonlyMap<string, readonly SpnHolders[]> {
  const byHost = new Map<string, SpnHolders[]>();
  for (const each of holders) {
    const host = foldCase(splitSpn(each.spn)?.host ?? '');
    byHost.set(host, [...(byHost.get(host) ?? []), each]);
  }
  return byHost;
}

/** Both lists name each host once. */
function cross(
  sources: readonly HostName[],
  destinations: readonly HostName[],
  { services }: Pick<DelegateAsk, 'services'>,
): readonly PairAsk[] {
  return sources.flatMap((source) =>
    destinations
      .filter((destination) => nameKey(source) !== nameKey(destination))
      .map((destination) => ({ source, destination, services })),
  );
}

function distinct(names: readonly HostName[]): readonly HostName[] {
  return [...new Map(names.map((name) => [nameKey(name), name])).values()];
}

const nameKey = once(({ kind, text }: HostName) => `${kind}:${foldCase(text)}`);
