import { afterSteps } from './after-steps';
import { fleetOf, type Fleet, type PlanHost } from './fleet';
import { inSequence, targetsNamed, type Found } from './found';
import { looseAmong } from './loose';
import { busyShare, shift } from './occupancy';
import { mayMove } from './own-reasons';
import type { HostAverage, Task } from './plan-input';
import { reachWithin } from './reach';
import { bestRelief } from './relief';
import type { Step } from './sequence';

/** More rounds than a fabric needs: a second one finds something only where an order was missing for the first. */
const MOST_ROUNDS = 10;

/**
 * Moves machines from busy hosts to idle ones while hosts are further apart than the settings allow, by the averages as well as now, and
 * while each single move lets the busier of its two hosts become so much less busy. It looks again at what it leaves until there is
 * nothing more to do, so that a plan made again at once moves nothing. Leaves the fleet as it is afterwards.
 */
export function evenOut(fleet: Fleet, task: Extract<Task, { kind: 'even-out' }>): Found {
  const isMeant = (name: string): boolean => task.hosts === null || task.hosts.includes(name);
  const targets = targetsNamed((name) => isMeant(name) && !fleet.cordoned.has(name), fleet);
  const names = new Set(targets.hosts.map(({ name }) => name));
  const steps: Step[] = [];
  if (isApart(task.averages, names, fleet)) {
    let now = fleet;
    for (let round = 0; round < MOST_ROUNDS; round += 1) {
      const more = roundOf(now, names);
      if (more.length === 0) break;
      steps.push(...more.flatMap((step) => inFleet(step, fleet)));
      now = fleetOf(afterSteps(now.input, more));
    }
  }
  // The first round has put its machines already.
  for (const { machine, to } of steps) shift(machine, to);
  return {
    asked: [...new Set(steps.map(({ machine }) => machine))],
    missing: [],
    targetsOf: () => targets,
    steps,
    dropped: new Set(),
  };
}

/** Whether hosts were further apart over the hold period than the settings allow; of hosts without averages nothing is known. */
function isApart(averages: readonly HostAverage[], names: ReadonlySet<string>, { input }: Fleet): boolean {
  const shares = averages
    .filter(({ host }) => names.has(host))
    .map(({ load, memory }) => Math.max(load, memory));
  return shares.length > 1 && Math.max(...shares) - Math.min(...shares) > input.settings.imbalancePercent;
}

/** What one look at a fleet finds, in an order that works without making way for anything. */
function roundOf(fleet: Fleet, names: ReadonlySet<string>): readonly Step[] {
  const hosts = fleet.hosts.filter(({ name }) => names.has(name));
  const reach = reachWithin(fleet, hosts);
  // Copying disks costs more than evenness is worth.
  const movable = looseAmong(
    fleet.machines.filter(
      (machine) => machine.how === 'live' && machine.diskBytes === 0 && mayMove(machine, fleet),
    ),
  );
  const least = fleet.input.settings.gainPercent / 100;
  for (;;) {
    const relief = firstOf(tooBusy(hosts, fleet), (host) => bestRelief(host, { movable, reach, least }));
    if (!relief) return inSequence(fleet, null).steps;
    movable.lift(relief.machine);
    movable.put(relief.machine, relief.to);
  }
}

/** Hosts that are too far from the idlest one, the busiest first. */
function tooBusy(hosts: readonly PlanHost[], { input }: Fleet): readonly PlanHost[] {
  const shares = hosts.map((host) => ({ host, share: busyShare(host) }));
  const idlest = Math.min(...shares.map(({ share }) => share));
  return shares
    .filter(({ share }) => share - idlest > input.settings.imbalancePercent / 100 + 1e-6)
    .toSorted((a, b) => b.share - a.share)
    .map(({ host }) => host);
}

function firstOf<T, R>(items: readonly T[], of: (item: T) => R | null): R | null {
  for (const item of items) {
    const found = of(item);
    if (found) return found;
  }
  return null;
}

/** The same step of the same machine, in the fleet that the plan is about. */
function inFleet({ machine, from, to }: Step, fleet: Fleet): readonly Step[] {
  const own = fleet.byId.get(machine.id);
  const [source, target] = [fleet.byName.get(from.name), fleet.byName.get(to.name)];
  if (!own || !source || !target) return [];
  return [{ machine: own, from: source, to: target, volume: null, isParking: false }];
}
