import type { PlanHost, PlanMachine } from './fleet';
import { looseAmong } from './loose';
import { headroom } from './occupancy';
import { packAll } from './pack';
import type { Reach } from './reach';

/** Of so few machines every placing can be looked at, as long as the budget of each try lasts. */
const MOST = 14;
const BUDGET = 3_000;
const HALVINGS = 10;

/**
 * Looks for a placing of few machines, given the largest first, that leaves more on the host with the least than there is now: halves what
 * could be left at best, again and again. Keeps the best that was found.
 */
export function widenExactly(
  moved: readonly PlanMachine[],
  { reach, allowed }: { readonly reach: Reach; readonly allowed: readonly PlanHost[] },
): void {
  if (moved.length === 0 || moved.length > MOST) return;
  const loose = looseAmong(moved);
  const taking = (): readonly PlanHost[] => allowed.filter((host) => loose.at(host).length > 0);
  let low = Math.min(...taking().map((host) => headroom(host)));
  let high = mostLeft(allowed);
  for (let halving = 0; halving < HALVINGS && high - low > 1e-6; halving += 1) {
    const least = (low + high) / 2;
    const before = loose.mark();
    for (const machine of moved) loose.lift(machine);
    if (packAll(moved, { loose, reach, budget: { left: BUDGET }, least: Math.max(least, 1e-12) })) {
      low = Math.min(...taking().map((host) => headroom(host)));
    } else {
      loose.undo(before);
      high = least;
    }
  }
}

/** No placing leaves more than this everywhere: what is left of all hosts together. */
function mostLeft(hosts: readonly PlanHost[]): number {
  const left = hosts.map((host) => Math.max(0, headroom(host)));
  return Math.max(...left);
}
