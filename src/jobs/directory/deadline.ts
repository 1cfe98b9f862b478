import type { Clock } from '../../core/ports';

/** The time that was given to something is over; it may still be under way. */
export class DeadlinePassed extends Error {
  override readonly name = 'DeadlinePassed';
}

/** Waits for `work`, but no longer than `ms`: then rejects with DeadlinePassed. The work itself must be ended by the caller. */
export async function withDeadline<T>(clock: Clock, ms: number, work: Promise<T>): Promise<T> {
  const over = new AbortController();
  const alarm = clock.wait(ms, over.signal).then(
    // Work that ended in time has aborted the wait: nobody listens any more, and an error with its stack would be for nothing.
    () => {
      if (over.signal.aborted) return new Promise<never>(() => undefined);
      throw new DeadlinePassed(`${ms} ms are over`);
    },
  );
  try {
    return await Promise.race([work, alarm]);
  } finally {
    // Said plainly: without a reason each of them would get an error with its stack.
    over.abort('over');
  }
}
