import { groupsToAsk } from '../../../core/policy/approver-groups';
import type { Touch } from '../../../core/policy/touches';
import type { RequestRecord } from '../../../core/request/record';
import type { DirectoryParts } from './parts';
import { onWriter } from './writer';

/** Of these directory groups (DNs) those that the linked account of a Slack user is in now, being enabled. An account that is not linked is in none. */
export async function heldGroups(
  parts: DirectoryParts,
  user: string,
  groups: readonly string[],
): Promise<readonly string[]> {
  const account = parts.settings.policy.linkedAccounts?.[user];
  if (account === undefined || groups.length === 0) return [];
  const held = await onWriter(parts, [], (at) =>
    Promise.all(groups.map((group) => at.holdsGroup(account, group))),
  );
  return groups.filter((_, at) => held[at] === true);
}

/** For everybody who has decided the present plan, the approver groups that they are in now, by this worker's own policy and reading. */
export async function groupsOfApprovers(
  parts: DirectoryParts,
  record: RequestRecord,
  touches: readonly Touch[],
): Promise<ReadonlyMap<string, readonly string[]>> {
  const users = new Set(
    record.decisions
      .filter(({ statement }) => statement.plan === record.plan?.number)
      .map(({ statement }) => statement.by.user),
  );
  const found = new Map<string, readonly string[]>();
  for (const user of users) {
    const asked = groupsToAsk(parts.settings.policy, touches, user);
    if (asked.length > 0) found.set(user, await heldGroups(parts, user, asked));
  }
  return found;
}
