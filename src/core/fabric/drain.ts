import { liftAll, putAll } from './best-fit';
import type { Fleet, PlanHost, PlanMachine } from './fleet';
import { shift } from './occupancy';
import { mayMove } from './own-reasons';
import type { Task } from './plan-input';
import { reachWithin, type Reach } from './reach';
import { sequence, type Step } from './sequence';
import { largestFirst, sizeBy } from './size';

/** What a task comes to: what was asked about, where it may go, and the steps in an order that works. */
export interface Found {
  readonly asked: readonly PlanMachine[];
  readonly allowed: readonly PlanHost[];
  /** Hosts where they might have gone, had these answered. */
  readonly unheard: readonly string[];
  readonly steps: readonly Step[];
}

/** Empties hosts. Leaves the fleet as it is afterwards. */
export function drain(fleet: Fleet, { hosts, to }: Task): Found {
  const sources = new Set(hosts);
  const isAllowed = (name: string): boolean => !sources.has(name) && (to === null || to.includes(name));
  const allowed = fleet.hosts.filter(({ name }) => isAllowed(name));
  const asked = fleet.machines.filter(({ from }) => sources.has(from.name));
  const reach = reachWithin(fleet, allowed);
  place(
    asked.filter((machine) => mayMove(machine, fleet)),
    reach,
    allowed,
  );
  return { asked, allowed, unheard: fleet.silent.filter(isAllowed), steps: inSequence(fleet, reach) };
}

/** Spread over the hosts if all have room that way, else packed. What has no room stays at home. */
function place(movers: readonly PlanMachine[], reach: Reach, allowed: readonly PlanHost[]): void {
  const sorted = largestFirst(movers, sizeBy(allowed));
  liftAll(sorted);
  let unplaced = putAll(sorted, reach, 'spread');
  if (unplaced.length > 0) {
    liftAll(sorted, unplaced);
    unplaced = putAll(sorted, reach, 'tight');
  }
  // Nothing has come to where they are.
  for (const machine of unplaced) stay(machine);
}

function stay(machine: PlanMachine): void {
  machine.at = machine.from;
  machine.volume = null;
}

/** The steps from how things are to where machines have been put, and the fleet as it is after those that can be taken. */
function inSequence(fleet: Fleet, reach: Reach | null): readonly Step[] {
  const moved = fleet.machines.filter(({ at, from }) => at !== from);
  const wanted = moved.map((machine): Step => ({
    machine,
    from: machine.from,
    to: machine.at,
    volume: machine.volume,
    isParking: false,
  }));
  for (const { machine, from } of wanted) shift(machine, from);
  return sequence(wanted, reach).steps;
}
