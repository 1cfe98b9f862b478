import type { PlanHost, PlanMachine } from './fleet';
import type { Loose } from './loose';
import { busyShare, fits, less, loadAt } from './occupancy';
import type { Ranking } from './ranking';
import { among, type Reach } from './reach';

/** A machine of a busy host that goes to another one. */
export interface Relief {
  readonly machine: PlanMachine;
  readonly to: PlanHost;
}

/** What a search for relief goes through: the machines that may move, and the hosts. */
export interface ReliefField {
  readonly movable: Loose;
  readonly reach: Reach;
  /** Hosts, the idlest first. */
  readonly idlest: Ranking;
  /** The least gain, as a share of a host. */
  readonly least: number;
}

/** Rounding must not decide. */
const ROUNDING = 1e-6;

/** How idle a host is, to rank hosts by it. */
export function idleness(host: PlanHost): number {
  return -busyShare(host);
}

/**
 * The move away from a host that gains most: by so much, as a share of a host, the busier of both becomes less busy. At least `least`; null:
 * there is none.
 */
export function bestRelief(host: PlanHost, { movable, reach, idlest, least }: ReliefField): Relief | null {
  let best: Relief | null = null;
  let most = least;
  const now = busyShare(host);
  for (const machine of movable.at(host)) {
    const rest = busyShare(host, less(loadAt(machine, host)));
    const able = among(reach(machine));
    for (const to of idlest.hosts) {
      // More than this is not to be had of this machine, nor of the hosts that come after.
      if (now - Math.max(rest, -idlest.worthOf(to)) <= most + ROUNDING) break;
      if (to === host || !able.has(to)) continue;
      const gain = now - Math.max(rest, busyShare(to, machine.need));
      if (gain <= most + ROUNDING || !fits(machine, to)) continue;
      best = { machine, to };
      most = gain;
    }
  }
  return best;
}
