import { compare, type PlanHost, type PlanMachine, type Volume } from './fleet';
import { hasRoom, loadAt, shift } from './occupancy';
import type { Reach } from './reach';

/** A machine that goes from one host to another. */
export interface Step {
  readonly machine: PlanMachine;
  readonly from: PlanHost;
  readonly to: PlanHost;
  readonly volume: Volume | null;
  /** It only makes way for a time, and goes on from there. */
  readonly isParking: boolean;
}

/** Where a machine may make way for a time, and whether it can go on from there. */
export interface Parking {
  readonly reach: Reach;
  readonly goesOn: (machine: PlanMachine, from: PlanHost, to: PlanHost) => boolean;
}

/** Steps in an order in which each of them has room when the ones before it are over, and steps for which there is no such order. */
export interface Sequence {
  readonly steps: readonly Step[];
  readonly dropped: readonly Step[];
}

/**
 * Finds an order for steps, with the fleet as it is before them; leaves it as it is after them. A machine takes room at both hosts until
 * it has moved. Only hosts that have too little room for all that comes before something leaves need one; a circle of such hosts is
 * broken by parking a machine elsewhere (null: never).
 */
export function sequence(wanted: readonly Step[], parking: Parking | null): Sequence {
  const tight = tightHosts(wanted);
  const free = wanted.filter(({ from, to }) => !tight.has(from) && !tight.has(to));
  const done: Step[] = [];
  const go = (step: Step): void => {
    shift(step.machine, step.to, step.volume);
    done.push(step);
  };
  for (const step of free) go(step);
  let pending = inOrder(
    wanted.filter(({ from, to }) => tight.has(from) || tight.has(to)),
    tight,
  );
  let parkings = pending.length;
  while (pending.length > 0) {
    const next = pending.find(({ machine, to }) => hasRoom(machine, to));
    if (next) {
      go(next);
      pending = pending.filter((each) => each !== next);
      continue;
    }
    const parked = parking && parkings > 0 ? parkingOf(pending, parking) : null;
    if (!parked) break;
    parkings -= 1;
    go(parked.parking);
    pending = pending.map((each) => (each === parked.step ? { ...each, from: parked.parking.to } : each));
  }
  return { steps: done, dropped: pending };
}

/** Hosts that could not take everything that comes before something has left them, with the fleet as it is before all steps. */
function tightHosts(steps: readonly Step[]): ReadonlySet<PlanHost> {
  return tooFull(steps.map(({ to, machine }) => ({ host: to, machine })));
}

/** The same with the fleet as it is after all steps: what has left would have to be there still. */
export function tightBefore(steps: readonly Step[]): ReadonlySet<PlanHost> {
  return tooFull(steps.map(({ from, machine }) => ({ host: from, machine })));
}

function tooFull(more: readonly { host: PlanHost; machine: PlanMachine }[]): ReadonlySet<PlanHost> {
  const byHost = new Map<PlanHost, PlanMachine[]>();
  for (const { host, machine } of more) {
    const known = byHost.get(host);
    if (known) known.push(machine);
    else byHost.set(host, [machine]);
  }
  return new Set([...byHost].flatMap(([host, machines]) => (takesAll(host, machines) ? [] : [host])));
}

function takesAll(host: PlanHost, machines: readonly PlanMachine[]): boolean {
  let { memory, cpu } = host.used;
  const groups = new Map(host.groups);
  for (const machine of machines) {
    const load = loadAt(machine, host);
    memory += load.memory;
    cpu += load.cpu;
    for (const group of machine.ruling.groups) {
      if ((groups.get(group) ?? 0) > 0) return false;
      groups.set(group, 1);
    }
  }
  return memory <= host.room.memory && cpu <= host.room.cpu;
}

/** What makes room first, then what others wait for least; the larger first. */
function inOrder(steps: readonly Step[], tight: ReadonlySet<PlanHost>): Step[] {
  const rank = ({ from, to }: Step): number => Number(tight.has(to)) + (tight.has(from) ? 0 : 2);
  return steps.toSorted(
    (a, b) =>
      rank(a) - rank(b) ||
      b.machine.need.memory - a.machine.need.memory ||
      compare(a.machine.id, b.machine.id),
  );
}

/** The smallest machine that lets another step go when it makes way, and has no disks to be copied twice. */
function parkingOf(
  pending: readonly Step[],
  { reach, goesOn }: Parking,
): { readonly step: Step; readonly parking: Step } | null {
  const movable = pending.filter(({ machine, from }) => machine.diskBytes === 0 && machine.from === from);
  for (const step of movable.toReversed()) {
    const { machine, from } = step;
    for (const host of reach(machine)) {
      if (host === step.to || !hasRoom(machine, host) || !goesOn(machine, host, step.to)) continue;
      shift(machine, host);
      const helps = pending.some((each) => each !== step && hasRoom(each.machine, each.to));
      shift(machine, from);
      if (helps) return { step, parking: { machine, from, to: host, volume: null, isParking: true } };
    }
  }
  return null;
}
