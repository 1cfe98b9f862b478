import { beginSealCheck, checkSealChain } from '../../core/audit/check-seals';
import type { Flaw } from '../../core/audit/flaw';
import type { SignedSeal } from '../../core/audit/seal';
import { STREAM_START, type StreamRecord } from '../../core/audit/stream';
import { beginWalk, type Walk } from '../../core/audit/walk';
import type { Verifier } from '../../core/ports';
import type { CopyCount } from './verified';

/** A line of a mirror that is none of its own. */
interface StrangeLine {
  readonly strange: string;
}

/** A copy of the audit: in Redis, or in a mirror. */
export interface AuditCopy {
  readonly records: AsyncIterable<StreamRecord | StrangeLine>;
  readonly seals: readonly (SignedSeal | null)[];
}

/** What was found in a copy, and the walk through it, to go on with. */
export interface VerifiedCopy {
  readonly flaws: readonly Flaw[];
  readonly count: CopyCount;
  readonly walk: Walk;
}

/** Verifies a copy by itself: each chain, the seals, and the records against the seals. */
export async function verifyCopy(copy: AuditCopy, verifier: Verifier): Promise<VerifiedCopy> {
  const sealFlaws = checkSealChain(copy.seals, verifier);
  const seals = copy.seals.filter((signed) => signed !== null);
  const walk = beginWalk();
  const check = beginSealCheck(seals, STREAM_START);
  const flaws: Flaw[] = [];
  for await (const record of copy.records) {
    if ('strange' in record)
      flaws.push({ place: record.strange, what: 'This line is none of the mirror’s.' });
    else flaws.push(...check.take(record), ...walk.take(record));
  }
  flaws.push(...check.end());
  const { count: records, chains } = walk;
  const count = { records, chains: chains.size, seals: seals.length, unsealed: check.unsealed };
  return { flaws: [...flaws, ...sealFlaws], count, walk };
}
