import type { Person } from '../request/statement';
import { MOVE_KINDS } from './kinds';

/** Kinds of change that a maintenance window may waive. A write to the directory, or to a host's settings, always needs a person. */
export const WAIVABLE = [...MOVE_KINDS, 'cordon'] as const;

const PREFIX = 'rule:';

/** Whether a kind of change may be waived at all, whatever a policy says. */
export function isWaivable(kind: string): boolean {
  return WAIVABLE.some((each) => each === kind);
}

/** Who a maintenance window is among those who decide: nobody of Slack, whose ids have no colon. */
export function waiverPerson(window: string, requester: Person): Person {
  return { ...requester, user: `${PREFIX}${window}` };
}

/** The name of the maintenance window that a decision is by, or null where it is by a person. */
export function waivingWindow({ user }: Pick<Person, 'user'>): string | null {
  return user.startsWith(PREFIX) ? user.slice(PREFIX.length) : null;
}
