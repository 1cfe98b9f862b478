import type { Plan } from '../delegation/plan';
import { refuseCaps } from '../policy/caps';
import { rulesHash } from '../policy/rules';
import { touchesOf, type Touch } from '../policy/touches';
import { refuseUnreachable, rulesToVoteBy } from '../policy/votes';
import type { Problem } from '../problem';
import type { Policy, Settings } from '../settings';
import { refuseBreaking } from './break-glass';
import { CHOSEN, hasChosenIn } from './choices';
import { decisionTimes } from './decision-times';
import { planDigests } from './fingerprint';
import { talliesOf, votesOf } from './given-votes';
import { allowsNothing, nothingToApprove, touchesToDecide } from './nothing-yet';
import type { RequestRecord } from './record';
import { isSamePerson, type Decision, type Person } from './statement';

/** What a click says it is about, and who clicked. */
export interface Click {
  readonly plan: number;
  readonly fingerprint: string;
  readonly by: Person;
  readonly verdict: 'approve' | 'deny';
  /** Whether the approval is to stand for a whole quorum; why has to be said with it. */
  readonly breaksGlass?: boolean;
}

/** Why this person may not decide this plan now, or the plan that the decision is about. `freeze`: what keeps approvals from
 * being given; `groups`: the approver groups that the person is in, as the directory says now, `userGroups`: those of Slack. */
export function judgeClick(
  record: RequestRecord,
  click: Click,
  {
    settings,
    now,
    freeze = null,
    groups,
    userGroups,
  }: {
    settings: Pick<Settings, 'policy'>;
    now: number;
    freeze?: Problem | null;
    groups?: readonly string[];
    userGroups?: readonly string[];
  },
): { plan: Plan; votesFor: readonly string[] } | { problem: Problem } {
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
  const early = refuseNow(record, plan, { click, now, freeze });
  if (early) return { problem: early };
  const touches = touchesToDecide(record);
  const voting = rulesToVoteBy(settings.policy, touches, {
    requester: record.intake.statement.by,
    approver: click.by,
    groups,
    userGroups,
  });
  if ('problem' in voting) return voting;
  const problem =
    click.verdict === 'approve'
      ? refuseApproval(record, plan, { click, policy: settings.policy, touches, mine: voting.rules })
      : null;
  return problem ? { problem } : { plan, votesFor: voting.rules };
}

/** Why nobody decides a plan so now, whoever it is; null: somebody may. */
function refuseNow(
  record: RequestRecord,
  plan: Plan,
  { click, now, freeze }: { click: Click; now: number; freeze: Problem | null },
): Problem | null {
  if (now >= plan.decideBy) return problemOf('decision.late', 'The time to decide is over.', 'Ask again.');
  if (freeze) return freeze;
  return click.verdict === 'approve' && allowsNothing(plan) ? nothingToApprove(record, plan) : null;
}

/** Why an approval by somebody who may vote would be of no use, or null. */
function refuseApproval(
  record: RequestRecord,
  plan: Plan,
  {
    click,
    policy,
    touches,
    mine,
  }: { click: Click; policy: Policy; touches: readonly Touch[]; mine: readonly string[] },
): Problem | null {
  const requester = record.intake.statement.by;
  if (hasChosenIn(record, plan, click.by)) return CHOSEN;
  const votes = votesOf(plan, record.decisions);
  const refused = refuseCaps(policy, plan) ?? refuseUnreachable(policy, touches, { requester, votes });
  if (refused) return refused;
  const tallies = talliesOf(record, plan, policy);
  if (click.breaksGlass) return refuseBreaking(policy, { touches, tallies, mine, by: click.by });
  if (votes.some(({ by }) => isSamePerson(by, click.by))) {
    return problemOf('request.decided', 'You have approved this already.', 'Another approver is needed.');
  }
  const isNeeded = tallies.some(({ name, isMet }) => mine.includes(name) && !isMet);
  if (isNeeded) return null;
  const open = tallies.filter(({ isMet }) => !isMet).map(({ name }) => `a ${name}`);
  return problemOf(
    'decision.not-needed',
    `What you may approve of it is approved already; what is missing is the approval of ${open.join(' and of ')}.`,
    'Ask the approvers that the card names.',
  );
}

/** The decision to be signed: every digest of the plan, and the times counted from now, or from the window that was asked for. */
export function writeDecision(
  record: RequestRecord,
  plan: Plan,
  said: {
    verdict: 'approve' | 'deny';
    votesFor: readonly string[];
    breaksGlass?: boolean;
    userGroups?: readonly string[];
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
    votesFor: said.votesFor,
    breaksGlass: said.breaksGlass ?? false,
    ...(said.userGroups?.length && { userGroups: said.userGroups }),
    at: said.now,
    decideBy: plan.decideBy,
    ...decisionTimes(record.intake.statement, plan, { at: said.now, times, zone: policy }),
  };
}

function problemOf(code: string, summary: string, remedy: string): Problem {
  return { code, summary, remedy };
}

function refuse(code: string, summary: string, remedy: string): { problem: Problem } {
  return { problem: problemOf(code, summary, remedy) };
}
