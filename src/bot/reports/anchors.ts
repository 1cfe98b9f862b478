import { anchorLine, isAnchorDue, type Posted } from '../../core/audit/anchors';
import type { Flaw } from '../../core/audit/flaw';
import type { SignedSeal } from '../../core/audit/seal';
import { digest } from '../../core/canonical';
import type { Clock, Conversation, Delivered, Ledger } from '../../core/ports';
import { SYSTEM_CHAIN } from '../../core/request/audit';
import { words, type Message } from '../cards/message';
import { inert } from '../cards/text';
import { describeError, type BotLog } from '../log';
import { postOnce } from './post-once';

/** What posting seals needs. */
export interface AnchorParts {
  readonly ledger: Ledger;
  readonly conversation: Conversation<Message>;
  readonly clock: Clock;
  readonly holder: string;
  readonly channels: { readonly approvals: string; readonly notices: string };
  readonly anchorHours: number;
  /** Why the audit was not sealed at the last try, or null. */
  readonly trouble: () => Flaw | null;
}

const EVERY_MS = 10_000;

/** Longer than two calls to Slack and their deadlines. */
const LEASE_MS = 20_000;

const sealKey = /^seal-(\d{1,12})-(\d{1,15})$/;

/**
 * Posts the newest seal where nobody who writes Redis can take it back, and an alarm when the audit cannot be sealed; until the signal
 * aborts. What fails is tried again: what was posted is read from what was delivered, by keys that name the seal.
 */
export async function anchorUntil(signal: AbortSignal, parts: AnchorParts, log: BotLog): Promise<void> {
  while (!signal.aborted) {
    await anchorOnce(parts).catch((error: unknown) => log.warn(describeError(error), 'seal not posted'));
    await parts.clock.wait(EVERY_MS, signal);
  }
}

/** One look: posts what is due. Throws when Slack or the ledger fails. */
export async function anchorOnce(parts: AnchorParts): Promise<void> {
  const { ledger, clock, anchorHours } = parts;
  const lease = await ledger.takeLease('report-seals', parts.holder, LEASE_MS);
  if (!lease) return;
  const delivered = await ledger.delivered(SYSTEM_CHAIN);
  const trouble = parts.trouble();
  if (trouble)
    await postOnce(parts, delivered, {
      key: `alarm-${digest(trouble).slice(0, 16)}`,
      message: alarm(trouble),
    });
  const newest = (await underWay(parts, delivered)) ?? (await ledger.lastSeal());
  const isDue = isAnchorDue(newest, newestPosted(delivered), { anchorHours, now: clock.now() });
  if (!newest || !isDue) return;
  const key = `seal-${newest.seal.number}-${newest.seal.total}`;
  await postOnce(parts, delivered, { key, message: anchor(newest), since: newest.seal.at });
}

/** The seal whose post nobody heard the end of: it may stand there, so it is that one that is looked for. */
async function underWay(
  { ledger }: AnchorParts,
  delivered: ReadonlyMap<string, Delivered>,
): Promise<SignedSeal | null> {
  for (const [key, { ts }] of delivered) {
    const number = ts === null ? sealKey.exec(key)?.[1] : undefined;
    const [seal] = number === undefined ? [] : await ledger.seals(Number(number), 1);
    if (seal) return seal;
  }
  return null;
}

function newestPosted(delivered: ReadonlyMap<string, Delivered>): Posted | null {
  const posted = [...delivered].flatMap(([key, { ts }]): Posted[] => {
    const [, number, total] = sealKey.exec(key) ?? [];
    if (number === undefined || ts === null) return [];
    return [{ number: Number(number), total: Number(total), at: Number.parseFloat(ts) * 1_000 }];
  });
  return posted.toSorted((a, b) => a.number - b.number).at(-1) ?? null;
}

function anchor(signed: SignedSeal): Message {
  const text = `🔏 ${anchorLine(signed)}`;
  const about =
    'Keep this line: with it “handover audit verify --anchors FILE” finds whether anything older was rewritten.';
  return { text, blocks: [words(text), words(about)] };
}

function alarm({ place, what }: Flaw): Message {
  const text = `🛑 The audit does not add up, so it is not sealed: ${inert(place)}: ${inert(what)} Requests go on. Run “handover audit verify” on a worker’s host.`;
  return { text, blocks: [words(text)] };
}
