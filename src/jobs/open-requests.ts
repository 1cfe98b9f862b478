import type { RequestsAsk } from '../core/commands/ask';
import type { HeldLease, Ledger } from '../core/ports';
import { mayFollow } from '../core/policy/follow';
import { awaitsReview } from '../core/request/break-glass';
import type { RequestRecord } from '../core/request/record';
import { isSamePerson, type Person } from '../core/request/statement';
import type { Policy } from '../core/settings';

/** More than this no message shows, and no list needs; the rest is counted. */
const MOST = 25;

/** Requests without an ending, oldest first, and who writes which object right now. */
export interface OpenRequests {
  readonly records: readonly RequestRecord[];
  /** How many more there are. */
  readonly more: number;
  readonly leases: readonly HeldLease[];
}

/** Lists the open requests that a person may see: all, one's own, those that wait for a decision, those that are being carried out, or those that are over and whose broken glass nobody has reviewed. */
export async function listOpen(
  { ledger, policy }: { ledger: Ledger; policy: Policy },
  { which, by }: { which: RequestsAsk['which']; by: Person },
): Promise<OpenRequests> {
  const ids = which === 'review' ? await ledger.toReview() : await ledger.openRequests();
  const read = await Promise.all(ids.map((id) => ledger.read(id)));
  const visible = await Promise.all(read.map((record) => ifVisible(ledger, record, { policy, by })));
  const seen = visible.flat();
  const chosen = seen.filter((record) => isWanted(record, { which, by }));
  const labels = new Set(seen.map(({ label }) => label));
  const leases = await ledger.leases('object-');
  return {
    records: chosen.slice(0, MOST),
    more: Math.max(0, chosen.length - MOST),
    // A reason begins with the label of the request that is being carried out.
    leases: leases.filter(({ reason }) => labels.has(reason.split(' ', 1)[0] ?? '')),
  };
}

/** A reversal is seen by whoever may see what it takes away again. */
async function ifVisible(
  ledger: Ledger,
  record: RequestRecord | null,
  { policy, by }: { policy: Policy; by: Person },
): Promise<readonly RequestRecord[]> {
  if (!record) return [];
  const parent = record.reverses && record.parent ? await ledger.read(record.parent.id) : null;
  return mayFollow(policy, by, parent ?? record) ? [record] : [];
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
