import { fleetOf } from './fleet';
import { needsOf } from './needs';
import { ownReasons } from './own-reasons';
import { pairReasons, silentReason } from './pair-reasons';
import type { PlanNeeds } from './plan';
import type { PlanInput } from './plan-input';
import type { Reason } from './reasons';
import { roomReasons } from './room-reasons';

/** Whether a machine can go to a host as things are now. */
export interface Feasibility {
  /** Everything that keeps it from there; empty: it can go. */
  readonly reasons: readonly Reason[];
  /** What would have to be set up first, which is no reason. */
  readonly needs: PlanNeeds;
}

/**
 * The matrix of machines and hosts: asks about one machine and one host, each as often as is wanted. Throws RangeError where one of
 * them is not in the input, or the machine is on that host.
 */
export function feasibilityOf(input: PlanInput): (machine: string, host: string) => Feasibility {
  const fleet = fleetOf(input);
  return (id, name) => {
    const machine = fleet.byId.get(id);
    if (!machine || machine.from.name === name) throw new RangeError(`${id} does not move to ${name}`);
    const own = ownReasons(machine, fleet);
    const host = fleet.byName.get(name);
    if (!host) {
      const silent = silentReason(name, fleet);
      if (silent.length === 0) throw new RangeError(`there is no host ${name}`);
      return { reasons: [...own, ...silent], needs: { delegations: [], settings: [] } };
    }
    return {
      reasons: [...own, ...pairReasons(machine, host, fleet), ...roomReasons(machine, host)],
      needs: needsOf([{ from: machine.from.name, to: name }], fleet),
    };
  };
}
