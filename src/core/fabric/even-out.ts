import type { Fleet, PlanHost, PlanMachine } from './fleet';
import { inSequence, targetsNamed, type Found } from './found';
import { looseAmong } from './loose';
import { mayMove } from './own-reasons';
import { mayGo } from './pair-reasons';
import type { HostAverage, Task } from './plan-input';
import { rankingOf } from './ranking';
import { bestRelief, idleness, type Relief, type ReliefField } from './relief';
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
    // Copying disks costs more than evenness is worth.
    let movable = fleet.machines.filter(({ how, diskBytes }) => how === 'live' && diskBytes === 0);
    for (let round = 0; round < MOST_ROUNDS; round += 1) {
      const more = roundOf(movable, targets.hosts, fleet);
      if (more.length === 0) break;
      steps.push(...more.flatMap((step) => inFleet(step, fleet)));
      movable = movable.map(arrived);
    }
  }
  // Counted at its host already, as what has arrived there.
  for (const { machine, to } of steps) machine.at = to;
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

/** As it would be read where it has been put: that is where it comes from now. */
function arrived(machine: PlanMachine): PlanMachine {
  const { at, from } = machine;
  return at === from ? machine : { ...machine, from: at };
}

/** What one look at machines and hosts finds, in an order that works without making way for anything. */
function roundOf(
  machines: readonly PlanMachine[],
  hosts: readonly PlanHost[],
  fleet: Fleet,
): readonly Step[] {
  const canGo: ReliefField['canGo'] = (machine, to) =>
    to !== machine.from && mayMove(machine, fleet) && mayGo({ machine, from: machine.from, to }, fleet);
  const movable = looseAmong(machines);
  const { imbalancePercent, gainPercent } = fleet.input.settings;
  const idlest = rankingOf(hosts, idleness);
  const field = { movable, canGo, idlest, least: gainPercent / 100 };
  for (;;) {
    const relief = reliefOfBusiest(imbalancePercent / 100, field);
    if (!relief) return inSequence(machines, null).steps;
    const { at } = relief.machine;
    movable.lift(relief.machine);
    movable.put(relief.machine, relief.to);
    idlest.changed(at, relief.to);
  }
}

/** Of the hosts that are too far from the idlest one, the busiest that can be helped. */
function reliefOfBusiest(imbalance: number, field: ReliefField): Relief | null {
  const { idlest } = field;
  const [first] = idlest.hosts;
  if (!first) return null;
  for (const host of idlest.hosts.toReversed()) {
    if (idlest.worthOf(first) - idlest.worthOf(host) <= imbalance + 1e-6) return null;
    const relief = bestRelief(host, field);
    if (relief) return relief;
  }
  return null;
}

/** The same step, of the machine in the fleet that the plan is about. */
function inFleet(step: Step, { byId }: Fleet): readonly Step[] {
  const machine = byId.get(step.machine.id);
  return machine ? [{ ...step, machine }] : [];
}
