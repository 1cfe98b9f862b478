import type { PlanHost, PlanMachine } from './fleet';
import type { Loose } from './loose';
import { once } from '../once';
import { busyShare, fits, less, loadAt } from './occupancy';
import type { Reach } from './reach';

/** A machine of a busy host that goes to another one. */
interface Relief {
  readonly machine: PlanMachine;
  readonly to: PlanHost;
}

/** Rounding must not decide. */
const ROUNDING = 1e-6;

/**
 * The move away from a host that gains most: by so much, as a share of a host, the busier of both becomes less busy. At least `least`; null:
 * there is none.
 */
export function bestRelief(
  host: PlanHost,
  { movable, reach, least }: { movable: Loose; reach: Reach; least: number },
): Relief | null {
  let best: Relief | null = null;
  let most = least;
  const now = busyShare(host);
  // Machines of a kind have one list of hosts. To one that is nearly as busy already nothing gains enough.
  const idler = once((hosts: readonly PlanHost[]) =>
    hosts.filter((to) => to !== host && now - busyShare(to) > least + ROUNDING),
  );
  for (const machine of movable.at(host)) {
    const rest = busyShare(host, less(loadAt(machine, host)));
    if (now - rest <= most + ROUNDING) continue;
    for (const to of idler(reach(machine))) {
      const gain = now - Math.max(rest, busyShare(to, machine.need));
      if (gain > most + ROUNDING && fits(machine, to)) {
        best = { machine, to };
        most = gain;
      }
    }
  }
  return best;
}
