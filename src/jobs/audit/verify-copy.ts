import { beginSealCheck, checkSealChain } from '../../core/audit/check-seals';
import type { Flaw } from '../../core/audit/flaw';
import type { SignedSeal } from '../../core/audit/seal';
import { comparePositions, STREAM_START, type StreamRecord } from '../../core/audit/stream';
import { beginWalk, type ChainEnd, type Walk } from '../../core/audit/walk';
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

/**
 * Verifies a copy by itself: each chain, the seals, and the records against the seals. Of a copy whose records begin after `from`, chains go
 * on where the seals up to there have found them to end.
 */
export async function verifyCopy(
  copy: AuditCopy,
  verifier: Verifier,
  from = STREAM_START,
): Promise<VerifiedCopy> {
  const sealFlaws = checkSealChain(copy.seals, verifier);
  const seals = copy.seals.filter((signed) => signed !== null);
  const starts = endsAt(seals, from);
  const walk = beginWalk((chain) => starts.get(chain) ?? null);
  const check = beginSealCheck(seals, from);
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

/** Where the seals up to a position have found each chain to end. */
function endsAt(seals: readonly SignedSeal[], from: string): ReadonlyMap<string, ChainEnd> {
  const ends = new Map<string, ChainEnd>();
  for (const { seal } of seals) {
    if (comparePositions(seal.to, from) > 0) break;
    for (const { chain, seq, head } of seal.ends) ends.set(chain, { seq, head });
  }
  return ends;
}
