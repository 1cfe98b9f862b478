import type { Fleet, PlanHost, PlanMachine } from './fleet';
import { shift } from './occupancy';
import { mayGo } from './pair-reasons';
import type { Reach } from './reach';
import { sequence, type Parking, type Step } from './sequence';

/** Where a machine might go. */
export interface Targets {
  readonly hosts: readonly PlanHost[];
  /** Hosts that did not answer. */
  readonly unheard: readonly string[];
}

/** What a task comes to: what was asked about, where it might have gone, and the steps in an order that works. */
export interface Found {
  /** Machines that were asked about and are not where they are wanted. */
  readonly asked: readonly PlanMachine[];
  /** Ids that were asked about and that no host shows. */
  readonly missing: readonly string[];
  readonly targetsOf: (machine: PlanMachine) => Targets;
  readonly steps: readonly Step[];
  /** Machines for which there is a place in the end, and no order in which they could come there. */
  readonly dropped: ReadonlySet<PlanMachine>;
}

/** Hosts of which these names are told, and those of them that did not answer. */
export function targetsNamed(isMeant: (name: string) => boolean, fleet: Fleet): Targets {
  return {
    hosts: fleet.hosts.filter(({ name }) => isMeant(name)),
    unheard: fleet.silent.filter(isMeant),
  };
}

/**
 * The steps from how things are to where machines have been put, and the fleet as it is after those that can be taken: the rest is at
 * home again. `parking`: where a machine may make way, null for nowhere.
 */
export function inSequence(
  machines: readonly PlanMachine[],
  parking: Parking | null,
): Pick<Found, 'steps' | 'dropped'> {
  const moved = machines.filter(({ at, from }) => at !== from);
  const wanted = moved.map((machine): Step => ({
    machine,
    from: machine.from,
    to: machine.at,
    volume: machine.volume,
    isParking: false,
  }));
  for (const { machine, from } of wanted) shift(machine, from);
  const { steps, dropped } = sequence(wanted, parking);
  return { steps, dropped: new Set(dropped.map(({ machine }) => machine)) };
}

/** That a machine may make way wherever it may go, and from there go where it was to go. */
export function parkingWithin(reach: Reach, fleet: Fleet): Parking {
  return { reach, goesOn: (machine, from, to) => mayGo({ machine, from, to }, fleet) };
}
