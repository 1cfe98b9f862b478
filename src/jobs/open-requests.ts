import type { RequestsAsk } from '../core/commands/ask';
import type { HeldLease, Ledger } from '../core/ports';
import { awaitsReview } from '../core/request/break-glass';
import type { RequestRecord } from '../core/request/record';
import { isSamePerson, type Person } from '../core/request/statement';

/** More than this no message shows, and no list needs; the rest is counted. */
const MOST = 25;

/** Requests without an ending, oldest first, and who writes which object right now. */
export interface OpenRequests {
  readonly records: readonly RequestRecord[];
  /** How many more there are. */
  readonly more: number;
  readonly leases: readonly HeldLease[];
}

/** Lists open requests: all, one's own, those that wait for a decision, those that are being carried out, or those that are over and whose broken glass nobody has reviewed. */
export async function listOpen(
  ledger: Ledger,
  { which, by }: { which: RequestsAsk['which']; by: Person },
): Promise<OpenRequests> {
  const ids = which === 'review' ? await ledger.toReview() : await ledger.openRequests();
  const read = await Promise.all(ids.map((id) => ledger.read(id)));
  const chosen = read.flatMap((record) => (record && isWanted(record, { which, by }) ? [record] : []));
  return {
    records: chosen.slice(0, MOST),
    more: Math.max(0, chosen.length - MOST),
    leases: await ledger.leases('object-'),
  };
}

function isWanted(
  record: RequestRecord,
  { which, by }: { which: RequestsAsk['which']; by: Person },
): boolean {
  if (which === 'review') return awaitsReview(record);
  if (record.ending) return false;
  switch (which) {
    case null:
      return true;
    case 'mine':
      return isSamePerson(record.intake.statement.by, by);
    case 'waiting':
      return record.state === 'waiting';
    case 'running':
      return ['approved', 'running', 'awaiting-hand'].includes(record.state);
  }
}
