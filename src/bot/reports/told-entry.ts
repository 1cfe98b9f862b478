import type { Delivered } from '../../core/ports';
import type { AuditEntry } from '../../core/request/audit';
import { UNTOLD } from './wanted';

/** What the audit says of a delivery: which message stands where, in which words (by their digest), and whether it is new. */
export function toldEntry(
  key: string,
  told: Delivered,
  { known, at }: { known: Delivered | undefined; at: number },
): AuditEntry {
  const { channel, ts, digest } = told;
  const how = ts === UNTOLD ? 'nobody' : known?.ts === ts ? 'edited' : 'posted';
  return { what: 'report', who: 'bot', at, detail: { message: key, how, channel, ts, digest } };
}
