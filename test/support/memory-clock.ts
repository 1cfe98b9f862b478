import type { Clock } from '../../src/core/ports';
import { NOW } from './request-record';

/** A clock that stands still until a test lets time pass. */
export interface MemoryClock extends Clock {
  /** Moves on by `ms`; whoever waits wakes in order, each at its own time, and does what it then does. */
  pass: (ms: number) => Promise<void>;
}

interface Waiter {
  readonly at: number;
  readonly wake: () => void;
}

export function memoryClock(start = NOW): MemoryClock {
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

function firstOf(waiters: ReadonlySet<Waiter>, end: number): Waiter | undefined {
  const due = [...waiters].filter((waiter) => waiter.at <= end);
  return due.toSorted((a, b) => a.at - b.at)[0];
}

/** Once everything that needs no time has happened. */
async function quiet(): Promise<void> {
  await new Promise<void>((resolve) => {
    setImmediate(resolve);
  });
}
