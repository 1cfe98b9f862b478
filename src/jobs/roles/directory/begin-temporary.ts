import type { Plan } from '../../../core/delegation/plan';
import { newReversal } from '../../../core/request/new-record';
import type { RequestRecord } from '../../../core/request/record';
import { auditEntry, type DirectoryParts } from './parts';

/**
 * Before the first effect of a plan for a time, its reversal is in the ledger: nothing that is to go again is ever written
 * without what takes it away. The time is counted from here. Gives when it is due, null for a plan that is for good.
 */
export async function beginTemporary(
  parts: DirectoryParts,
  record: RequestRecord,
  plan: Plan,
): Promise<number | null> {
  const { forMs } = plan.directory;
  if (record.until !== null || forMs === null) return record.until;
  const due = parts.clock.now() + forMs;
  const entry = auditEntry(parts, {
    what: 'reversal',
    detail: { parent: record.label, plan: plan.number, due },
  });
  const reversal = await parts.ledger.recordReversal(newReversal(record, due), entry);
  return reversal.reverses?.due ?? due;
}
