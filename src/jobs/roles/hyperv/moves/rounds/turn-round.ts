import { askedMoves } from '../../../../../core/moves/asked-moves';
import { isUnderWay } from '../../../../../core/moves/move-step';
import { presentRound } from '../../../../../core/moves/rounds';
import { isGivenUp } from '../../../../../core/request/advance-moves';
import { paceOf } from '../../../../../core/request/next';
import type { RequestRecord } from '../../../../../core/request/record';
import { movesClosedAt } from '../../../../../core/request/window';
import type { HostEffectorParts } from '../../parts';
import { lookAtEmptied } from '../emptied';
import { isEarly } from '../in-window';
import { beginRound } from './begin-round';
import { endRound } from './end-round';
import { lookForHosts } from './look-for-hosts';

/** Whether it is a round's turn: no move goes on, and none is left to be begun. */
export function isRoundsTurn({ clock, rules }: HostEffectorParts, record: RequestRecord): boolean {
  const { moves, rounds } = record;
  if (rounds.length === 0 || moves.some(isUnderWay)) return false;
  const isClosed = movesClosedAt(record, clock.now(), paceOf(rules)) !== null;
  return isClosed || isGivenUp(moves) || moves.every(({ outcome }) => outcome);
}

/** Does what a round needs next beside its moves. Null: nothing, or somebody else was first. */
export async function turnRound(
  parts: HostEffectorParts,
  record: RequestRecord,
): Promise<RequestRecord | null> {
  const ask = askedMoves(record);
  const round = presentRound(record);
  // Rounds come from the ledger: only hosts that were asked for, and that this worker is set up for, are ever looked at.
  const isMeant = (host: string): boolean =>
    ask?.verb === 'drain' && ask.hosts.includes(host) && parts.settings.hosts.includes(host);
  if (ask?.verb !== 'drain' || !round?.hosts.every(isMeant)) return null;
  switch (round.leg) {
    case 'next':
      return isEarly(parts, record) ? null : beginRound(parts, record, { ask, round });
    case 'away':
      return record.remaining === null ? lookAtEmptied(parts, record) : null;
    case 'service':
      return lookForHosts(parts, record, { ask, round });
    case 'back':
      return endRound(parts, record, round);
    case 'over':
      return null;
  }
}
