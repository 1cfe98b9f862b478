import { canonicalText } from '../canonical';
import type { Verifier } from '../ports';
import { chainName, type Flaw } from './flaw';
import { marksOf, sealDigest, sealedPart, SEALS_START, type Seal, type SignedSeal } from './seal';
import { comparePositions, STREAM_START, type StreamRecord } from './stream';

/** What is wrong with seals by themselves: their signatures, and that each follows from the one before. `null`: what stands there is none. */
export function checkSealChain(seals: readonly (SignedSeal | null)[], verifier: Verifier): readonly Flaw[] {
  const flaws: Flaw[] = [];
  let before: Seal | null = null;
  for (const [at, signed] of seals.entries()) {
    const place = `seal ${at + 1}`;
    const what = signed ? wrongWith(signed, before, verifier) : 'What stands here is no seal.';
    if (what !== null) flaws.push({ place, what });
    before = signed?.seal ?? null;
    // What follows from no seal cannot be judged: its own number says where to go on.
    if (!before) break;
  }
  return flaws;
}

function wrongWith(
  { seal, keyId, signature }: SignedSeal,
  before: Seal | null,
  verifier: Verifier,
): string | null {
  if (!verifier.verify(canonicalText(seal), keyId, signature)) {
    return 'Its signature is not that of the bot: it was edited, or made by somebody else.';
  }
  if (seal.number !== (before?.number ?? 0) + 1)
    return `It calls itself seal ${seal.number}: one is missing, doubled or out of order.`;
  if (seal.previous !== (before ? sealDigest(before) : SEALS_START)) {
    return 'It does not follow from the seal before it.';
  }
  const follows =
    seal.after === (before?.to ?? STREAM_START) && seal.total === (before?.total ?? 0) + seal.count;
  return follows ? null : 'It does not go on where the seal before it ends.';
}

/** The records of a stream against the seals that cover them. */
export interface SealCheck {
  /** What is wrong with the seals that end before this record. */
  take(record: StreamRecord): readonly Flaw[];
  /** What is wrong with those that are left, when there are no more records. */
  end(): readonly Flaw[];
  /** How many records came after the last seal. */
  readonly unsealed: number;
}

/** Begins with the first seal that ends after `from`: records up to there are not looked at. */
export function beginSealCheck(all: readonly SignedSeal[], from: string): SealCheck {
  const seals = all.map(({ seal }) => seal).filter(({ to }) => comparePositions(to, from) > 0);
  let part: StreamRecord[] = [];
  let next = 0;
  const close = (): readonly Flaw[] => {
    const seal = seals[next];
    if (!seal) return [];
    const flaws = compare(seal, part);
    part = [];
    next += 1;
    return flaws;
  };
  const isOver = (position: string): boolean => {
    const seal = seals[next];
    return seal !== undefined && comparePositions(position, seal.to) > 0;
  };
  return {
    take(record) {
      const flaws: Flaw[] = [];
      while (isOver(record.position)) flaws.push(...close());
      part.push(record);
      return flaws;
    },
    end() {
      const flaws: Flaw[] = [];
      while (next < seals.length) flaws.push(...close());
      return flaws;
    },
    get unsealed() {
      return next < seals.length ? 0 : part.length;
    },
  };
}

/** What stands between two seals against what the later one says. */
function compare(seal: Seal, part: readonly StreamRecord[]): readonly Flaw[] {
  const own = sealedPart(part);
  if (own.records === seal.records && own.count === seal.count) return endsOf(seal, own.ends);
  const [is, was] = [marksOf(own.marks), marksOf(seal.marks)];
  const at = is.findIndex((mark, index) => mark !== was[index]);
  const first = at === -1 ? is.length : at;
  return [{ place: placeOf(seal, part, first), what: difference(seal, { is, was, first }) }];
}

function placeOf({ number, after }: Seal, part: readonly StreamRecord[], first: number): string {
  const record = part[first];
  const last = part[first - 1];
  const where = record ? nameOf(record) : `after ${last ? nameOf(last) : after}`;
  return `seal ${number}, ${where}`;
}

function nameOf({ label, position, text }: StreamRecord): string {
  const seq = /"seq":(\d{1,15})/.exec(text)?.[1] ?? '?';
  return `${chainName(label, 'system')}, record ${seq} (${position})`;
}

function difference(
  { count }: Seal,
  { is, was, first }: { is: readonly string[]; was: readonly string[]; first: number },
): string {
  if (first >= is.length)
    return `Here are ${is.length} records where the bot sealed ${count}: the last are missing.`;
  if (is[first] === was[first + 1]) return 'A record that was sealed is missing before this one.';
  if (is[first + 1] === was[first] || first >= was.length)
    return 'It was put in after the bot had sealed what is here.';
  const isElsewhere = was.includes(is[first] ?? '', first);
  return isElsewhere
    ? 'It stands in another order than was sealed.'
    : 'It is not the record that was sealed.';
}

function endsOf(seal: Seal, ends: Seal['ends']): readonly Flaw[] {
  const is = new Map(ends.map(({ chain, ...end }) => [chain, end]));
  const isSame = seal.ends.length === ends.length;
  const other = seal.ends.find(({ chain, seq, head }) => {
    const own = is.get(chain);
    return own?.seq !== seq || own.head !== head;
  });
  if (other === undefined && isSame) return [];
  const name = other ? chainName(other.label, other.chain) : 'a chain';
  return [{ place: `seal ${seal.number}, ${name}`, what: 'The seal names another end of this chain.' }];
}
