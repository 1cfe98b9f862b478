import type { Clock } from '../core/ports';

/** What the work comes to, or 'late' after `ms` milliseconds; late work goes on, and its end is the caller's to look at. */
export async function inTime<T>(clock: Clock, ms: number, work: Promise<T>): Promise<T | 'late'> {
  const end = new AbortController();
  try {
    return await Promise.race([work, clock.wait(ms, end.signal).then(() => 'late' as const)]);
  } finally {
    // With a reason of its own: without one, every call would make an exception and its stack.
    end.abort('over');
  }
}
