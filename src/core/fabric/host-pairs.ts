import type { HostPair } from './plan-input';

/** Whether a list has a pair of hosts. */
export type HasPair = (from: string, to: string) => boolean;

/** Looks pairs up. There are as many as hosts times hosts, so no text is made of each. */
export function hasPair(pairs: readonly HostPair[]): HasPair {
  const bySource = new Map<string, Set<string>>();
  for (const { from, to } of pairs) {
    const known = bySource.get(from);
    if (known) known.add(to);
    else bySource.set(from, new Set([to]));
  }
  return (from, to) => bySource.get(from)?.has(to) === true;
}
