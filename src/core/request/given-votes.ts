import type { Plan } from '../delegation/plan';
import { touchesOf } from '../policy/touches';
import { isApproved, tally, type Tally, type Vote } from '../policy/votes';
import type { Policy } from '../settings';
import type { RequestRecord } from './record';
import type { Decision, Signed } from './statement';

/** The approvals of a plan as votes. */
export function votesOf(
  { number }: Pick<Plan, 'number'>,
  decisions: readonly Signed<Decision>[],
): readonly Vote[] {
  return decisions
    .map(({ statement }) => statement)
    .filter(({ plan, verdict }) => plan === number && verdict === 'approve')
    .map(({ by, votesFor, breaksGlass }) => ({ by, rules: votesFor, breaksGlass }));
}

/** What each rule that applies to a plan has of the decisions in the record. */
export function talliesOf(
  { intake, decisions }: Pick<RequestRecord, 'intake' | 'decisions'>,
  plan: Plan,
  policy: Policy,
): readonly Tally[] {
  const requester = intake.statement.by;
  return tally(policy, touchesOf(plan), { requester, votes: votesOf(plan, decisions) });
}

/** True when the decisions in the record approve the plan: each rule that applies has the approvers that it wants. */
export function isQuorate(
  record: Pick<RequestRecord, 'intake' | 'decisions'>,
  plan: Plan,
  policy: Policy,
): boolean {
  return isApproved(talliesOf(record, plan, policy));
}
