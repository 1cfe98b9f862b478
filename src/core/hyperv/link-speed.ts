import type { HostFacts, HostReading } from '../hyperv-port';

/** The network that moves between two hosts take, and how fast the slower of its two adapters says that it is, in bytes per millisecond. */
export interface SharedLink {
  readonly subnet: string;
  readonly bytesPerMs: number;
}

const BITS_PER_MS = 8_000;

/**
 * The link between two hosts: the migration network that the source prefers among those that both have. Where a host uses any network, which
 * one Windows takes is not known: then the slowest that both are in, so that nothing takes longer than is said. Null: no network in
 * common, or an adapter does not say its speed. What an adapter says is the most that passes, and nothing else may be on it.
 */
export function linkBetween(from: HostFacts, to: HostFacts): SharedLink | null {
  const common = subnetsFor(from).filter((subnet) => subnetsFor(to).includes(subnet));
  const links = common.map((subnet) => ({ subnet, bytesPerMs: slower(subnet, from, to) }));
  const isOpen = from.migration.anyNetwork || to.migration.anyNetwork;
  const [first] = isOpen ? links.toSorted((a, b) => (a.bytesPerMs ?? 0) - (b.bytesPerMs ?? 0)) : links;
  return first && first.bytesPerMs !== null ? { subnet: first.subnet, bytesPerMs: first.bytesPerMs } : null;
}

function subnetsFor({ migration, links }: HostFacts): readonly string[] {
  return migration.anyNetwork ? links.map(({ subnet }) => subnet) : migration.networks;
}

function slower(subnet: string, ...hosts: readonly HostFacts[]): number | null {
  const said = hosts.map(({ links }) => links.find((each) => each.subnet === subnet)?.bitsPerSecond ?? null);
  const known = said.filter((each) => each !== null);
  return known.length < said.length ? null : Math.min(...known) / BITS_PER_MS;
}

/**
 * What each host moves at most over its fastest link to any of the others, in bytes per millisecond; a move goes at the lower of its two hosts'
 * speeds. A host whose adapters do not say is left out.
 */
export function linkSpeeds(readings: readonly HostReading[]): Readonly<Record<string, number>> {
  const hosts = readings.flatMap(({ host, facts }) => (facts ? [{ host, facts }] : []));
  return Object.fromEntries(
    hosts.flatMap(({ host, facts }) => {
      const others = hosts.filter((each) => each.host !== host);
      const speeds = others.flatMap((each) => linkBetween(facts, each.facts)?.bytesPerMs ?? []);
      return speeds.length === 0 ? [] : [[host, Math.max(...speeds)]];
    }),
  );
}
