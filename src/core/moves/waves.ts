import type { ForecastMove } from './forecast';

/** How long moves take with so many at a time, each begun when one ends, in milliseconds; in the order in which they are given. */
export function waves(moves: readonly Pick<ForecastMove, 'ms'>[], most: number): number {
  const ends: number[] = Array.from({ length: Math.max(1, most) }, () => 0);
  for (const { ms } of moves) {
    const first = ends.indexOf(Math.min(...ends));
    ends[first] = (ends[first] ?? 0) + ms;
  }
  return Math.max(...ends);
}
