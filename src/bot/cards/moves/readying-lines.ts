import type { First } from '../../../core/moves/envelope';
import { isReadying, owesStart, type MoveStep } from '../../../core/moves/move-step';
import { visible } from '../text';

const DOING: Readonly<Record<First, string>> = {
  eject: 'has its drive emptied for its move',
  'shut-down': 'is being shut down by its guest for its move; it is not switched off',
  save: 'is being saved for its move',
};
const DONE: Readonly<Record<First, string>> = {
  eject: 'has an empty drive, and moves next',
  'shut-down': 'is off, and moves next',
  save: 'is saved, and moves next',
};

/** Machines that are made ready for their move because somebody chose that, and those that are started again; a plain line each. */
export function readyingLines(moves: readonly MoveStep[]): readonly string[] {
  return moves.flatMap((step) => {
    const { name, first, readied } = step;
    if (owesStart(step)) return [`⏻ ${visible(name)} is started again where it is.`];
    if (!isReadying(step) || first === null) return [];
    return [`⏻ ${visible(name)} ${(readied?.doneAt === null ? DOING : DONE)[first]}.`];
  });
}
