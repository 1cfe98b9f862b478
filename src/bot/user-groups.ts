import type { WebClient } from '@slack/web-api';
import type { Clock } from '../core/ports';
import type { MemberOf, RequestClient } from '../jobs/client';
import { slackAnswers } from './slack-answers';
import { slackFault } from './slack-fault';

/** Asks Slack who is in a user group (`usergroups.users.list`), at the click. Whatever Slack refuses or does not answer in time lets nobody approve by it. */
export function createUserGroups(web: WebClient, clock: Clock): (user: string) => MemberOf {
  const membersOf = slackAnswers(clock, async (group): Promise<readonly string[]> => {
    const { users = [] } = await web.usergroups.users.list({ usergroup: group }).catch((error: unknown) => {
      throw slackFault(error);
    });
    return users;
  });
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
