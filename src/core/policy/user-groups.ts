import { isMoveKind } from './kinds';
import { approversOf, isDenied, rulesFor, type AppliedRule } from './rules';
import type { Policy } from './schema';
import type { Touch } from './touches';

/**
 * The Slack user group whose members may approve by a rule; null: none, whatever the rule says of another kind of change than moves. Who is in one is
 * Slack's word, told by the bot, and a workspace's administrators change it: no worker can look, so it lets nobody write to the directory or set a host.
 */
export function userGroupOf({ kind, rule }: Pick<AppliedRule, 'kind' | 'rule'>): string | null {
  return isMoveKind(kind) ? (rule?.approverUserGroup ?? null) : null;
}

/** The user groups that a person has to be in to approve what is touched: those of the rules that do not name the person and do not deny it. */
export function userGroupsToAsk(policy: Policy, touches: readonly Touch[], user: string): readonly string[] {
  const groups = rulesFor(policy, touches).flatMap((applied) => {
    const { rule } = applied;
    const isSettled = !rule || approversOf(policy, rule).includes(user) || isDenied(policy, rule, user);
    return isSettled ? [] : (userGroupOf(applied) ?? []);
  });
  return [...new Set(groups)];
}
