import type { Fleet } from './fleet';
import { inSequence, parkingWithin, targetsNamed, type Found } from './found';
import { mayMove } from './own-reasons';
import { placeAll } from './place-all';
import type { Task } from './plan-input';
import { reachWithin } from './reach';
import { busyMsIn } from './work';

/** Empties hosts. Leaves the fleet as it is afterwards. */
export function drain(fleet: Fleet, { hosts, to, makeRoom }: Extract<Task, { kind: 'drain' }>): Found {
  const sources = new Set(hosts);
  const targets = targetsNamed((name) => !sources.has(name) && (to === null || to.includes(name)), fleet);
  const asked = fleet.machines.filter(({ from }) => sources.has(from.name));
  const reach = reachWithin(fleet, targets.hosts);
  const there = new Set(targets.hosts);
  placeAll(
    asked.filter((machine) => mayMove(machine, fleet)),
    {
      reach,
      allowed: targets.hosts,
      busyMs: busyMsIn(fleet),
      others: () =>
        makeRoom
          ? fleet.machines.filter(
              (machine) => machine.how === 'live' && there.has(machine.from) && mayMove(machine, fleet),
            )
          : [],
    },
  );
  return {
    asked,
    missing: [],
    targetsOf: () => targets,
    ...inSequence(fleet.machines, parkingWithin(reach, fleet)),
  };
}
