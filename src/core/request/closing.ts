import type { RequestRecord } from './record';

/** Whether somebody has said stop. Stopping needs no signature: it only keeps effects from happening. */
export function isStopped({ instructions }: Pick<RequestRecord, 'instructions'>): boolean {
  return instructions.some(({ statement }) => statement.what === 'stop');
}

/**
 * Since when no further step of a run may begin, milliseconds since 1970; null as long as they may: somebody has said stop, the time
 * of the approval is over, or that for which the values were to stay.
 */
export function closedAt(record: RequestRecord, now: number): number | null {
  const stops = record.instructions.filter(({ statement }) => statement.what === 'stop');
  const ends = [
    ...stops.map(({ statement }) => statement.at),
    lastMoment(record, 'endBy'),
    record.until ?? Infinity,
  ];
  const closed = Math.min(...ends);
  return stops.length > 0 || now > closed ? closed : null;
}

/** The last moment at which the present plan's decisions let a run begin, or have an effect; 0 without decisions. */
export function lastMoment(record: RequestRecord, limit: 'startBy' | 'endBy'): number {
  const times = record.decisions
    .filter((signed) => signed.statement.plan === record.plan?.number)
    .map((signed) => signed.statement[limit]);
  // The decision that completes the quorum starts the clock; the earliest ends it.
  if (times.length === 0) return 0;
  return limit === 'startBy' ? Math.max(...times) : Math.min(...times);
}
