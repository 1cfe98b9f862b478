import { FOR_MOVES, prepareHosts } from '../hyperv/prepare-hosts';
import { compare, type Fleet } from './fleet';
import { needsSetting } from './pair-reasons';
import type { PlanNeeds } from './plan';
import type { HostPair } from './plan-input';

/** What has to be set up before machines go these ways: each pair and each host once, sorted. */
export function needsOf(ways: readonly HostPair[], fleet: Fleet): PlanNeeds {
  const back = fleet.input.bothWays ? ways.map(({ from, to }) => ({ from: to, to: from })) : [];
  const pairs = new Map([...ways, ...back].map(({ from, to }) => [`${from}>${to}`, { from, to }]));
  const missing = [...pairs.values()].filter(({ from, to }) => !fleet.delegated(from, to));
  const names = new Set(ways.flatMap(({ from, to }) => [from, to]));
  const hosts = fleet.hosts.filter((host) => names.has(host.name) && needsSetting(host));
  return {
    delegations: missing.toSorted((a, b) => compare(a.from, b.from) || compare(a.to, b.to)),
    settings: hosts.flatMap(({ reading }) => {
      const prepared = prepareHosts([reading], FOR_MOVES);
      return prepared.kind === 'plan' ? prepared.settings : [];
    }),
  };
}
