import { userGroupsToAsk } from '../core/policy/user-groups';
import type { Policy } from '../core/policy/schema';
import { touchesToDecide } from '../core/request/nothing-yet';
import type { RequestRecord } from '../core/request/record';

/** Which of these Slack user groups a person is in now. Throws Fault when Slack does not say: then nobody approves by a group. */
export type MemberOf = (groups: readonly string[]) => Promise<readonly string[]>;

/** The user groups by which a person may approve a request, as Slack says now; Slack is not asked where no rule wants to know. */
export async function askUserGroups(
  policy: Policy,
  { record, user, memberOf }: { record: RequestRecord; user: string; memberOf?: MemberOf | undefined },
): Promise<readonly string[]> {
  const groups = userGroupsToAsk(policy, touchesToDecide(record), user);
  if (groups.length === 0 || !memberOf) return [];
  const held = await memberOf(groups);
  return groups.filter((group) => held.includes(group));
}
