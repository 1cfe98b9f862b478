import { isChange, type ChangeAsk } from '../commands/ask';
import type { Plan } from '../delegation/plan';
import { refuseCaps } from '../policy/caps';
import { refuseRequester, rulesHash } from '../policy/rules';
import { refuseTicket } from '../policy/tickets';
import { touchesAsked, type Touch } from '../policy/touches';
import { waivingWindow } from '../policy/waiver';
import { isApproved, refuseUnreachable, rulesToVoteBy, tally } from '../policy/votes';
import type { Verifier } from '../ports';
import type { Problem } from '../problem';
import type { Policy, Times } from '../settings';
import { isAuthentic } from './authentic';
import { decisionTimes, writtenBy } from './decision-times';
import { planDigests } from './fingerprint';
import { refuseWhy } from './break-glass';
import { CHOSEN, hasChosenIn } from './choices';
import { votesOf } from './given-votes';
import type { RequestRecord } from './record';
import { readSigned } from './signed-command';
import type { Decision, Intake, Signed } from './statement';
import { refuseWaiver } from './waivers';
import { fromOf } from './window';

/** Clocks may differ by this much, in milliseconds; beyond it nothing is done. */
export const MAX_SKEW_MS = 30_000;

/** What an effector judges with: its own keys, policy, times and clock. */
export interface Court {
  readonly verifier: Verifier;
  readonly policy: Policy;
  readonly times: Times;
  readonly now: number;
}

/** What a plan touches, and which approver groups (DNs) the people are in who decided it, by user id. */
interface Touched {
  readonly touches: readonly Touch[];
  readonly groups?: ReadonlyMap<string, readonly string[]>;
}

/** Why a role does not carry a request out: what was asked is another's to do. */
export function othersTask(): Problem {
  return forged('intake.other-role', 'The signed command is not one that a worker of this role carries out.');
}

/** The ask of a record's signed intake, or why the intake cannot be believed or carried out. */
export function readIntake(record: RequestRecord, court: Court): { ask: ChangeAsk } | { problem: Problem } {
  const intake = record.intake.statement;
  if (intake.kind !== 'intake' || !isAuthentic(court.verifier, record.intake)) {
    return {
      problem: forged('intake.forged', 'The request in the ledger does not carry the bot’s signature.'),
    };
  }
  if (intake.id !== (record.reverses ? record.parent?.id : record.id)) {
    return {
      problem: forged('intake.swapped', 'The ledger holds another request’s intake under this one’s id.'),
    };
  }
  if (intake.at > court.now + MAX_SKEW_MS) return { problem: skewed() };
  const parsed = readSigned(intake.command);
  if (!parsed.ok || !isChange(parsed.ask)) {
    return {
      problem: forged('intake.unreadable', 'The signed command is not one that this worker carries out.'),
    };
  }
  // What was approved is taken away again whatever the policy says by now.
  const problem = record.reverses
    ? null
    : (refuseRequester(court.policy, touchesAsked(parsed.ask), intake.by) ??
      refuseTicket(court.policy, parsed.ask));
  return problem ? { problem } : { ask: parsed.ask };
}

/**
 * Whether the record's plan is approved, by this effector's own judgement: signatures, digests, times, requester ≠ approver,
 * policy, quorum. `hasBegun` is what the directory itself shows (an object already as the plan wants it), never the journal:
 * before it `startBy` counts, after it `endBy`; of moves (`isMoves`) by the window that they wait for, and `lateMs` later where another role's part of the plan comes first. Gives null when the plan may be carried out now.
 */
export function refuseWarrant(
  record: RequestRecord,
  plan: Plan,
  court: Court & Touched & Beginning,
): Problem | null {
  const decisions = record.decisions.filter((signed) => signed.statement.plan === plan.number);
  if (decisions.length === 0)
    return forged('decision.missing', 'No decision about this plan is in the ledger.');
  for (const signed of decisions) {
    const intake = record.intake.statement;
    const problem =
      refuseSignature(signed, intake, { plan, court }) ?? refuseDecision(signed, intake, { plan, court });
    if (problem) return problem;
    if (hasChosenIn(record, plan, signed.statement.by)) return CHOSEN;
  }
  const requester = record.intake.statement.by;
  const votes = votesOf(plan, decisions);
  const own =
    refuseRequester(court.policy, court.touches, requester) ??
    refuseUnreachable(court.policy, court.touches, { requester, votes }) ??
    refuseCaps(court.policy, plan);
  if (own) return own;
  if (!isApproved(tally(court.policy, court.touches, { requester, votes }))) {
    return forged('decision.too-few', 'Fewer approvers have decided than the policy wants.');
  }
  const { startBy, endBy } = limitsOf(record, plan, court);
  if (court.now > (court.hasBegun ? endBy : Math.min(startBy, endBy))) {
    return {
      code: 'decision.stale',
      summary: court.hasBegun
        ? 'The time in which the approval allowed changes is over.'
        : 'The approval is too old to begin with: its time to start is over.',
      remedy: 'Ask again and have it approved again.',
    };
  }
  return null;
}

/** What is about to begin, for the times by which it may. */
interface Beginning {
  readonly hasBegun: boolean;
  readonly lateMs?: number;
  readonly isMoves?: boolean;
}

/**
 * The decision that completes the quorum starts the clock; the earliest of them ends it. What waits for no window has no more time because
 * moves of the same plan do.
 */
function limitsOf(
  record: RequestRecord,
  plan: Plan,
  { policy, times, lateMs = 0, isMoves = false }: Court & Beginning,
): { startBy: number; endBy: number } {
  const decisions = record.decisions
    .map(({ statement }) => statement)
    .filter((each) => each.plan === plan.number);
  const from = isMoves ? fromOf(record, policy) : null;
  const late = Math.max(...decisions.map(({ startBy }) => startBy)) + lateMs;
  return {
    startBy: Math.max(late, (from ?? 0) + times.startMinutes * 60_000),
    endBy: Math.min(
      ...decisions.map(({ endBy, at }) => (isMoves ? endBy : Math.min(endBy, writtenBy(plan, at, times)))),
    ),
  };
}

/**
 * Whether the plan was approved at all, whatever time and policy say by now: for a reversal, which only takes back what was
 * approved for a time. Gives the first approval's moment, or why there is none.
 */
export function approvedAt(
  record: RequestRecord,
  plan: Plan,
  court: Pick<Court, 'verifier' | 'now'>,
): { at: number } | { problem: Problem } {
  const decisions = record.decisions.filter((signed) => signed.statement.plan === plan.number);
  if (decisions.length === 0) {
    return { problem: forged('decision.missing', 'No decision about this plan is in the ledger.') };
  }
  for (const signed of decisions) {
    const problem = refuseSignature(signed, record.intake.statement, { plan, court });
    if (problem) return { problem };
  }
  return { at: Math.min(...decisions.map((signed) => signed.statement.at)) };
}

function refuseSignature(
  signed: Signed<Decision>,
  intake: Intake,
  { plan, court }: { plan: Plan; court: Pick<Court, 'verifier' | 'now'> },
): Problem | null {
  const decision = signed.statement;
  if (decision.kind !== 'decision' || !isAuthentic(court.verifier, signed)) {
    return forged('decision.forged', 'A decision in the ledger does not carry the bot’s signature.');
  }
  const digests = planDigests(intake, plan);
  const matches =
    decision.intake === intake.id &&
    decision.intakeDigest === digests.intakeDigest &&
    decision.directoryDigest === digests.directoryDigest &&
    decision.hostsDigest === digests.hostsDigest &&
    decision.fingerprint === digests.fingerprint;
  if (!matches) return forged('plan.altered', 'The plan in the ledger is not the one that was decided.');
  if (decision.verdict !== 'approve') return forged('decision.denied', 'The plan was denied.');
  return decision.at > court.now + MAX_SKEW_MS ? skewed() : null;
}

function refuseDecision(
  { statement: decision }: Signed<Decision>,
  intake: Intake,
  { plan, court }: { plan: Plan; court: Court & Touched },
): Problem | null {
  const { at, startBy, endBy } = decision;
  const latest = decisionTimes(intake, plan, { at, times: court.times, zone: court.policy });
  const isTimely =
    at >= intake.at - MAX_SKEW_MS &&
    at <= decision.decideBy &&
    startBy <= latest.startBy &&
    endBy <= latest.endBy;
  if (!isTimely)
    return forged('decision.times', 'A decision gives itself more time than this worker allows.');
  const rules = rulesHash(court.policy, court.touches);
  if (decision.rules !== rules) {
    const [bots, ours] = [decision.rules.slice(0, 8), rules.slice(0, 8)];
    return {
      code: 'policy.disagrees',
      summary: `Bot (rules ${bots}) and worker (rules ${ours}) read different rules for this change.`,
      remedy: 'Give both the same handover.yaml, restart them, and ask again.',
    };
  }
  if (waivingWindow(decision.by) !== null) return refuseWaiver(decision, court);
  const voting = rulesToVoteBy(court.policy, court.touches, {
    requester: intake.by,
    approver: decision.by,
    groups: court.groups?.get(decision.by.user),
    userGroups: decision.userGroups,
  });
  if ('problem' in voting) return voting.problem;
  if (!decision.votesFor.every((name) => voting.rules.includes(name))) {
    return {
      code: 'decision.not-approver',
      summary: 'A decision is a vote for a rule by which its person may not approve (any more).',
      remedy: 'Ask again, and have it approved by those whom handover.yaml names now.',
    };
  }
  return decision.breaksGlass ? refuseWhy(decision.reason) : null;
}

function forged(code: string, summary: string): Problem {
  return { code, summary, remedy: 'Somebody may have written to Redis: look at the audit, then ask again.' };
}

function skewed(): Problem {
  return {
    code: 'clock.skew',
    summary: 'The clocks of bot and worker are more than 30 seconds apart.',
    remedy: 'Set both clocks right, then ask again.',
  };
}
