import { approversOf, isDenied, rulesFor } from './rules';
import type { Policy } from './schema';
import type { Touch } from './touches';

/**
 * The directory groups (DNs) in which a person has to be to approve what is touched: those of the rules that do not name the
 * person, if the person has a linked account and nothing denies it. Whether the account is in them, only the directory knows.
 */
export function groupsToAsk(policy: Policy, touches: readonly Touch[], user: string): readonly string[] {
  if (policy.linkedAccounts?.[user] === undefined) return [];
  const groups = rulesFor(policy, touches).flatMap(({ rule }) => {
    const isNamed = rule === null || approversOf(policy, rule).includes(user);
    return isNamed || rule.approverGroup === undefined || isDenied(policy, rule, user)
      ? []
      : [rule.approverGroup];
  });
  return [...new Set(groups)];
}
