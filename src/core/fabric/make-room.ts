import { bestHost } from './best-fit';
import type { PlanHost, PlanMachine } from './fleet';
import type { Loose } from './loose';
import { fits, headroom } from './occupancy';
import type { Reach } from './reach';
import { byMemory } from './size';

/** What a search for room may use up: so many machines that are put somewhere for a try. */
export interface Budget {
  left: number;
}

interface Hunt {
  readonly loose: Loose;
  readonly reach: Reach;
  readonly budget: Budget;
}

/** Machines of one host that are looked at two by two, the smallest first. */
const MOST_IN_PAIRS = 12;

/**
 * Puts a lifted machine somewhere, and where nothing has room makes some: one or two machines of a host go elsewhere, which may in turn
 * make others go, `depth` times (an ejection chain; across machines that nobody asked about, the force step of BalCon). On failure
 * everything is as before.
 */
export function insert(machine: PlanMachine, hunt: Hunt, depth: number): boolean {
  const { loose, reach, budget } = hunt;
  const host = bestHost(machine, reach(machine), 'tight');
  if (host) {
    loose.put(machine, host);
    return true;
  }
  if (depth === 0 || budget.left <= 0) return false;
  const roomiest = reach(machine)
    .map((each) => ({ host: each, left: headroom(each, machine.need) }))
    .toSorted((a, b) => b.left - a.left);
  return roomiest.some((each) => intoHost(machine, each.host, { hunt, depth }));
}

function intoHost(
  machine: PlanMachine,
  host: PlanHost,
  { hunt, depth }: { hunt: Hunt; depth: number },
): boolean {
  const there = hunt.loose.at(host).toSorted(byMemory);
  if (there.some((victim) => instead(machine, [victim], { host, hunt, depth }))) return true;
  const few = there.slice(0, MOST_IN_PAIRS);
  return few.some((first, at) =>
    few.slice(at + 1).some((second) => instead(machine, [second, first], { host, hunt, depth })),
  );
}

/** Puts a machine at a host in place of others, if all of these find room elsewhere. */
function instead(
  machine: PlanMachine,
  victims: readonly PlanMachine[],
  { host, hunt, depth }: { host: PlanHost; hunt: Hunt; depth: number },
): boolean {
  const { loose, budget } = hunt;
  if (budget.left <= 0) return false;
  budget.left -= 1;
  const before = loose.mark();
  for (const victim of victims) loose.lift(victim);
  if (fits(machine, host)) {
    loose.put(machine, host);
    if (victims.every((victim) => insert(victim, hunt, depth - 1))) return true;
  }
  loose.undo(before);
  return false;
}
