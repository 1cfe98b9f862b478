import { refuseTooMany } from '../core/policy/caps';
import { isMoveAsk, type ChangeAsk } from '../core/commands/ask';
import { askedMoves } from '../core/moves/asked-moves';
import type { Policy } from '../core/policy/schema';
import type { Ledger } from '../core/ports';
import type { Problem } from '../core/problem';
import type { RequestRecord } from '../core/request/record';
import type { Person } from '../core/request/statement';
import { listOpen } from './open-requests';
import { whoOf } from './statements';

const HOUR_MS = 3_600_000;

/** Why this person has asked for too much, or null; nothing is counted or read where there is no cap. */
export async function refuseOften(
  ledger: Ledger,
  policy: Policy,
  { by, ask }: { by: Person; ask: ChangeAsk },
): Promise<Problem | null> {
  const { caps } = policy;
  const isMove = isMoveAsk(ask);
  const isListed = caps?.openPerPerson !== undefined || (isMove && caps?.movingPerPerson !== undefined);
  const mine = isListed ? await listOpen({ ledger, policy }, { which: 'mine', by }) : null;
  const open = mine ? mine.records.length + mine.more : 0;
  const moving = mine && isMove ? mine.records.reduce((sum, record) => sum + movedBy(record), mine.more) : 0;
  const counts = caps?.requestsPerHour !== undefined;
  const lately = counts ? await ledger.countWithin(`asked-${whoOf(by)}`, HOUR_MS) : 0;
  return refuseTooMany(policy, { open, moving, lately });
}

/** The machines that a request may move; of one that is not planned yet one at least. */
function movedBy(record: RequestRecord): number {
  const { plan } = record;
  if (plan) return plan.hosts.envelope?.machines.length ?? 0;
  return askedMoves(record) === null ? 0 : 1;
}
