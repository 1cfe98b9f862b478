import type { Plan } from '../../core/delegation/plan';
import { kindsOf } from '../../core/request/decide';
import { quorumOf } from '../../core/request/policy';
import type { RequestRecord } from '../../core/request/record';
import { isSamePerson } from '../../core/request/statement';
import type { Policy } from '../../core/settings';
import { currentDecisions } from './account';
import { counted, mention } from './text';

const PEOPLE_SHOWN = 5;

/** Whose approval a waiting plan still needs, in mrkdwn; says so when the policy lets nobody approve it. */
export function needsLine(record: RequestRecord, plan: Plan, policy: Policy): string {
  const { by } = record.intake.statement;
  const voted = currentDecisions(record).map((decision) => decision.by);
  const left = quorumOf(policy, kindsOf(plan)) - voted.length;
  const able = approversOf(plan, policy)
    .map((user) => ({ ...by, user }))
    .filter((person) => !isSamePerson(person, by) && !voted.some((other) => isSamePerson(person, other)));
  if (able.length < left) {
    return 'Nobody can approve this: handover.yaml names too few approvers besides the requester.';
  }
  const shown = able.slice(0, PEOPLE_SHOWN).map(mention);
  const rest = able.length > shown.length ? [`${able.length - shown.length} more`] : [];
  return `Needs ${counted(left, 'approval')} from any of ${[...shown, ...rest].join(', ')}.`;
}

/** The people who may approve every kind of change in the plan. */
function approversOf(plan: Plan, policy: Policy): readonly string[] {
  const [first = [], ...others] = kindsOf(plan).map((kind) => policy[kind]?.approvers ?? []);
  return [...new Set(first)].filter((user) => others.every((list) => list.includes(user)));
}
