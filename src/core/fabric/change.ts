import type { PlanHost, PlanMachine } from './fleet';
import type { Loose } from './loose';
import { fits } from './occupancy';
import type { Reach } from './reach';

/** A machine goes from where it stands to another host, or changes places with one of that host's. */
export interface Change {
  readonly machine: PlanMachine;
  readonly to: PlanHost;
  readonly other: PlanMachine | null;
}

/** Whether a change can be made: makes it, asks `isGood` about that, and takes it back. */
export function canChange(
  { machine, to, other }: Change,
  { loose, reach }: { readonly loose: Loose; readonly reach: Reach },
  isGood: () => boolean = () => true,
): boolean {
  const host = machine.at;
  if (other && !reach(other).includes(host)) return false;
  const before = loose.mark();
  loose.lift(machine);
  if (other) loose.lift(other);
  let can = fits(machine, to);
  if (can) loose.put(machine, to);
  can &&= other === null || fits(other, host);
  if (can && other) loose.put(other, host);
  can &&= isGood();
  loose.undo(before);
  return can;
}

/** Makes a change that can be made. */
export function change({ machine, to, other }: Change, loose: Loose): void {
  const host = machine.at;
  loose.lift(machine);
  if (other) loose.lift(other);
  loose.put(machine, to);
  if (other) loose.put(other, host);
}
