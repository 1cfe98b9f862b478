import type { PlanHost, PlanMachine } from './fleet';
import type { Loose } from './loose';
import type { Budget } from './make-room';
import { fits, headroom } from './occupancy';
import type { Reach } from './reach';

interface Packing {
  readonly loose: Loose;
  readonly reach: Reach;
  readonly budget: Budget;
  readonly least?: number;
}

/**
 * Puts all of these lifted machines, given the largest first, or none: tries every host for each, the fullest first, and gives up where
 * what is left needs more memory than there is, or the budget is used up. `least`: the share that stays free on every host that takes one.
 */
export function packAll(
  machines: readonly PlanMachine[],
  { loose, reach, budget, least: share = 0 }: Packing,
): boolean {
  const hosts = [...new Set(machines.flatMap((machine) => reach(machine)))];
  const needs = machines.map(({ need }) => need.memory);
  // What the machines from each place on need together.
  const rest = needs.map((_, at) => needs.slice(at).reduce((sum, each) => sum + each, 0));
  const least = Math.min(...needs.filter((each) => each > 0));
  const free = (): number => {
    const left = hosts.map(({ room, used }) => room.memory - used.memory);
    return left.reduce((sum, each) => sum + (each >= least ? each : 0), 0);
  };
  const from = (at: number): boolean => {
    const machine = machines[at];
    if (!machine) return true;
    if (budget.left <= 0 || (rest[at] ?? 0) > free()) return false;
    for (const host of fullestFirst(machine, reach(machine), share)) {
      budget.left -= 1;
      loose.put(machine, host);
      if (from(at + 1)) return true;
      loose.lift(machine);
    }
    return false;
  };
  const before = loose.mark();
  if (from(0)) return true;
  loose.undo(before);
  return false;
}

function fullestFirst(machine: PlanMachine, hosts: readonly PlanHost[], least: number): readonly PlanHost[] {
  return hosts
    .filter((host) => fits(machine, host))
    .map((host) => ({ host, left: headroom(host, machine.need) }))
    .filter(({ left }) => least === 0 || left >= least)
    .toSorted((a, b) => a.left - b.left)
    .map(({ host }) => host);
}
