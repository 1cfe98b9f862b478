import type { PlanHost, PlanMachine } from './fleet';
import { looseAmong, type Loose } from './loose';
import { fits, headroom } from './occupancy';
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

interface Change {
  readonly machine: PlanMachine;
  readonly to: PlanHost;
  readonly other: PlanMachine | null;
  readonly ms: number;
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
    const change = quickest(busiest.host, new Map(times.map(({ host, ms }) => [host, ms])), field);
    if (!change) return;
    apply(change, loose);
  }
}

function timeAt(host: PlanHost, { loose, busyMs }: Field): number {
  return loose.at(host).reduce((sum, machine) => sum + busyMs(machine, host), 0);
}

function quickest(host: PlanHost, times: ReadonlyMap<PlanHost, number>, field: Field): Change | null {
  const { loose, reach, busyMs } = field;
  const now = times.get(host) ?? 0;
  let best: Change | null = null;
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
        if (ms >= (best?.ms ?? now * (1 - 1e-9))) continue;
        const change = { machine, to, other, ms };
        if (isAllowed(change, field)) best = change;
      }
    }
  }
  return best;
}

/** Tries a change, and takes it back. */
function isAllowed(change: Change, { loose, reach, least }: Field): boolean {
  const { machine, to, other } = change;
  const host = machine.at;
  if (other && !reach(other).includes(host)) return false;
  const before = loose.mark();
  loose.lift(machine);
  if (other) loose.lift(other);
  let can = fits(machine, to);
  if (can) loose.put(machine, to);
  can &&= other === null || fits(other, host);
  if (can && other) loose.put(other, host);
  can &&= headroom(to) >= least - 1e-9 && headroom(host) >= least - 1e-9;
  loose.undo(before);
  return can;
}

function apply({ machine, to, other }: Change, loose: Loose): void {
  const host = machine.at;
  loose.lift(machine);
  if (other) loose.lift(other);
  loose.put(machine, to);
  if (other) loose.put(other, host);
}
