import type { RecordChange } from '../../core/ports';
import { invariant } from '../../core/problem';
import { CHAIN_START, type AuditEntry, type Happened } from '../../core/request/audit';
import { awaitsReview } from '../../core/request/break-glass';
import type { RequestRecord } from '../../core/request/record';
import { mayGo } from '../../core/request/states';
import type { Intake } from '../../core/request/statement';

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

/**
 * A record as it begins, before the ledger gives it label, time and audit. Throws when it comes with a plan: that is for a transition to
 * write.
 */
export function unlabelled(record: RequestRecord): RequestRecord {
  invariant(record.plan === null && record.ending === null, 'a request begins without plan and ending');
  return { ...record, label: 'R-0', rev: 0 };
}

/** A note about a request that the ledger does not have, as the system chain keeps it. */
export function strayEntry(id: string, entry: AuditEntry): AuditEntry {
  return id === '' ? entry : { ...entry, detail: { ...entry.detail, named: id.slice(0, 80) } };
}

/** More states than this no request goes through in earnest; what comes after them is not kept. */
const MOST_PASSED = 200;

/**
 * The record as the change leaves it, before the ledger gives it revision, time and audit. Throws when the request has ended or the
 * state table has no such arrow.
 */
export function transit(seen: RequestRecord, change: RecordChange, happened: Happened): RequestRecord {
  const { id, label, rev, intake, since, audit } = seen;
  const state = change.state ?? seen.state;
  const at = [happened].flat().at(-1)?.at ?? 0;
  const isNew = state !== seen.state && seen.passed.length < MOST_PASSED;
  const passed = isNew ? [...seen.passed, { state, at }] : seen.passed;
  const next = { ...seen, ...change, id, label, rev, intake, since, audit, passed };
  // Nothing happens after the end; that somebody has looked at it may still be said, once.
  const isReview = awaitsReview(seen) && Object.keys(change).join() === 'review';
  invariant(seen.ending === null || isReview, `${label} has not ended`);
  invariant(mayGo(seen.state, next.state), `${seen.state} → ${next.state} is in the state table`);
  return next;
}
