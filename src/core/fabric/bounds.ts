import type { PlanHost } from './fleet';
import type { PlanInput } from './plan-input';
import type { Work } from './work';

/**
 * No schedule of these moves is shorter than this, in milliseconds. Shared links: the longest move alone, and for each host all its
 * bytes over its link. Links of their own: the longest move, each host's moves spread evenly over its slots, and, for every k, the k + 1
 * shortest of a host's k·c + 1 longest moves, since some slot of c gets so many of them; of moves that take equally long these are as
 * many rounds as a host needs.
 */
export function lowerBound(works: readonly Work[], input: PlanInput): number {
  const byHost = new Map<PlanHost, Work[]>();
  for (const work of works) {
    for (const host of [work.step.from, work.step.to]) {
      const known = byHost.get(host);
      if (known) known.push(work);
      else byHost.set(host, [work]);
    }
  }
  const bounds = [...byHost].map(([host, own]) =>
    input.links === 'shared'
      ? own.reduce((sum, { bytes }) => sum + bytes, 0) / host.speed
      : boundOfSlots(
          own.map(({ aloneMs }) => aloneMs),
          host.facts.migration.most,
        ),
  );
  return Math.max(0, ...works.map(({ aloneMs }) => aloneMs), ...bounds);
}

function boundOfSlots(times: readonly number[], slots: number): number {
  const longest = times.toSorted((a, b) => b - a);
  const sum = longest.reduce((all, each) => all + each, 0);
  let bound = sum / slots;
  for (let k = 1; k * slots < longest.length; k += 1) {
    const shortest = longest.slice(k * slots - k, k * slots + 1);
    bound = Math.max(
      bound,
      shortest.reduce((all, each) => all + each, 0),
    );
  }
  return bound;
}
