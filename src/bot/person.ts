import type { Problem } from '../core/problem';
import type { Person } from '../core/request/statement';
import type { Settings } from '../core/settings';

/** Whoever acted, as Slack's payload names them. */
export interface Acted {
  readonly enterprise: string | null | undefined;
  readonly team: string | null | undefined;
  readonly user: string;
}

/**
 * The person who acted, from the payload's ids alone, or why that is nobody to this bot. Team and enterprise must be the
 * configured ones exactly: people are compared by all three ids, so one person must never come with two of them.
 */
export function personOf(
  { enterprise, team, user }: Acted,
  slack: Pick<Settings['slack'], 'team' | 'enterprise'>,
): { person: Person } | { problem: Problem } {
  if (team === slack.team && (enterprise ?? null) === slack.enterprise) {
    return { person: { enterprise: slack.enterprise, team, user } };
  }
  const problem = {
    code: 'person.foreign',
    summary: 'You are not a member of the team that this bot serves.',
    remedy: 'Ask somebody of that team.',
  };
  return { problem };
}
