import { z } from 'zod';
import type { Delivered } from '../../core/ports';
import { readAuditText } from '../../core/audit/record-text';
import type { AuditRecord } from '../../core/request/audit';
import { malformed } from './ledger-fault';

const NO_RECORD: AuditRecord = {
  request: '',
  seq: -1,
  prev: '',
  hash: '',
  what: 'unreadable',
  who: '',
  at: 0,
  detail: {},
};

/** An audit record from its text. What is none stands as `unreadable`, at which `brokenLink` finds the chain broken. */
export function readAudit(text: string): AuditRecord {
  return readAuditText(text) ?? { ...NO_RECORD };
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
