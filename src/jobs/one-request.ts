import type { Ledger } from '../core/ports';
import { mayFollow } from '../core/policy/follow';
import { reversalId } from '../core/request/new-record';
import type { RequestRecord } from '../core/request/record';
import type { Person } from '../core/request/statement';
import type { Policy } from '../core/settings';

/** One request, for who may see it, and what takes away again what it has added. */
interface OneRequest {
  readonly record: RequestRecord;
  readonly reversal: RequestRecord | null;
}

/** The client for single requests. Methods throw Fault when the ledger does not answer. */
export interface OneRequestClient {
  find(label: string): Promise<RequestRecord | null>;
  /** One request as somebody may see it, asked for in `channel`; 'hidden' when that person may not. */
  showOne(asked: { label: string; by: Person; channel: string }): Promise<OneRequest | 'hidden' | null>;
}

/** Makes it. */
export function createOneRequestClient(parts: { ledger: Ledger; policy: Policy }): OneRequestClient {
  const { ledger, policy } = parts;
  return {
    find: (label) => ledger.findByLabel(label),
    showOne: (asked) => findOne(ledger, policy, asked),
  };
}

/** Null when there is none with this label; 'hidden' when there is, and this person may not see it. `channel`: where it is asked for. */
async function findOne(
  ledger: Ledger,
  policy: Policy,
  { label, by, channel }: { label: string; by: Person; channel: string },
): Promise<OneRequest | 'hidden' | null> {
  const record = await ledger.findByLabel(label);
  if (!record) return null;
  // Where the card stands everybody sees it.
  const isBeside = channel === record.card.channel && !policy.deny?.includes(by.user);
  if (!isBeside && !mayFollow(policy, by, record)) return 'hidden';
  const id = reversalId(record.id, record.plan?.number ?? 0);
  return { record, reversal: record.until === null || record.reverses ? null : await ledger.read(id) };
}
