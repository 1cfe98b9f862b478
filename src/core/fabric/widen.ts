import { canChange, change, type Change } from './change';
import type { Load, PlanHost, PlanMachine } from './fleet';
import { looseAmong, type Loose } from './loose';
import { fits, headroom, less } from './occupancy';
import { rankingOf } from './ranking';
import { among, type Reach } from './reach';

/** Hosts that machines go to, and hosts that they change places with: those with the most left. */
const MOST_TARGETS = 32;
const MOST_PARTNERS = 8;
const LEAST_GAIN = 1e-9;

/**
 * Puts moved machines elsewhere as long as the host that has least left gets more by it, and then the next: moves that are made anyway
 * go to better places, and none is added.
 */
export function widen(
  moved: readonly PlanMachine[],
  { reach, allowed }: { readonly reach: Reach; readonly allowed: readonly PlanHost[] },
): void {
  const loose = looseAmong(moved);
  const ranking = rankingOf(allowed, (host) => headroom(host));
  const field = { loose, reach, ranked: ranking.hosts };
  const done = new Set<PlanHost>();
  for (let rounds = 4 * moved.length + allowed.length; rounds > 0; rounds -= 1) {
    const host = ranking.hosts.findLast((each) => !done.has(each) && loose.at(each).length > 0);
    if (!host) return;
    const found = bestShift(host, field) ?? bestSwap(host, field);
    if (!found) {
      done.add(host);
      continue;
    }
    change(found, loose);
    ranking.changed(host, found.to);
  }
}

interface Field {
  readonly loose: Loose;
  readonly reach: Reach;
  /** Hosts, the one with the most left first. */
  readonly ranked: readonly PlanHost[];
}

function bestShift(host: PlanHost, { loose, reach, ranked }: Field): Change | null {
  let best: Change | null = null;
  let most = headroom(host) + LEAST_GAIN;
  for (const machine of loose.at(host)) {
    const rest = headroom(host, less(machine.need));
    const able = among(reach(machine));
    let tried = 0;
    for (const to of ranked) {
      if (tried === MOST_TARGETS || rest <= most) break;
      if (to === host || !able.has(to)) continue;
      tried += 1;
      const left = Math.min(rest, headroom(to, machine.need));
      if (left > most && fits(machine, to)) [best, most] = [{ machine, to, other: null }, left];
    }
  }
  return best;
}

function bestSwap(host: PlanHost, { loose, reach, ranked }: Field): Change | null {
  let best: Change | null = null;
  let most = headroom(host) + LEAST_GAIN;
  const partners = ranked.filter((each) => each !== host).slice(0, MOST_PARTNERS);
  const there = partners.map((to) => ({ to, others: loose.at(to) }));
  for (const machine of loose.at(host)) {
    const able = among(reach(machine));
    for (const { to, others } of there) {
      if (!able.has(to)) continue;
      for (const other of others) {
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

function between(more: Load, fewer: Load): Load {
  return { memory: more.memory - fewer.memory, cpu: more.cpu - fewer.cpu };
}
