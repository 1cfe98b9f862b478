import { createHash } from 'node:crypto';
import { digest } from '../canonical';
import { linkOf, STREAM_START, streamDigest, type StreamRecord } from './stream';
import type { ChainEnd } from './walk';

/** The `previous` of the first seal. */
export const SEALS_START = '0'.repeat(64);

/** The most records that one seal covers. */
export const SEALED_AT_ONCE = 1_000;

/** Hex digits of a mark: enough to tell which record differs. That one does is the digest's to say. */
const MARK_DIGITS = 8;

/**
 * What the bot signs about a part of the stream: that these records stood in it, in this order, and where the chains that they belong to
 * ended with them. Each seal follows from the one before it, so the newest one speaks for all records.
 */
export interface Seal {
  readonly kind: 'seal';
  /** From 1. */
  readonly number: number;
  /** Digest of the seal before, `SEALS_START` for the first. */
  readonly previous: string;
  /** It covers the records after this position, up to and with `to`. */
  readonly after: string;
  readonly to: string;
  readonly count: number;
  /** How many records this seal and all before it cover. */
  readonly total: number;
  /** SHA-256 over the records' digests, in their order. */
  readonly records: string;
  /** The first digits of each record's digest, one after the other: they say which one differs when `records` does. */
  readonly marks: string;
  /** The end of each chain of which a record is covered, by the chain's name. */
  readonly ends: readonly (ChainEnd & { readonly chain: string; readonly label: string })[];
  /** Milliseconds since 1970. */
  readonly at: number;
}

/** A seal with the bot's Ed25519 signature over its canonical text. */
export interface SignedSeal {
  readonly seal: Seal;
  readonly keyId: string;
  readonly signature: string;
}

/** SHA-256 of a seal: what the next one and an anchor name. */
export function sealDigest(seal: Seal): string {
  return digest(seal);
}

/** What a seal says of these records. */
export function sealedPart(
  records: readonly StreamRecord[],
): Pick<Seal, 'count' | 'records' | 'marks' | 'ends'> {
  const all = createHash('sha256');
  const ends = new Map<string, Seal['ends'][number]>();
  let marks = '';
  for (const record of records) {
    const own = streamDigest(record);
    all.update(own, 'utf8');
    marks += own.slice(0, MARK_DIGITS);
    const link = linkOf(record);
    if (!link) continue;
    ends.set(link.request, { chain: link.request, label: record.label, seq: link.seq, head: link.hash });
  }
  return {
    count: records.length,
    records: all.digest('hex'),
    marks,
    ends: [...ends.values()].toSorted((a, b) => (a.chain < b.chain ? -1 : 1)),
  };
}

/** The seal over the records that follow the one before; null when there are none. */
export function drawSeal(previous: Seal | null, records: readonly StreamRecord[], at: number): Seal | null {
  const last = records.at(-1);
  if (!last) return null;
  const part = sealedPart(records);
  return {
    kind: 'seal',
    number: (previous?.number ?? 0) + 1,
    previous: previous ? sealDigest(previous) : SEALS_START,
    after: previous?.to ?? STREAM_START,
    to: last.position,
    ...part,
    total: (previous?.total ?? 0) + part.count,
    at,
  };
}

/** The marks of a seal or of a part, one for each record. */
export function marksOf(marks: string): readonly string[] {
  return marks.match(new RegExp(`.{1,${MARK_DIGITS}}`, 'g')) ?? [];
}
