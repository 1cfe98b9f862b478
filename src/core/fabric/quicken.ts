import { canChange, change, type Change } from './change';
import type { PlanHost, PlanMachine } from './fleet';
import { looseAmong, type Loose } from './loose';
import { headroom } from './occupancy';
import type { Reach } from './reach';

/** How long a move of a machine keeps a host busy that it goes to, in milliseconds. */
export type BusyMs = (machine: PlanMachine, host: PlanHost) => number;

const MOST_ROUNDS = 100;

interface Field {
  readonly loose: Loose;
  readonly reach: Reach;
  readonly busyMs: BusyMs;
  /** No host may have less left than this. */
  readonly least: number;
}

/**
 * Sends moved machines to hosts whose slots or links are less busy, as long as the busiest of them is busier than any host that they leave,
 * gets less by it, and no host has less left than the one with the least: what a plan takes is decided last, after what it leaves.
 */
export function quicken(
  moved: readonly PlanMachine[],
  { reach, allowed, busyMs }: Omit<Field, 'loose' | 'least'> & { readonly allowed: readonly PlanHost[] },
): void {
  const loose = looseAmong(moved);
  const least = Math.min(...allowed.map((host) => headroom(host)));
  const field = { loose, reach, busyMs, least };
  const leaving = new Map<PlanHost, number>();
  for (const machine of moved) {
    const { from } = machine;
    leaving.set(from, (leaving.get(from) ?? 0) + busyMs(machine, from));
  }
  const longest = Math.max(0, ...leaving.values());
  for (let rounds = Math.min(MOST_ROUNDS, moved.length); rounds > 0; rounds -= 1) {
    const times = allowed.map((host) => ({ host, ms: timeAt(host, field) }));
    const busiest = times.reduce<{ host: PlanHost; ms: number } | null>(
      (most, each) => (most && most.ms >= each.ms ? most : each),
      null,
    );
    if (!busiest || busiest.ms <= longest) return;
    const found = quickest(busiest.host, new Map(times.map(({ host, ms }) => [host, ms])), field);
    if (!found) return;
    change(found, loose);
  }
}

function timeAt(host: PlanHost, { loose, busyMs }: Field): number {
  return loose.at(host).reduce((sum, machine) => sum + busyMs(machine, host), 0);
}

function quickest(host: PlanHost, times: ReadonlyMap<PlanHost, number>, field: Field): Change | null {
  const { loose, reach, busyMs, least } = field;
  const now = times.get(host) ?? 0;
  let best: Change | null = null;
  let shortest = now * (1 - 1e-9);
  for (const machine of loose.at(host)) {
    const rest = now - busyMs(machine, host);
    for (const to of reach(machine)) {
      const there = times.get(to);
      if (to === host || there === undefined) continue;
      for (const other of [null, ...loose.at(to)]) {
        const ms = Math.max(
          rest + (other ? busyMs(other, host) : 0),
          there + busyMs(machine, to) - (other ? busyMs(other, to) : 0),
        );
        if (ms >= shortest) continue;
        const isRoomy = (): boolean => headroom(to) >= least - 1e-9 && headroom(host) >= least - 1e-9;
        if (canChange({ machine, to, other }, field, isRoomy)) {
          [best, shortest] = [{ machine, to, other }, ms];
        }
      }
    }
  }
  return best;
}
