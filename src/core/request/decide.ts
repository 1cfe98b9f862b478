import type { Plan } from '../delegation/plan';
import { refuseCaps } from '../policy/caps';
import { quorumOf, refuseApprover, rulesHash } from '../policy/rules';
import { touchesOf } from '../policy/touches';
import type { Problem } from '../problem';
import type { Settings } from '../settings';
import { planDigests } from './fingerprint';
import type { RequestRecord } from './record';
import { isSamePerson, type Decision, type Person, type Signed } from './statement';

/** What a click says it is about, and who clicked. */
export interface Click {
  readonly plan: number;
  readonly fingerprint: string;
  readonly by: Person;
}

/** Why this person may not decide this plan now, or the plan that the decision is about. `freeze`: what keeps approvals from
 * being given; `groups`: the approver groups that the person is in, as the directory says now. */
export function judgeClick(
  record: RequestRecord,
  click: Click,
  {
    settings,
    now,
    freeze = null,
    groups,
  }: { settings: Pick<Settings, 'policy'>; now: number; freeze?: Problem | null; groups?: readonly string[] },
): { plan: Plan } | { problem: Problem } {
  if (record.ending)
    return refuse(
      'request.ended',
      `${record.label} is over: ${record.state}.`,
      'Ask again if it is still needed.',
    );
  const { plan } = record;
  if (record.state !== 'waiting' || !plan) {
    const isUnplanned = record.state === 'planning' || record.state === 'stale';
    return isUnplanned
      ? refuse(
          'plan.changed',
          `${record.label} is being planned again.`,
          'Look at the new plan when it is there.',
        )
      : refuse('request.decided', `${record.label} is decided already.`, 'Nothing is left to decide.');
  }
  // The button's fingerprint is the plan that the person saw; the recomputed one is the plan that the ledger holds now.
  const shown = planDigests(record.intake.statement, plan).fingerprint;
  if (click.plan !== plan.number || click.fingerprint !== shown) {
    return refuse(
      'plan.changed',
      'The plan is no longer the one on that card.',
      'Read the card again, then decide.',
    );
  }
  if (now >= plan.decideBy) return refuse('decision.late', 'The time to decide is over.', 'Ask again.');
  if (freeze) return { problem: freeze };
  const problem =
    refuseCaps(settings.policy, plan.directory) ??
    refuseApprover(settings.policy, touchesOf(plan), {
      requester: record.intake.statement.by,
      approver: click.by,
      groups,
    });
  if (problem) return { problem };
  const hasVoted = record.decisions.some(
    ({ statement }) => statement.plan === plan.number && isSamePerson(statement.by, click.by),
  );
  return hasVoted
    ? refuse('request.decided', 'You have approved this already.', 'Another approver is needed.')
    : { plan };
}

/** The decision to be signed: every digest of the plan, and the times counted from now. */
export function writeDecision(
  record: RequestRecord,
  plan: Plan,
  said: {
    verdict: 'approve' | 'deny';
    by: Person;
    reason: string;
    now: number;
    settings: Pick<Settings, 'policy' | 'times'>;
  },
): Decision {
  const { times, policy } = said.settings;
  return {
    kind: 'decision',
    intake: record.id,
    ...planDigests(record.intake.statement, plan),
    plan: plan.number,
    verdict: said.verdict,
    by: said.by,
    reason: said.reason,
    rules: rulesHash(policy, touchesOf(plan)),
    at: said.now,
    decideBy: plan.decideBy,
    startBy: said.now + times.startMinutes * 60_000,
    endBy: said.now + minutesOf(plan, times) * 60_000,
  };
}

/** How long after its decision a plan may still have effects, in minutes: a person may take days. */
export function minutesOf({ directory }: Plan, times: Settings['times']): number {
  const isByHand = directory.changes.some(({ by }) => by === 'hand');
  return isByHand ? times.handMinutes : times.endMinutes;
}

/** True when these decisions approve the plan, by as many people as the policy wants. */
export function isQuorate(
  plan: Plan,
  decisions: readonly Signed<Decision>[],
  policy: Settings['policy'],
): boolean {
  const votes = decisions.filter(
    ({ statement }) => statement.plan === plan.number && statement.verdict === 'approve',
  );
  return votes.length >= quorumOf(policy, touchesOf(plan));
}

function refuse(code: string, summary: string, remedy: string): { problem: Problem } {
  return { problem: { code, summary, remedy } };
}
