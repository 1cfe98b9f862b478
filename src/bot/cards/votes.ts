import type { Plan } from '../../core/delegation/plan';
import { commonApprovers, quorumOf, rulesFor } from '../../core/policy/rules';
import { touchesOf } from '../../core/policy/touches';
import type { RequestRecord } from '../../core/request/record';
import { isSamePerson, type Person } from '../../core/request/statement';
import type { Policy } from '../../core/settings';
import { currentDecisions } from './account';
import { mention } from './text';

const PEOPLE_SHOWN = 5;

/** Whose approval a waiting plan still needs, in mrkdwn; says so when the policy lets nobody approve it. */
export function needsLine(record: RequestRecord, plan: Plan, policy: Policy): string {
  const left = votesLeft(record, plan, policy);
  const able = undecided(record, plan, policy);
  if (able.length < left) {
    return 'Nobody can approve this: handover.yaml names too few approvers besides the requester. Its owner has to name more.';
  }
  const shown = able.slice(0, PEOPLE_SHOWN).map(mention);
  const rest = able.length > shown.length ? [`${able.length - shown.length} more`] : [];
  const wanted = left + currentDecisions(record).length;
  const from = [...shown, ...rest].join(', ');
  return wanted === 1
    ? `Needs 1 approval from any of ${from}.`
    : `Approvals: ${wanted - left} of ${wanted}. Needs ${left} more from any of ${from}.`;
}

/** How many approvals a waiting plan still needs. */
export function votesLeft(record: RequestRecord, plan: Plan, policy: Policy): number {
  return quorumOf(policy, touchesOf(plan)) - currentDecisions(record).length;
}

/** Who may decide about a plan: its approvers but for the requester. */
export function deciders(record: RequestRecord, plan: Plan, policy: Policy): readonly Person[] {
  const { by } = record.intake.statement;
  return commonApprovers(policy, rulesFor(policy, touchesOf(plan)))
    .map((user) => ({ ...by, user }))
    .filter((person) => !isSamePerson(person, by));
}

/** Who may decide about a plan and has not. */
export function undecided(record: RequestRecord, plan: Plan, policy: Policy): readonly Person[] {
  const voted = currentDecisions(record).map((decision) => decision.by);
  return deciders(record, plan, policy).filter(
    (person) => !voted.some((other) => isSamePerson(person, other)),
  );
}
