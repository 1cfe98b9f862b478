import { hasMoved, isLeftByChoice } from '../../../../../core/moves/move-step';
import type { Round } from '../../../../../core/moves/round';
import { withRound } from '../../../../../core/moves/rounds';
import type { RequestRecord } from '../../../../../core/request/record';
import { commit, type HostEffectorParts } from '../../parts';

/** Ends a round whose machines have all returned, but for those that somebody leaves where they are. One that they have not ends the request. */
export async function endRound(
  parts: HostEffectorParts,
  record: RequestRecord,
  round: Round,
): Promise<RequestRecord | null> {
  const { moves } = record;
  if (!moves.every((step) => hasMoved(step) || isLeftByChoice(step))) return null;
  const over = { ...round, leg: 'over' as const, returned: moves.filter(hasMoved).length };
  return commit(parts, record, {
    change: { rounds: withRound(record.rounds, over), trouble: null },
    what: 'round.over',
    detail: { hosts: round.hosts.join(', '), returned: over.returned },
  });
}
