import { isDrain } from '../request/advance-moves';
import type { RequestRecord } from '../request/record';
import { readSigned } from '../request/signed-command';
import type { State } from '../request/states';
import type { MoveStep } from './move-step';

/** From its approval on a drain keeps machines off. */
const EMPTYING: readonly State[] = ['approved', 'running', 'awaiting-hand'];

/**
 * The hosts that a request keeps machines off now: those that a drain empties, from its approval on, and after its end as long as their
 * machines are not back, unless nothing was moved away. What ends it then is a return, or a person.
 */
export function keptEmpty(record: RequestRecord): readonly string[] {
  const { state, ending, moves, reverses, intake } = record;
  if (reverses || !isDrain(record)) return [];
  const isKept = ending ? moves.some(mayHaveLeft) : EMPTYING.includes(state);
  const parsed = isKept ? readSigned(intake.statement.command) : null;
  return parsed?.ok && parsed.ask.verb === 'drain' ? parsed.ask.hosts : [];
}

/** One that nobody but a person can put right may be anywhere. */
function mayHaveLeft({ outcome }: MoveStep): boolean {
  return outcome !== null && ['moved', 'there', 'stuck'].includes(outcome.kind);
}
