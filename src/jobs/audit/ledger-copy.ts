import type { SignedSeal } from '../../core/audit/seal';
import { STREAM_START, type StreamRecord } from '../../core/audit/stream';
import type { Ledger } from '../../core/ports';

/** What is read of a ledger to verify its audit. */
export type AuditSource = Pick<
  Ledger,
  ('allArchived' | 'audit' | 'auditStream' | 'chainEnd' | 'requestIds' | 'seals' | 'time') | 'trimmedTo'
>;

const AT_ONCE = 500;

/** The records of the ledger's stream after a position, as far as they go at each look. */
export async function* ledgerRecords(
  ledger: Pick<AuditSource, 'auditStream'>,
  after = STREAM_START,
): AsyncIterable<StreamRecord> {
  let position = after;
  for (;;) {
    const records = await ledger.auditStream(position, AT_ONCE);
    yield* records;
    position = records.at(-1)?.position ?? position;
    if (records.length === 0) return;
  }
}

/** All seals of the ledger; null for what is none. */
export async function ledgerSeals(
  ledger: Pick<AuditSource, 'seals'>,
): Promise<readonly (SignedSeal | null)[]> {
  const seals: (SignedSeal | null)[] = [];
  for (;;) {
    const more = await ledger.seals(seals.length + 1, AT_ONCE);
    seals.push(...more);
    if (more.length === 0) return seals;
  }
}
