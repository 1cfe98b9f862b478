import { hasMoved } from '../../../../../core/moves/move-step';
import type { Round } from '../../../../../core/moves/round';
import { withRound } from '../../../../../core/moves/rounds';
import type { RequestRecord } from '../../../../../core/request/record';
import { commit, type HostEffectorParts } from '../../parts';

/** Ends a round whose machines have all returned. One that they have not ends the request. */
export async function endRound(
  parts: HostEffectorParts,
  record: RequestRecord,
  round: Round,
): Promise<RequestRecord | null> {
  if (!record.moves.every(hasMoved)) return null;
  const over = { ...round, leg: 'over' as const, returned: record.moves.length };
  return commit(parts, record, {
    change: { rounds: withRound(record.rounds, over), trouble: null },
    what: 'round.over',
    detail: { hosts: round.hosts.join(', '), returned: over.returned },
  });
}
