import { frozen } from '../../core/frozen';
import { putNewest } from '../../core/newest';
import { StoredRecordSchema, type StoredRecord } from '../../core/request/record-schema';
import { malformed } from './ledger-fault';

/** How many records a process remembers, and how long a text may be for that: all open requests of a busy day, at most 16 million characters. */
const REMEMBERED = 256;
const LONGEST = 65_536;

/** All fields of a request's hash that its record is read from. */
const READ = ['record', 'label', 'state', 'since', 'rev', 'seq', 'head'] as const;

const whole = /^\d{1,15}$/;

/** A request's hash as the ledger holds it. */
export type RecordHash = Readonly<Record<string, string>>;

/**
 * The records of one ledger as they are stored, before their plans are found. Open requests are looked at every few seconds and seldom differ: what
 * was read from these very texts before is given again, frozen. Nothing else counts as the same, neither the revision nor the end of the chain:
 * whoever writes to Redis could leave both as they were.
 */
export interface ParsedRecords {
  /** Throws Fault `ledger.malformed` when this is no record. */
  read(id: string, hash: RecordHash): StoredRecord;
}

/** Remembers nothing yet. */
export function parsedRecords(): ParsedRecords {
  /** The one that was wanted last is last. */
  const kept = new Map<string, { readonly hash: RecordHash; readonly stored: StoredRecord }>();
  return {
    read(id, hash) {
      const found = kept.get(id);
      const isSame = found && READ.every((field) => found.hash[field] === hash[field]);
      const stored = isSame ? found.stored : frozen(parse(id, hash));
      // A whole plan is not what the ledger writes: it is read every time, and counts for no more than a text that somebody wrote.
      const isUsual = typeof stored.plan === 'string' || stored.plan === null;
      if (isUsual && (hash['record'] ?? '').length <= LONGEST)
        putNewest(kept, [id, { hash, stored }], REMEMBERED);
      return stored;
    },
  };
}

function parse(id: string, hash: RecordHash): StoredRecord {
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

/** The fault of a request whose hash is no record. */
export function notReadable(id: string, cause: unknown): Error {
  return malformed(`The record of ${id.slice(0, 80)}`, cause);
}

/** A whole number as Redis keeps it: decimal digits and nothing else, so that it is written back as it was. */
export function numberOf(text: string | null | undefined): number {
  return text !== undefined && text !== null && whole.test(text) ? Number(text) : Number.NaN;
}
