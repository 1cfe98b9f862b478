import { settingsFirst } from '../moves/settings-first';
import { compare, type Fleet } from './fleet';
import type { PlanNeeds } from './plan';
import type { HostPair } from './plan-input';

/** What has to be set up before machines go these ways: each pair and each host once, sorted. */
export function needsOf(ways: readonly HostPair[], fleet: Fleet): PlanNeeds {
  const back = fleet.input.bothWays ? ways.map(({ from, to }) => ({ from: to, to: from })) : [];
  const pairs = new Map([...ways, ...back].map(({ from, to }) => [`${from}>${to}`, { from, to }]));
  const missing = [...pairs.values()].filter(({ from, to }) => !fleet.delegated(from, to));
  const names = new Set(ways.flatMap(({ from, to }) => [from, to]));
  return {
    delegations: missing.toSorted((a, b) => compare(a.from, b.from) || compare(a.to, b.to)),
    settings: settingsFirst(fleet.hosts.filter(({ name }) => names.has(name)).map(({ reading }) => reading)),
  };
}
