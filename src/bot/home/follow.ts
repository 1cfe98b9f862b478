import type { Clock, Ledger } from '../../core/ports';
import { describeError, type BotLog } from '../log';

/** What following needs. */
interface FollowParts {
  readonly ledger: Pick<Ledger, 'auditEnd'>;
  readonly clock: Clock;
  readonly log: BotLog;
  /** Whether anybody looks at Home. */
  readonly isWatched: () => boolean;
  /** Draws every Home that shows something else by now; false when some had to be left for later. Never throws. */
  readonly redraw: () => Promise<boolean>;
}

/** Drawings of one Home that nobody has asked for are so far apart, in milliseconds; what happens in between is in the next one. */
const APART_MS = 3_000;

/** What changes without a word in the ledger, such as that a worker is gone, is looked for so often, in milliseconds. */
const AT_LEAST_MS = 30_000;

/** Of the time this share is left for everything else: a look that takes long is made less often. */
const REST = 4;

/**
 * Keeps the Homes that somebody looks at up to date. Every change of anything is a record of the audit, whichever program has
 * made it, so one look at the end of the audit says whether there is anything to do.
 */
export async function followHomes(
  signal: AbortSignal,
  { ledger, clock, log, isWatched, redraw }: FollowParts,
): Promise<void> {
  let seen: string | null = null;
  let lookedAt = 0;
  let pause = APART_MS;
  while (!signal.aborted) {
    await clock.wait(pause, signal);
    pause = APART_MS;
    if (signal.aborted) return;
    if (!isWatched()) {
      seen = null;
      continue;
    }
    try {
      const end = await ledger.auditEnd();
      const startedAt = clock.monotonic();
      if (end === seen && startedAt - lookedAt < AT_LEAST_MS) continue;
      const isAllDrawn = await redraw();
      seen = isAllDrawn ? end : null;
      lookedAt = startedAt;
      pause = Math.max(APART_MS, REST * (clock.monotonic() - startedAt));
    } catch (error) {
      log.warn(describeError(error), 'Home could not be kept up to date');
    }
  }
}
