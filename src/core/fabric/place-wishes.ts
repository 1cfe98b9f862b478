import { bestHost } from './best-fit';
import { compare, type Fleet, type PlanHost, type PlanMachine } from './fleet';
import { inSequence, parkingWithin, targetsNamed, type Found } from './found';
import { fits, lift, put } from './occupancy';
import { mayMove } from './own-reasons';
import type { Task } from './plan-input';
import { reachWithin, type Reach } from './reach';
import { largestFirst, sizeBy } from './size';

/** Puts machines where each of them is wanted, or where else they may be. Leaves the fleet as it is afterwards. */
export function placeWishes(fleet: Fleet, { machines, otherwise }: Extract<Task, { kind: 'place' }>): Found {
  const wishes = new Map(machines.map(({ machine, to }) => [machine, to]));
  const asked = fleet.machines.filter(({ id, from }) => wishes.has(id) && wishes.get(id) !== from.name);
  const others = new Set(otherwise);
  const named = new Set([...wishes.values(), ...otherwise]);
  const targets = targetsNamed((name) => named.has(name), fleet);
  const reach = reachWithin(fleet, targets.hosts);
  const wantedOf = ({ id }: PlanMachine): PlanHost | null => fleet.byName.get(wishes.get(id) ?? '') ?? null;
  let movers = largestFirst(
    asked.filter((machine) => mayMove(machine, fleet)),
    sizeBy(targets.hosts),
  );
  // Whoever stays takes room that others were to have: then it is begun again without it.
  for (let before = Infinity; movers.length < before;) {
    before = movers.length;
    for (const machine of movers) lift(machine);
    const placed = movers.filter((machine) => {
      const host = hostFor(machine, { reach, wanted: wantedOf(machine), others });
      if (host) put(machine, host);
      return host !== null;
    });
    const able = new Set(placed);
    for (const machine of movers) {
      if (able.has(machine)) lift(machine);
      put(machine, machine.from);
    }
    movers = placed;
  }
  for (const machine of movers) lift(machine);
  for (const machine of movers) {
    put(machine, hostFor(machine, { reach, wanted: wantedOf(machine), others }) ?? machine.from);
  }
  return {
    asked,
    missing: [...wishes.keys()].filter((id) => !fleet.byId.has(id)).toSorted(compare),
    targetsOf: ({ id }) => targetsNamed((name) => name === wishes.get(id) || others.has(name), fleet),
    ...inSequence(fleet.machines, parkingWithin(reach, fleet)),
  };
}

function hostFor(
  machine: PlanMachine,
  { reach, wanted, others }: { reach: Reach; wanted: PlanHost | null; others: ReadonlySet<string> },
): PlanHost | null {
  const hosts = reach(machine);
  if (wanted && hosts.includes(wanted) && fits(machine, wanted)) return wanted;
  return bestHost(
    machine,
    hosts.filter(({ name }) => others.has(name)),
    'spread',
  );
}
