import type { WebClient } from '@slack/web-api';
import type { Clock } from '../core/ports';
import type { Problem } from '../core/problem';
import type { Settings } from '../core/settings';
import { refusalOf, slackFault } from './slack-fault';
import { inTime } from './in-time';
import { oneAsker } from './one-asker';

/** Says why somebody may not act, though the payload names the right team. */
export interface Membership {
  /** Null for a full member. Throws Fault when Slack does not say. */
  refuse(user: string): Promise<Problem | null>;
}

/** How long an answer is believed, and how long it is waited for, in milliseconds. */
const BELIEVED_MS = 60_000;
const WAIT_MS = 800;

/** Asks Slack whether somebody is a full, living, human member: bots, guests, strangers and deactivated people are none. */
export function createMembership(
  web: WebClient,
  { slack, clock }: { slack: Pick<Settings['slack'], 'team'>; clock: Clock },
): Membership {
  const askOnce = oneAsker((user) => ask(web, user, slack.team));
  const known = new Map<string, { problem: Problem | null; until: number }>();
  return {
    async refuse(user) {
      const cached = known.get(user);
      if (cached && cached.until > clock.now()) return cached.problem;
      const problem = await inTime(clock, WAIT_MS, askOnce(user));
      if (problem === 'late') throw slackFault(null);
      known.set(user, { problem, until: clock.now() + BELIEVED_MS });
      return problem;
    },
  };
}

async function ask(web: WebClient, user: string, team: string): Promise<Problem | null> {
  try {
    const { user: found } = await web.users.info({ user });
    if (found && isFullMember(found, team)) return null;
  } catch (error) {
    if (refusalOf(error) !== 'user_not_found') throw slackFault(error);
  }
  return {
    code: 'person.not-member',
    summary:
      'Guests, bots and deactivated accounts are not among the approvers or requesters, only full members are.',
    remedy: 'Ask a full member of the team.',
  };
}

type SlackUser = NonNullable<Awaited<ReturnType<WebClient['users']['info']>>['user']>;

function isFullMember(user: SlackUser, team: string): boolean {
  const marks = [user.deleted, user.is_bot, user.is_restricted, user.is_ultra_restricted];
  // In an enterprise a member's own `team_id` may be a sister team; then the list of teams counts.
  const teams = [user.team_id, ...(user.enterprise_user?.teams ?? [])];
  return teams.includes(team) && !marks.includes(true);
}
