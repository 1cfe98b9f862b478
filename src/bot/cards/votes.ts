import type { Plan } from '../../core/delegation/plan';
import { commonApprovers, quorumOf, rulesFor } from '../../core/policy/rules';
import { touchesOf } from '../../core/policy/touches';
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
  const left = quorumOf(policy, touchesOf(plan)) - voted.length;
  const able = commonApprovers(policy, rulesFor(policy, touchesOf(plan)))
    .map((user) => ({ ...by, user }))
    .filter((person) => !isSamePerson(person, by) && !voted.some((other) => isSamePerson(person, other)));
  if (able.length < left) {
    return 'Nobody can approve this: handover.yaml names too few approvers besides the requester.';
  }
  const shown = able.slice(0, PEOPLE_SHOWN).map(mention);
  const rest = able.length > shown.length ? [`${able.length - shown.length} more`] : [];
  return `Needs ${counted(left, 'approval')} from any of ${[...shown, ...rest].join(', ')}.`;
}
