import type { RequestRecord } from '../../core/request/record';
import { StoredRecordSchema } from '../../core/request/record-schema';
import { notReadable, type ParsedRecords, type RecordHash } from './parsed-records';
import { readSteps, spelledSteps } from './planned-values';
import { requireReadable } from './readable';
import type { ShelvedPlan, StoredPlans } from './stored-plans';

/** What the hash keeps beside the record's JSON; these fields win. So does the id, which is the key's: a reversal's intake is its parent's. */
const OUTSIDE = ['label', 'rev', 'state', 'since', 'audit'] as const;

/** A record as it goes into the ledger. */
export interface WrittenRecord {
  /** Without what has fields of its own, and with a digest in place of the plan. */
  readonly text: string;
  readonly shelved: ShelvedPlan | null;
  /** What is given to whoever reads it; it shares nothing with the record that was handed in but a plan read from here. */
  readonly record: RequestRecord;
}

/** Spells a record for the ledger. Throws when it could not be read back. The plan is looked at only if it did not come from here. */
export function writeDown(record: RequestRecord, plans: StoredPlans): WrittenRecord {
  const shelved = record.plan && plans.shelve(record.plan);
  const plan = shelved?.plan ?? null;
  const spelling = {
    ...record,
    plan: shelved?.digest ?? null,
    steps: spelledSteps(record.steps, plan),
  };
  const stored = requireReadable(StoredRecordSchema.safeParse(spelling));
  const inside = Object.entries(stored).filter(([key]) => !OUTSIDE.some((outside) => outside === key));
  const text = JSON.stringify(Object.fromEntries(inside));
  return { text, shelved, record: { ...stored, plan, steps: readSteps(stored.steps, plan) } };
}

/** The record of a request's hash. Throws Fault `ledger.malformed` when it is not one, or its plan is not there. */
export async function readStored(
  id: string,
  hash: RecordHash,
  { records, plans }: { readonly records: ParsedRecords; readonly plans: StoredPlans },
): Promise<RequestRecord> {
  const stored = records.read(id, hash);
  const plan = typeof stored.plan === 'string' ? await plans.find(stored.plan) : stored.plan;
  try {
    return { ...stored, plan, steps: readSteps(stored.steps, plan) };
  } catch (cause) {
    throw notReadable(id, cause);
  }
}
