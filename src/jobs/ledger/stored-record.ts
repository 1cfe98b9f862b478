import { z } from 'zod';
import type { Delivered } from '../../core/ports';
import type { AuditRecord } from '../../core/request/audit';
import type { RequestRecord } from '../../core/request/record';
import { RequestRecordSchema } from '../../core/request/record-schema';
import { malformed } from './ledger-fault';

/** What the hash keeps beside the record's JSON; these fields win. So does the id, which is the key's. */
const OUTSIDE = ['label', 'rev', 'state', 'since', 'audit'] as const;

const whole = /^\d{1,15}$/;

/** The record as one text, without what has fields of its own. */
export function storedText(record: RequestRecord): string {
  const inside = Object.entries(record).filter(([key]) => !OUTSIDE.some((outside) => outside === key));
  return JSON.stringify(Object.fromEntries(inside));
}

/** The record of a request's hash. Throws Fault `ledger.malformed` when it is not one. */
export function readStored(id: string, hash: Readonly<Record<string, string>>): RequestRecord {
  try {
    const { label, state, head } = hash;
    const times = { since: numberOf(hash['since']), rev: numberOf(hash['rev']) };
    const audit = { seq: numberOf(hash['seq']), head };
    const inside = JSON.parse(hash['record'] ?? '') as object;
    return RequestRecordSchema.parse({ ...inside, id, label, state, ...times, audit });
  } catch (cause) {
    throw malformed(`The record of ${id.slice(0, 80)}`, cause);
  }
}

/** A whole number as Redis keeps it: decimal digits and nothing else, so that it is written back as it was. */
export function numberOf(text: string | null | undefined): number {
  return text !== undefined && text !== null && whole.test(text) ? Number(text) : Number.NaN;
}

const Audit: z.ZodType<AuditRecord> = z.strictObject({
  what: z.string(),
  who: z.string(),
  at: z.number().int(),
  detail: z.record(
    z.string(),
    z.union([z.string(), z.number().int(), z.boolean(), z.null(), z.array(z.string())]),
  ),
  request: z.string(),
  seq: z.number().int(),
  prev: z.string(),
  hash: z.string(),
});

/** An audit record from its text. What is none stands as `unreadable`, at which `brokenLink` finds the chain broken. */
export function readAudit(text: string): AuditRecord {
  try {
    return Audit.parse(JSON.parse(text));
  } catch {
    return { request: '', seq: -1, prev: '', hash: '', what: 'unreadable', who: '', at: 0, detail: {} };
  }
}

const DeliveredMessage: z.ZodType<Delivered> = z.strictObject({
  channel: z.string(),
  ts: z.string().nullable(),
  digest: z.string(),
});

/** What was delivered for a request. Throws Fault `ledger.malformed`. */
export function readDelivered(id: string, hash: Readonly<Record<string, string>>): Map<string, Delivered> {
  try {
    return new Map(
      Object.entries(hash).map(([key, text]) => [key, DeliveredMessage.parse(JSON.parse(text))]),
    );
  } catch (cause) {
    throw malformed(`What was delivered for ${id.slice(0, 80)}`, cause);
  }
}
