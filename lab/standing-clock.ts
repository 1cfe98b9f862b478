import type { Clock } from '../src/core/ports';

/** A clock that stands still until somebody lets time pass. */
export interface StandingClock extends Clock {
  /** Moves on by `ms`; whoever waits wakes in order, each at its own time, and does what it then does. */
  pass: (ms: number) => Promise<void>;
}

interface Waiter {
  readonly at: number;
  readonly wake: () => void;
}

/** Stands at `start`. */
export function standingClock(start: number): StandingClock {
  const waiters = new Set<Waiter>();
  let now = start;
  return {
    now: () => now,
    monotonic: () => now - start,
    wait(ms, signal) {
      return new Promise((resolve) => {
        const waiter: Waiter = {
          at: now + ms,
          wake() {
            waiters.delete(waiter);
            signal?.removeEventListener('abort', waiter.wake);
            resolve();
          },
        };
        waiters.add(waiter);
        if (signal?.aborted) waiter.wake();
        signal?.addEventListener('abort', waiter.wake, { once: true });
      });
    },
    async pass(ms) {
      const end = now + ms;
      await quiet();
      for (let next = firstOf(waiters, end); next; next = firstOf(waiters, end)) {
        now = Math.max(now, next.at);
        next.wake();
        await quiet();
      }
      now = end;
      await quiet();
    },
  };
}

/** Of several at the same time whoever has waited longest. */
function firstOf(waiters: ReadonlySet<Waiter>, end: number): Waiter | undefined {
  let first: Waiter | undefined;
  for (const waiter of waiters) {
    if (waiter.at <= end && (first === undefined || waiter.at < first.at)) first = waiter;
  }
  return first;
}

/** Once everything that needs no time has happened. */
async function quiet(): Promise<void> {
  await new Promise<void>((resolve) => {
    setImmediate(resolve);
  });
}
