import { isDrain } from '../request/advance-moves';
import type { RequestRecord } from '../request/record';
import type { State } from '../request/states';
import { fromOf } from '../request/window';
import { askedMoves } from './asked-moves';
import type { MoveStep } from './move-step';
import { presentRound } from './rounds';

/** From its approval on a drain keeps machines off. */
const EMPTYING: readonly State[] = ['approved', 'running', 'awaiting-hand'];

/**
 * The hosts that a request keeps machines off now: those that a drain empties, from its approval on (of one that waits for a window: from its first
 * move on), and after its end as long as their machines are not back, unless nothing was moved away. What ends it then is a return, or a person.
 */
export function keptEmpty(record: RequestRecord): readonly string[] {
  const { state, ending, moves, rounds, reverses } = record;
  if (reverses || !isDrain(record)) return [];
  if (rounds.length > 0) return keptOfRound(record);
  const isWaiting = fromOf(record, {}) !== null && moves.every(({ intent }) => !intent);
  if (isWaiting && !ending) return [];
  const isKept = ending ? moves.some(mayHaveLeft) : EMPTYING.includes(state);
  const ask = isKept ? askedMoves(record) : null;
  // One after the other: the first is kept empty when its round begins.
  return ask?.verb === 'drain' && ask.returns !== 'rolling' ? ask.hosts : [];
}

/** Until its machines are all back, unless none was moved away. */
function keptOfRound(record: Pick<RequestRecord, 'rounds' | 'moves' | 'ending'>): readonly string[] {
  const round = presentRound(record);
  if (!round || round.leg === 'next') return [];
  const isAway = !record.ending || round.away > 0 || record.moves.some(mayHaveLeft);
  return isAway ? round.hosts : [];
}

/** One that nobody but a person can put right may be anywhere. */
function mayHaveLeft({ outcome }: MoveStep): boolean {
  return outcome !== null && ['moved', 'there', 'stuck'].includes(outcome.kind);
}
