import type { Call, CallAnswer } from './call';
import { openShell, type Shell, type ShellOptions } from './shell';

/** How a pool is kept. */
export interface PoolOptions extends ShellOptions {
  /** Shells at a time. */
  readonly size: number;
  /** A shell is replaced after so many calls, and after so many milliseconds, since processes of PowerShell grow. */
  readonly mostCalls?: number;
  readonly mostMs?: number;
}

/** Shells that calls share. */
export interface Pool {
  /** Waits for a free shell and calls. Never rejects; `unknown` too when no shell could be started. */
  call(call: Call, deadlineMs: number): Promise<CallAnswer>;
  /** Ends all shells; calls that wait or run come back as unknown. */
  close(): void;
}

interface Kept {
  readonly shell: Shell;
  readonly since: number;
  calls: number;
}

const MOST_CALLS = 500;
const MOST_MS = 30 * 60_000;

/** Opens a pool. Shells are started when they are wanted, and anew after a crash or a hang. */
export function openPool(options: PoolOptions): Pool {
  const { size, clock, mostCalls = MOST_CALLS, mostMs = MOST_MS } = options;
  const idle: Kept[] = [];
  const all = new Set<Kept>();
  const waiting: (() => void)[] = [];
  const state = { busy: 0, isClosed: false };

  const isFresh = ({ shell, since, calls }: Kept): boolean =>
    shell.isAlive() && calls < mostCalls && clock.monotonic() - since < mostMs;

  const isFull = (): boolean => state.busy >= size && !state.isClosed;

  function discard(kept: Kept): void {
    all.delete(kept);
    kept.shell.kill();
  }

  async function take(): Promise<Kept | null> {
    for (let kept = idle.pop(); kept; kept = idle.pop()) {
      if (isFresh(kept)) return kept;
      discard(kept);
    }
    const shell = await openShell(options);
    if (!shell) return null;
    const kept = { shell, since: clock.monotonic(), calls: 0 };
    all.add(kept);
    if (state.isClosed) discard(kept);
    return kept;
  }

  function give(kept: Kept): void {
    if (state.isClosed || !isFresh(kept)) discard(kept);
    else idle.push(kept);
  }

  return {
    async call(call, deadlineMs) {
      while (isFull()) await new Promise<void>((resolve) => waiting.push(resolve));
      if (state.isClosed) return { kind: 'unknown' };
      state.busy += 1;
      try {
        const kept = await take();
        if (!kept) return { kind: 'unknown' };
        kept.calls += 1;
        const answer = await kept.shell.call(call, deadlineMs);
        give(kept);
        return answer;
      } finally {
        state.busy -= 1;
        waiting.shift()?.();
      }
    },
    close() {
      state.isClosed = true;
      for (const kept of all) discard(kept);
      for (const wake of waiting.splice(0)) wake();
    },
  };
}
