import { z } from 'zod';
import type { AuditRecord } from '../request/audit';

const Record: z.ZodType<AuditRecord> = z.strictObject({
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

/** An audit record from its text, or null when it is none. */
export function readAuditText(text: string): AuditRecord | null {
  try {
    return Record.parse(JSON.parse(text));
  } catch {
    return null;
  }
}
