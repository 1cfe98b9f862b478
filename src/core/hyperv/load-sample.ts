import { z } from 'zod';

/** What a host was under at one time: its processors in percent, its memory in bytes. Times in milliseconds since 1970. */
export const LoadSample = z.strictObject({
  at: z.int(),
  load: z.int().min(0).max(100),
  free: z.int().nonnegative(),
  total: z.int().nonnegative(),
});
export type LoadSample = z.infer<typeof LoadSample>;

/** So many samples are kept of a host: a day of one each minute. */
export const SAMPLES_KEPT = 1_440;

/** The load of a host over a time. */
export interface LoadOver {
  readonly average: number;
  readonly most: number;
  /** The least memory that was free, in bytes. */
  readonly leastFree: number;
  readonly samples: number;
}

/** What the samples since a time say; null when there are none. */
export function loadSince(samples: readonly LoadSample[], since: number): LoadOver | null {
  const counted = samples.filter(({ at }) => at >= since);
  if (counted.length === 0) return null;
  const loads = counted.map(({ load }) => load);
  return {
    average: Math.round(loads.reduce((sum, load) => sum + load, 0) / loads.length),
    most: Math.max(...loads),
    leastFree: Math.min(...counted.map(({ free }) => free)),
    samples: counted.length,
  };
}
