import type { AllowedMachine } from './envelope';
import type { MoveStep } from './move-step';
import { newMoves } from './new-moves';

/** The way back of machines that have moved, in the same order: the largest first, since they take longest. */
export function backMoves(
  gone: readonly MoveStep[],
  machines: readonly AllowedMachine[],
): readonly MoveStep[] {
  const home = new Map(machines.map(({ id, home: folder }) => [id, folder ?? null]));
  return newMoves(
    gone.map(({ machine, name, from, to, storage }) => ({
      machine,
      name,
      from: to,
      to: from,
      storage: storage === null ? null : (home.get(machine) ?? null),
    })),
  );
}
