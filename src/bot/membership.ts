import type { WebClient } from '@slack/web-api';
import type { Clock } from '../core/ports';
import type { Problem } from '../core/problem';
import type { Settings } from '../core/settings';
import { refusalOf, slackFault } from './slack-fault';
import { slackAnswers } from './slack-answers';

/** Says why somebody may not act, though the payload names the right team. */
export interface Membership {
  /** Null for a full member. Throws Fault when Slack does not say. */
  refuse(user: string): Promise<Problem | null>;
}

/** Asks Slack whether somebody is a full, living, human member: bots, guests, strangers and deactivated people are none. */
export function createMembership(
  web: WebClient,
  { slack, clock }: { slack: Pick<Settings['slack'], 'team'>; clock: Clock },
): Membership {
  return { refuse: slackAnswers(clock, (user) => ask(web, user, slack.team)) };
}

async function ask(web: WebClient, user: string, team: string): Promise<Problem | null> {
  try {
    const { user: found } = await web.users.info({ user });
    return found ? whyNot(found, team) : notMember('Slack does not know this account');
  } catch (error) {
    if (refusalOf(error) !== 'user_not_found') throw slackFault(error);
    return notMember('Slack does not know this account');
  }
}

type SlackUser = NonNullable<Awaited<ReturnType<WebClient['users']['info']>>['user']>;

/** Why somebody is no full, living, human member, or null. */
function whyNot(user: SlackUser, team: string): Problem | null {
  if (user.deleted === true) return notMember('This account is deactivated');
  if (user.is_bot === true) return notMember('Bots decide nothing and ask for nothing');
  // In an enterprise a member's own `team_id` may be a sister team; then the list of teams counts.
  const teams = [user.team_id, ...(user.enterprise_user?.teams ?? [])];
  if (!teams.includes(team)) return notMember('This account belongs to another team');
  if (user.is_restricted === true || user.is_ultra_restricted === true) {
    return notMember('Guests decide nothing and ask for nothing');
  }
  return null;
}

function notMember(why: string): Problem {
  return {
    code: 'person.not-member',
    summary: `${why}: only full members are among the approvers and requesters.`,
    remedy: 'Ask a full member of the team.',
  };
}
