import type { RequestRecord } from '../../core/request/record';
import { StoredRecordSchema, type StoredRecord } from '../../core/request/record-schema';
import { malformed } from './ledger-fault';
import { readSteps, spelledSteps } from './planned-values';
import { requireReadable } from './readable';
import type { ShelvedPlan, StoredPlans } from './stored-plans';

/** What the hash keeps beside the record's JSON; these fields win. So does the id, which is the key's: a reversal's intake is its parent's. */
const OUTSIDE = ['label', 'rev', 'state', 'since', 'audit'] as const;

const whole = /^\d{1,15}$/;

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
  hash: Readonly<Record<string, string>>,
  plans: StoredPlans,
): Promise<RequestRecord> {
  const stored = parseStored(id, hash);
  // A whole plan is not what the ledger writes. It is read every time, and counts for no more than a text that somebody wrote.
  const plan = typeof stored.plan === 'string' ? await plans.find(stored.plan) : stored.plan;
  try {
    return { ...stored, plan, steps: readSteps(stored.steps, plan) };
  } catch (cause) {
    throw notReadable(id, cause);
  }
}

function parseStored(id: string, hash: Readonly<Record<string, string>>): StoredRecord {
  try {
    const { label, state, head } = hash;
    const times = { since: numberOf(hash['since']), rev: numberOf(hash['rev']) };
    const audit = { seq: numberOf(hash['seq']), head };
    const inside = JSON.parse(hash['record'] ?? '') as object;
    return StoredRecordSchema.parse({ ...inside, id, label, state, ...times, audit });
  } catch (cause) {
    throw notReadable(id, cause);
  }
}

function notReadable(id: string, cause: unknown): Error {
  return malformed(`The record of ${id.slice(0, 80)}`, cause);
}

/** A whole number as Redis keeps it: decimal digits and nothing else, so that it is written back as it was. */
export function numberOf(text: string | null | undefined): number {
  return text !== undefined && text !== null && whole.test(text) ? Number(text) : Number.NaN;
}
