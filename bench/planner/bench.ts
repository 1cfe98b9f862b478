import type { Figure } from '../figures';
import type { BenchOrder } from '../order';
import { benchExact } from './against-exact';
import { benchOthers } from './against-others';
import { benchGrowth } from './growth';

/**
 * The planner of moves, against the exact optimum on small fabrics, against first-fit decreasing, inventory order and the lower bound on
 * larger ones, and against the clock on the largest.
 */
export async function benchPlanner({ runs, say }: BenchOrder): Promise<readonly Figure[]> {
  const exact = await benchExact(say);
  const others = benchOthers(say);
  return [...exact, ...others, ...benchGrowth(runs, say)];
}
