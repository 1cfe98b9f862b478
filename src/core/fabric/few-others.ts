import { compare, type PlanMachine } from './fleet';
import { looseAmong } from './loose';
import type { Budget } from './make-room';
import { packAll } from './pack';
import { byMemory } from './size';
import type { Reach } from './reach';

/** Up to so many others, and so many sets of them, all are tried. */
const MOST_OTHERS = 40;
const MOST_AT_ONCE = 3;
const TRIES_OF_SET = 400;

/** Puts all of these lifted machines by moving as few of the others as can be: every one of them, then every two, then every three. */
export function packWithFew(
  machines: readonly PlanMachine[],
  others: readonly PlanMachine[],
  { reach, budget }: { reach: Reach; budget: Budget },
): boolean {
  // The smallest first: what makes room takes time, and what waits for it begins later.
  const able = others.filter((other) => reach(other).length > 0).toSorted(byMemory);
  if (able.length > MOST_OTHERS) return false;
  for (let count = 1; count <= MOST_AT_ONCE; count += 1) {
    for (const few of setsOf(able, count)) {
      if (budget.left <= 0) return false;
      const loose = looseAmong(few);
      for (const other of few) loose.lift(other);
      const all = [...machines, ...few].toSorted(
        (a, b) => b.need.memory - a.need.memory || compare(a.id, b.id),
      );
      const own = { left: Math.min(TRIES_OF_SET, budget.left) };
      const before = own.left;
      if (packAll(all, { loose, reach, budget: own })) return true;
      budget.left -= before - own.left + 1;
      loose.undo(0);
    }
  }
  return false;
}

function* setsOf(
  machines: readonly PlanMachine[],
  count: number,
  from = 0,
): Generator<readonly PlanMachine[]> {
  if (count === 0) {
    yield [];
    return;
  }
  for (const [at, machine] of machines.entries()) {
    if (at < from) continue;
    for (const rest of setsOf(machines, count - 1, at + 1)) yield [machine, ...rest];
  }
}
