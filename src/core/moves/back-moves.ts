import { firstBack, type AllowedMachine } from './envelope';
import type { MoveStep } from './move-step';
import { newMoves } from './new-moves';

/**
 * The way back of machines that have moved, in the same order: the largest first, since they take longest. Where to and how the approved envelope
 * says, not the journal of the way there.
 */
export function backMoves(
  gone: readonly MoveStep[],
  machines: readonly AllowedMachine[],
): readonly MoveStep[] {
  const allowed = new Map(machines.map((each) => [each.id, each]));
  return newMoves(
    gone.map(({ machine, name, from, to, storage }) => ({
      machine,
      name,
      from: to,
      to: from,
      storage: storage === null ? null : (allowed.get(machine)?.home ?? null),
      first: firstBack(allowed.get(machine)?.first),
    })),
  );
}
