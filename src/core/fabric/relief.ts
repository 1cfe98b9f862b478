import type { Load, PlanHost, PlanMachine } from './fleet';
import type { Loose } from './loose';
import { busyShare, fits } from './occupancy';
import type { Reach } from './reach';

/** A machine of a busy host that goes to another one. */
interface Relief {
  readonly machine: PlanMachine;
  readonly to: PlanHost;
  /** By how much the busier of both hosts becomes less busy, as a share of a host. */
  readonly gain: number;
}

/** The move away from a host that gains most, and at least `least`; null: there is none. */
export function bestRelief(
  host: PlanHost,
  { movable, reach, least }: { movable: Loose; reach: Reach; least: number },
): Relief | null {
  let best: Relief | null = null;
  for (const machine of movable.at(host)) {
    for (const to of reach(machine)) {
      if (to === host) continue;
      const gain = gainOf(machine, host, to);
      // Rounding must not decide.
      if (gain > least + 1e-6 && gain > (best?.gain ?? 0) + 1e-6 && fits(machine, to)) {
        best = { machine, to, gain };
      }
    }
  }
  return best;
}

function gainOf({ need, home, from }: PlanMachine, host: PlanHost, to: PlanHost): number {
  const own = host === from ? home : need;
  const less: Load = { memory: -own.memory, cpu: -own.cpu };
  return busyShare(host) - Math.max(busyShare(host, less), busyShare(to, need));
}
