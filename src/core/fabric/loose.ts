import type { PlanHost, PlanMachine, Volume } from './fleet';
import { lift, put } from './occupancy';

/** Machines that a search may still put elsewhere, by the host where they stand, and everything that was done with them. */
export interface Loose {
  at(host: PlanHost): readonly PlanMachine[];
  /** Counts a lifted machine at a host. */
  put(machine: PlanMachine, host: PlanHost): void;
  /** Counts a machine nowhere. */
  lift(machine: PlanMachine): void;
  /** How many things have been done. */
  mark(): number;
  /** Takes back all that was done since a mark. */
  undo(mark: number): void;
}

interface Deed {
  readonly machine: PlanMachine;
  /** Where it was lifted from; null: it was put. */
  readonly lifted: { readonly host: PlanHost; readonly volume: Volume | null } | null;
}

/** Begins with these machines, each of which stands somewhere. */
export function looseAmong(machines: readonly PlanMachine[]): Loose {
  const byHost = new Map<PlanHost, Set<PlanMachine>>();
  const deeds: Deed[] = [];
  const own = (host: PlanHost): Set<PlanMachine> => {
    const known = byHost.get(host) ?? new Set<PlanMachine>();
    byHost.set(host, known);
    return known;
  };
  const putThere = (machine: PlanMachine, host: PlanHost, volume: Volume | null = null): void => {
    put(machine, host, volume);
    own(host).add(machine);
  };
  const liftIt = (machine: PlanMachine): void => {
    own(machine.at).delete(machine);
    lift(machine);
  };
  for (const machine of machines) own(machine.at).add(machine);
  return {
    at: (host) => [...own(host)],
    put(machine, host) {
      deeds.push({ machine, lifted: null });
      putThere(machine, host);
    },
    lift(machine) {
      deeds.push({ machine, lifted: { host: machine.at, volume: machine.volume } });
      liftIt(machine);
    },
    mark: () => deeds.length,
    undo(mark) {
      for (let deed = deeds.length > mark && deeds.pop(); deed; deed = deeds.length > mark && deeds.pop()) {
        const { machine, lifted } = deed;
        if (lifted) putThere(machine, lifted.host, lifted.volume);
        else liftIt(machine);
      }
    },
  };
}
