import type { DirectoryPart } from '../../../core/delegation/plan';
import { listChanges } from '../../../core/delegation/powers';
import type { Problem } from '../../../core/problem';

/** More than this nobody types or pastes without a slip, and no thread shows. */
const MOST_VALUES = 512;
const MOST_OBJECTS = 16;

/** Why a person cannot be asked to carry this out, or null. */
export function tooMuchByHand(part: Pick<DirectoryPart, 'changes'>): Problem | null {
  const byHand = part.changes.filter(({ by }) => by === 'hand');
  const values = listChanges({ changes: byHand }).reduce(
    (sum, { add, remove }) => sum + add.length + remove.length,
    0,
  );
  if (byHand.length <= MOST_OBJECTS && values <= MOST_VALUES) return null;
  return {
    code: 'plan.by-hand-size',
    summary: `A person would have to change ${byHand.length} objects with ${values} values by hand; ${MOST_OBJECTS} objects and ${MOST_VALUES} values are the most.`,
    remedy: 'Ask for fewer hosts at once.',
  };
}
