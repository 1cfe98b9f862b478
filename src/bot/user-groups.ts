import type { WebClient } from '@slack/web-api';
import type { Clock } from '../core/ports';
import type { MemberOf, RequestClient } from '../jobs/client';
import { inTime } from './in-time';
import { oneAsker } from './one-asker';
import { slackFault } from './slack-fault';

/** How long an answer is believed, and how long it is waited for, in milliseconds. */
const BELIEVED_MS = 60_000;
const WAIT_MS = 800;

/** Asks Slack who is in a user group (`usergroups.users.list`), at the click. Whatever Slack refuses or does not answer in time lets nobody approve by it. */
export function createUserGroups(web: WebClient, clock: Clock): (user: string) => MemberOf {
  const known = new Map<string, { members: readonly string[]; until: number }>();
  const askOnce = oneAsker(async (group) => {
    const { users = [] } = await web.usergroups.users.list({ usergroup: group }).catch((error: unknown) => {
      throw slackFault(error);
    });
    known.set(group, { members: users, until: clock.now() + BELIEVED_MS });
    return users;
  });
  const membersOf = async (group: string): Promise<readonly string[]> => {
    const cached = known.get(group);
    if (cached && cached.until > clock.now()) return cached.members;
    const members = await inTime(clock, WAIT_MS, askOnce(group));
    if (members === 'late') throw slackFault(null);
    return members;
  };
  return (user) => async (groups) => {
    const members = await Promise.all(groups.map(membersOf));
    return groups.filter((_, at) => members[at]?.includes(user) === true);
  };
}

/** The same client; whoever decides is looked up in the user groups that the policy wants to know about. */
export function lookedUp(client: RequestClient, memberOf: (user: string) => MemberOf): RequestClient {
  return {
    ...client,
    decide: (input) => client.decide({ ...input, memberOf: memberOf(input.by.user) }),
    mayAnswer: (input) => client.mayAnswer({ ...input, memberOf: memberOf(input.by.user) }),
    mayReview: (input) => client.mayReview({ ...input, memberOf: memberOf(input.by.user) }),
    review: (input) => client.review({ ...input, memberOf: memberOf(input.by.user) }),
  };
}
