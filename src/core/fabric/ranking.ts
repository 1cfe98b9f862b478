import type { PlanHost } from './fleet';

/** Hosts by what they are worth, in order all the time: a change of a few costs no sorting of all. */
export interface Ranking {
  /** The one that is worth most first. */
  readonly hosts: readonly PlanHost[];
  worthOf(host: PlanHost): number;
  /** Says that something was put at these hosts or lifted there. */
  changed(...hosts: readonly PlanHost[]): void;
}

/** Ranks hosts as they are now; of those that are worth the same the earlier one first. */
export function rankingOf(all: readonly PlanHost[], worth: (host: PlanHost) => number): Ranking {
  const known = new Map(all.map((host) => [host, worth(host)]));
  const worthOf = (host: PlanHost): number => known.get(host) ?? -Infinity;
  const hosts = all.toSorted((a, b) => worthOf(b) - worthOf(a));
  return {
    hosts,
    worthOf,
    changed(...some) {
      for (const host of some) {
        const at = hosts.indexOf(host);
        if (at < 0) continue;
        hosts.splice(at, 1);
        const now = worth(host);
        known.set(host, now);
        const next = hosts.findIndex((each) => worthOf(each) < now);
        hosts.splice(next < 0 ? hosts.length : next, 0, host);
      }
    },
  };
}
