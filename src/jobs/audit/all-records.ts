import { STREAM_START, type StreamRecord } from '../../core/audit/stream';
import type { AuditSource } from './ledger-copy';
import { ledgerRecords } from './ledger-copy';
import type { AuditCopy } from './verify-copy';

/** Every record there is: those of the mirror, where there is one, and what Redis has after them. Lines that are none are left out. */
export async function* allRecords({
  ledger,
  mirror,
}: {
  ledger: Pick<AuditSource, 'auditStream'>;
  mirror: AuditCopy['records'] | null;
}): AsyncIterable<StreamRecord> {
  let position = STREAM_START;
  for await (const record of mirror ?? []) {
    if ('strange' in record) continue;
    ({ position } = record);
    yield record;
  }
  yield* ledgerRecords(ledger, position);
}
