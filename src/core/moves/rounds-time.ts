import type { RequestRecord } from '../request/record';
import type { Round } from './round';

/**
 * How long a round is going to take, in milliseconds: its moves away and back by the forecast, and the longest time that people have taken for a
 * host so far; of the first nobody knows.
 */
export function roundsTime(
  { plan, rounds }: Pick<RequestRecord, 'plan' | 'rounds'>,
  { hosts }: Round,
): number {
  const foreseen = plan?.forecast?.rounds?.find((each) => each.hosts[0] === hosts[0])?.ms ?? 0;
  const services = rounds.map(({ emptiedAt, backAt }) => (backAt ?? 0) - (emptiedAt ?? backAt ?? 0));
  return foreseen + Math.max(0, ...services);
}
