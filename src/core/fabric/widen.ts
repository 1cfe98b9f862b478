import { canChange, change, type Change } from './change';
import type { Load, PlanHost, PlanMachine } from './fleet';
import { looseAmong, type Loose } from './loose';
import { fits, headroom, less } from './occupancy';
import type { Reach } from './reach';

/** Hosts that machines change places with, those with the most left first. */
const MOST_PARTNERS = 8;
const LEAST_GAIN = 1e-9;

/**
 * Puts moved machines elsewhere as long as the host that has least left gets more by it, and then the next: moves that are made anyway
 * go to better places, and none is added.
 */
export function widen(moved: readonly PlanMachine[], { reach, allowed }: Omit<Field, 'loose'>): void {
  const loose = looseAmong(moved);
  const done = new Set<PlanHost>();
  for (let rounds = 4 * moved.length + allowed.length; rounds > 0; rounds -= 1) {
    const host = scarcest(allowed, loose, done);
    if (!host) return;
    const found = bestChange(host, { loose, reach, allowed });
    if (found) change(found, loose);
    else done.add(host);
  }
}

function scarcest(hosts: readonly PlanHost[], loose: Loose, done: ReadonlySet<PlanHost>): PlanHost | null {
  let least: PlanHost | null = null;
  for (const host of hosts) {
    if (done.has(host) || loose.at(host).length === 0) continue;
    if (!least || headroom(host) < headroom(least)) least = host;
  }
  return least;
}

interface Field {
  readonly loose: Loose;
  readonly reach: Reach;
  readonly allowed: readonly PlanHost[];
}

function bestChange(host: PlanHost, field: Field): Change | null {
  return bestShift(host, field) ?? bestSwap(host, field);
}

function bestShift(host: PlanHost, { loose, reach }: Field): Change | null {
  let best: Change | null = null;
  let most = headroom(host) + LEAST_GAIN;
  for (const machine of loose.at(host)) {
    const rest = headroom(host, less(machine.need));
    for (const to of reach(machine)) {
      if (to === host) continue;
      const left = Math.min(rest, headroom(to, machine.need));
      if (left > most && fits(machine, to)) [best, most] = [{ machine, to, other: null }, left];
    }
  }
  return best;
}

function bestSwap(host: PlanHost, { loose, reach, allowed }: Field): Change | null {
  let best: Change | null = null;
  let most = headroom(host) + LEAST_GAIN;
  const partners = roomiest(allowed.filter((each) => each !== host));
  for (const machine of loose.at(host)) {
    const able = new Set(reach(machine));
    for (const to of partners) {
      if (!able.has(to)) continue;
      for (const other of loose.at(to)) {
        const left = Math.min(
          headroom(host, between(other.need, machine.need)),
          headroom(to, between(machine.need, other.need)),
        );
        if (left <= most || !canChange({ machine, to, other }, { loose, reach })) continue;
        [best, most] = [{ machine, to, other }, left];
      }
    }
  }
  return best;
}

function roomiest(hosts: readonly PlanHost[]): readonly PlanHost[] {
  return hosts
    .map((host) => ({ host, left: headroom(host) }))
    .toSorted((a, b) => b.left - a.left)
    .slice(0, MOST_PARTNERS)
    .map(({ host }) => host);
}

function between(more: Load, fewer: Load): Load {
  return { memory: more.memory - fewer.memory, cpu: more.cpu - fewer.cpu };
}
