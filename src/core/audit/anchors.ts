import type { Flaw } from './flaw';
import { sealDigest, type SignedSeal } from './seal';

/** Digits of a seal's digest in an anchor: nobody finds another seal with the same. */
const ANCHOR_DIGITS = 32;

/** What was posted of a seal, outside of all that whoever writes Redis can reach. */
export interface Anchor {
  readonly number: number;
  readonly total: number;
  /** The first digits of the seal's digest, at least sixteen. */
  readonly digest: string;
}

/** The anchor's line, as it is posted and as `readAnchors` finds it. */
export function anchorLine({ seal }: SignedSeal): string {
  return `Audit seal ${seal.number} · ${seal.total} records · ${sealDigest(seal).slice(0, ANCHOR_DIGITS)}`;
}

const anchor = /Audit seal (\d{1,12}) · (\d{1,15}) records · ([0-9a-f]{16,64})/g;

/** All anchors in a text, such as what was copied from the channel. */
export function readAnchors(text: string): readonly Anchor[] {
  return [...text.matchAll(anchor)].map(([, number, total, digest = '']) => ({
    number: Number(number),
    total: Number(total),
    digest,
  }));
}

/** What the anchors say that the seals do not. */
export function checkAnchors(
  anchors: readonly Anchor[],
  seals: readonly (SignedSeal | null)[],
): readonly Flaw[] {
  return anchors.flatMap(({ number, total, digest }) => {
    const signed = seals[number - 1];
    const place = `anchor of seal ${number}`;
    if (!signed)
      return [
        {
          place,
          what: 'This seal was posted and is not here: everything since the seal before it is missing.',
        },
      ];
    const isSame = sealDigest(signed.seal).startsWith(digest) && signed.seal.total === total;
    return isSame
      ? []
      : [{ place, what: 'Another seal was posted under this number: what is here was written anew.' }];
  });
}

/** The newest seal that was posted, and when. */
export interface Posted {
  readonly number: number;
  readonly total: number;
  /** Milliseconds since 1970. */
  readonly at: number;
}

/** Whether the newest seal is to be posted: once in so many hours, and only if it covers anything that no posted one does. */
export function isAnchorDue(
  newest: SignedSeal | null,
  posted: Posted | null,
  { anchorHours, now }: { anchorHours: number; now: number },
): boolean {
  if (!newest || newest.seal.total <= (posted?.total ?? 0)) return false;
  return !posted || now - posted.at >= anchorHours * 3_600_000;
}
