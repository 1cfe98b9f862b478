import type { RecordChange } from '../../core/ports';
import { invariant } from '../../core/problem';
import { CHAIN_START, type AuditEntry } from '../../core/request/audit';
import { newRecord } from '../../core/request/new-record';
import type { RequestRecord } from '../../core/request/record';
import { RequestRecordSchema } from '../../core/request/record-schema';
import { mayGo } from '../../core/request/states';
import type { Intake, Signed } from '../../core/request/statement';

/** How long an intake's idempotency key is remembered, in seconds. */
export const INTAKE_KEY_LIFE_S = 7 * 24 * 3600;

/** How long a claimed key is remembered, in seconds. */
export const CLAIM_LIFE_S = 24 * 3600;

/** The end of a chain that has no record yet. */
export const EMPTY_CHAIN = { seq: 0, head: CHAIN_START };

/** The first record of a request's chain. */
export function intakeEntry({ by, at, command, channel }: Intake): AuditEntry {
  const who = `${by.enterprise ?? '-'}/${by.team}/${by.user}`;
  return { what: 'intake', who, at, detail: { command, channel } };
}

/** A request as it begins, before the ledger gives it label, time and audit. Throws when it could not be read back. */
export function firstRecord(intake: Signed<Intake>, card: { channel: string }): RequestRecord {
  const record = newRecord(intake, card);
  requireReadable({ ...record, label: 'R-0' });
  return record;
}

/** A note about a request that the ledger does not have, as the system chain keeps it. */
export function strayEntry(id: string, entry: AuditEntry): AuditEntry {
  return id === '' ? entry : { ...entry, detail: { ...entry.detail, named: id.slice(0, 80) } };
}

/**
 * The record as the change leaves it, before the ledger gives it revision, time and audit. Throws when the request has ended, the state
 * table has no such arrow, or the record could not be read back: an unreadable one would be lost, and nothing was sent yet.
 */
export function transit(seen: RequestRecord, change: RecordChange): RequestRecord {
  const { id, label, rev, intake, since, audit } = seen;
  const next = { ...seen, ...change, id, label, rev, intake, since, audit };
  invariant(seen.ending === null, `${label} has not ended`);
  invariant(mayGo(seen.state, next.state), `${seen.state} → ${next.state} is in the state table`);
  requireReadable(next);
  return next;
}

function requireReadable(record: RequestRecord): void {
  const { error } = RequestRecordSchema.safeParse(record);
  invariant(!error, `what is recorded can be read back: ${error?.issues[0]?.path.join('.')}`);
}
