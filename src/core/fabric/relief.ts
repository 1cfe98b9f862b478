import type { PlanHost, PlanMachine } from './fleet';
import type { Loose } from './loose';
import { busyShare, fits, less, loadAt } from './occupancy';
import type { Ranking } from './ranking';

/** A machine of a busy host that goes to another one. */
export interface Relief {
  readonly machine: PlanMachine;
  readonly to: PlanHost;
}

/** What a search for relief goes through: the machines that may move, and the hosts. */
export interface ReliefField {
  readonly movable: Loose;
  readonly canGo: (machine: PlanMachine, to: PlanHost) => boolean;
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
export function bestRelief(host: PlanHost, { movable, canGo, idlest, least }: ReliefField): Relief | null {
  let best: Relief | null = null;
  let most = least;
  const now = busyShare(host);
  for (const machine of movable.at(host)) {
    const rest = busyShare(host, less(loadAt(machine, host)));
    for (const to of idlest.hosts) {
      // More than this is not to be had of this machine, nor of the hosts that come after.
      if (now - Math.max(rest, -idlest.worthOf(to)) <= most + ROUNDING) break;
      const gain = now - Math.max(rest, busyShare(to, machine.need));
      // Of what gains too little nobody asks where it may go: there are hosts times hosts of that.
      if (to === host || gain <= most + ROUNDING || !fits(machine, to) || !canGo(machine, to)) continue;
      best = { machine, to };
      most = gain;
    }
  }
  return best;
}
