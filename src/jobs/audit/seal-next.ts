import { canonicalText } from '../../core/canonical';
import { chainName, type Flaw } from '../../core/audit/flaw';
import { drawSeal, sealDigest, SEALED_AT_ONCE, type Seal, type SignedSeal } from '../../core/audit/seal';
import { linkOf, STREAM_START, type StreamRecord } from '../../core/audit/stream';
import { beginWalk, type ChainEnd } from '../../core/audit/walk';
import type { Clock, Ledger, Signer, Verifier } from '../../core/ports';

/** What the bot seals with. */
export interface SealingParts {
  readonly ledger: Pick<Ledger, 'addSeal' | 'auditStream' | 'lastSeal' | 'sealedEnd' | 'seals'>;
  readonly signer: Signer;
  /** Knows the bot's own public keys, also earlier ones. */
  readonly verifier: Verifier;
  readonly clock: Clock;
}

/** What came of it. `overtaken`: another bot has sealed meanwhile. */
export type Sealed =
  | { readonly kind: 'sealed'; readonly number: number; readonly count: number }
  | { readonly kind: 'nothing' }
  | { readonly kind: 'overtaken' }
  | { readonly kind: 'refused'; readonly flaw: Flaw };

/**
 * Makes seals. Whoever asks for one gives nothing to sign: the bot reads what follows the last seal itself, and signs only if that seal is
 * its own, every record follows from the one before it in its chain, and every chain goes on where a seal of its own has found it to end.
 */
export function createSealing(parts: SealingParts): { readonly sealNext: () => Promise<Sealed> } {
  const { ledger, signer, clock } = parts;
  /** The newest seal that this process has signed: somebody who can write Redis could take seals away. */
  let own: Seal | null = null;
  return {
    async sealNext() {
      const signed = await ledger.lastSeal();
      const last = signed && signed.seal;
      const records = await ledger.auditStream(last ? last.to : STREAM_START, SEALED_AT_ONCE);
      const flaw =
        lostSeal(last, own) ?? (signed && foreignSeal(parts, signed)) ?? (await firstFlaw(parts, records));
      if (flaw) return { kind: 'refused', flaw };
      const seal = drawSeal(last, records, clock.now());
      if (!seal) return { kind: 'nothing' };
      const signature = signer.sign(canonicalText(seal));
      if (!(await ledger.addSeal({ seal, keyId: signer.keyId, signature }))) return { kind: 'overtaken' };
      own = seal;
      return { kind: 'sealed', number: seal.number, count: seal.count };
    },
  };
}

function foreignSeal(parts: SealingParts, last: SignedSeal): Flaw | null {
  if (isOwn(parts, last)) return null;
  return { place: `seal ${last.seal.number}`, what: 'The last seal was not signed by this bot.' };
}

function lostSeal(last: Seal | null, own: Seal | null): Flaw | null {
  if (!own) return null;
  const isSame = last?.number === own.number && sealDigest(last) === sealDigest(own);
  if (isSame || (last && last.number > own.number)) return null;
  return {
    place: `seal ${own.number}`,
    what: 'A seal that this bot has signed is missing, or another stands there.',
  };
}

/** The first record that does not follow, each chain from the end that a seal of the bot's own has found. */
async function firstFlaw(parts: SealingParts, records: readonly StreamRecord[]): Promise<Flaw | null> {
  const labels = new Map<string, string>();
  for (const record of records) {
    const chain = linkOf(record)?.request;
    if (chain !== undefined) labels.set(chain, record.label);
  }
  const endsOf = ownEnds(parts);
  const starts = new Map<string, ChainEnd | null>();
  for (const [chain, label] of labels) {
    const start = await sealedStart(parts, chain, endsOf);
    if (start === 'forged') {
      return {
        place: chainName(label, chain),
        what: 'What the ledger says of its last seal is in no seal of the bot.',
      };
    }
    starts.set(chain, start);
  }
  const walk = beginWalk((chain) => starts.get(chain) ?? null);
  for (const record of records) {
    const [flaw] = walk.take(record);
    if (flaw) return flaw;
  }
  return null;
}

/** The ends of chains that a seal names, by chain; null when that seal is none of the bot's own. */
type EndsOf = (seal: number) => Promise<ReadonlyMap<string, ChainEnd> | null>;

/** Many chains name the same few seals: each is read and verified once for the seal that is being made. */
function ownEnds(parts: SealingParts): EndsOf {
  const read = new Map<number, ReadonlyMap<string, ChainEnd> | null>();
  return async (number) => {
    const known = read.get(number);
    if (known !== undefined) return known;
    const [signed] = await parts.ledger.seals(number, 1);
    const ends =
      signed && isOwn(parts, signed) ? new Map(signed.seal.ends.map((end) => [end.chain, end])) : null;
    read.set(number, ends);
    return ends;
  };
}

/** Where the seals say that a chain ended; null when none has touched it. What Redis says of it counts only with the seal that it names. */
async function sealedStart(
  { ledger }: SealingParts,
  chain: string,
  endsOf: EndsOf,
): Promise<ChainEnd | null | 'forged'> {
  const end = await ledger.sealedEnd(chain);
  if (!end) return null;
  const named = (await endsOf(end.seal))?.get(chain);
  return named?.seq === end.seq && named.head === end.head ? { seq: end.seq, head: end.head } : 'forged';
}

function isOwn({ verifier }: SealingParts, { seal, keyId, signature }: SignedSeal): boolean {
  return verifier.verify(canonicalText(seal), keyId, signature);
}
