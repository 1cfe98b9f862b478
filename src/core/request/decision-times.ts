import type { Plan } from '../delegation/plan';
import type { Times } from '../settings';
import type { Intake } from './statement';
import { windowOf, type Zone } from './window';

const MINUTE_MS = 60_000;

/**
 * The latest times that a decision at `at` may give a plan, in milliseconds since 1970. What is written at once has to begin soon after the
 * decision, whatever the moves wait for; moves alone soon after their window begins, and have it to its end.
 */
export function decisionTimes(
  intake: Intake,
  plan: Pick<Plan, 'directory' | 'hosts'>,
  { at, times, zone }: { readonly at: number; readonly times: Times; readonly zone: Zone },
): { readonly startBy: number; readonly endBy: number } {
  const window = windowOf(intake, zone);
  const begin = Math.max(at, window?.from ?? at);
  const isAtOnce = plan.directory.changes.length > 0 || plan.hosts.settings.length > 0;
  return {
    startBy: (isAtOnce ? at : begin) + times.startMinutes * MINUTE_MS,
    endBy: window?.until ?? begin + minutesOf(plan, times) * MINUTE_MS,
  };
}

/** How long after its decision what is written may still be written, in milliseconds since 1970. */
export function writtenBy(plan: Pick<Plan, 'directory' | 'hosts'>, at: number, times: Times): number {
  return at + minutesOf(plan, times) * MINUTE_MS;
}

/** How long a plan may have effects, in minutes: a person may take days. */
function minutesOf({ directory, hosts }: Pick<Plan, 'directory' | 'hosts'>, times: Times): number {
  const isByHand = [...directory.changes, ...hosts.settings].some(({ by }) => by === 'hand');
  return isByHand ? times.handMinutes : times.endMinutes;
}
