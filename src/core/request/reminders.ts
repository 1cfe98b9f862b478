import type { Reminders } from '../settings';
import type { RequestRecord } from './record';

/** What is due of a request that waits for decisions: how many reminders, and whether the people on call are to be called. */
export interface DueReminders {
  readonly count: number;
  readonly isEscalated: boolean;
}

/** How often it is due to say that a broken glass has to be reviewed: at the end, and after `reviewSeconds`, each time after twice as long. 0: the first. */
export function reviewsDue(
  { ending }: Pick<RequestRecord, 'ending'>,
  now: number,
  { reviewSeconds }: Reminders,
): number {
  if (!ending) return 0;
  let count = 0;
  for (let seconds = reviewSeconds; ending.at + seconds * 1_000 <= now; seconds *= 2) count += 1;
  return count;
}

/**
 * Reminders come after the first time, then each time after twice as long, and none once the time to decide is over. `now` in
 * milliseconds since 1970. Nothing is due of a request that does not wait.
 */
export function remindersDue(
  record: Pick<RequestRecord, 'state' | 'ending' | 'plan' | 'since'>,
  now: number,
  { firstSeconds, escalateSeconds }: Reminders,
): DueReminders {
  const { state, ending, plan, since } = record;
  if (state !== 'waiting' || ending || !plan) return { count: 0, isEscalated: false };
  const isDue = (seconds: number): boolean => {
    const at = since + seconds * 1_000;
    return at <= now && at < plan.decideBy;
  };
  let count = 0;
  for (let seconds = firstSeconds; isDue(seconds); seconds *= 2) count += 1;
  return { count, isEscalated: isDue(escalateSeconds) };
}
