import { Fault } from '../../core/problem';
import type { AuditRecord } from '../../core/request/audit';
import type { RequestRecord } from '../../core/request/record';
import { RequestRecordSchema } from '../../core/request/record-schema';

/** What the hash keeps beside the record's JSON; these fields win. */
const OUTSIDE = ['label', 'rev', 'state', 'since', 'audit'] as const;

/** The record as one text, without what has fields of its own. Throws on one that could not be read back. */
export function storedText(record: RequestRecord): string {
  // What could not be read back must not be written: it would stand in the way for ever.
  RequestRecordSchema.parse({ ...record, label: record.label || 'R-0' });
  const inside = Object.entries(record).filter(([key]) => !OUTSIDE.some((outside) => outside === key));
  return JSON.stringify(Object.fromEntries(inside));
}

/** The record of a request's hash. Throws Fault `ledger.malformed` when it is not one. */
export function readStored(id: string, hash: Readonly<Record<string, string>>): RequestRecord {
  try {
    const { label, state, since } = hash;
    const outside = { label, state, since: Number(since), rev: Number(hash['rev']) };
    const audit = { seq: Number(hash['seq']), head: hash['head'] };
    return RequestRecordSchema.parse({ ...(JSON.parse(hash['record'] ?? '') as object), ...outside, audit });
  } catch (cause) {
    const message = `The record of ${id} in the ledger is not readable.`;
    const remedy = 'Somebody may have written to Redis: look at the audit. Nothing is carried out for it.';
    throw new Fault({ code: 'ledger.malformed', retry: 'never', message, remedy }, { cause });
  }
}

/** An audit record from its text; it was written by `chain`, and `brokenLink` tells whether it still is what was written. */
export function readAudit(text: string): AuditRecord {
  try {
    return JSON.parse(text) as AuditRecord;
  } catch {
    return { request: '', seq: -1, prev: '', hash: '', what: 'unreadable', who: '', at: 0, detail: {} };
  }
}
