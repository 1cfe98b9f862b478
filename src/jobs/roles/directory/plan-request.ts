import { isDirectoryAsk } from '../../../core/commands/ask';
import { planChange, planKinds } from '../../../core/delegation/plan-change';
import { NO_HOSTS, type DirectoryPart, type Plan, type Planned } from '../../../core/delegation/plan';
import type { Observation } from '../../../core/delegation/observation';
import { refuseCaps } from '../../../core/policy/caps';
import { refuseRequester } from '../../../core/policy/rules';
import { touchesOf } from '../../../core/policy/touches';
import type { Problem } from '../../../core/problem';
import type { RequestRecord } from '../../../core/request/record';
import { othersTask, readIntake } from '../../../core/request/warrant';
import { endOfIntake, firstRefusal, newPlan, refusals } from '../new-plan';
import { tooMuchByHand } from './by-hand-size';
import { lookAround, type About } from './look-around';
import { overlapWith } from './overlap';
import { observeOnly } from '../observe-only';
import { commit, court, endWith, type DirectoryParts } from './parts';

const NOTHING: DirectoryPart = { changes: [], destinations: [], forMs: null };

/** Observes what the signed intake asks about, runs the guards and records the plan, or why there is none. */
export async function planRequest(
  parts: DirectoryParts,
  record: RequestRecord,
): Promise<RequestRecord | null> {
  const read = readIntake(record, court(parts));
  if ('problem' in read) {
    return endWith(parts, record, { state: endOfIntake(read.problem), problem: read.problem });
  }
  if (!isDirectoryAsk(read.ask)) return endWith(parts, record, { state: 'failed', problem: othersTask() });
  const { by } = record.intake.statement;
  const { planned, observation } = await deriveFresh(parts, { ask: read.ask, by, record });
  const part = planned.kind === 'refused' ? NOTHING : planned.part;
  const overlap = planned.kind === 'plan' ? await overlapWith(parts, record, part) : [];
  const verdicts = [...planned.verdicts, ...overlap];
  const { server, at: observedAt } = observation;
  const found = { directory: part, hosts: NO_HOSTS, verdicts, server, observedAt };
  const plan = newPlan(record, found, { ...parts.settings, now: parts.clock.now() });
  const detail = { plan: plan.number, fingerprint: plan.fingerprint, verdicts: refusals(verdicts) };
  const problem = planned.kind === 'plan' ? refusePlan(parts, record, plan) : firstRefusal(verdicts);
  if (planned.kind === 'plan' && !problem) {
    // The try whose job is held next is in the ledger first (see `keepHeld` of conduct).
    const change = { state: 'waiting' as const, plan, trouble: null, attempt: 1 };
    return commit(parts, record, { change, what: 'plan', detail });
  }
  const state = planned.kind === 'already-so' ? 'already-so' : 'refused';
  const ending = { problem: state === 'refused' ? problem : null, at: parts.clock.now() };
  const what = planned.kind === 'plan' && problem ? problem.code : state;
  return commit(parts, record, { change: { state, plan, trouble: null, ending }, what, detail });
}

/** The plan of an ask from a fresh observation, or why there is none. */
export async function deriveFresh(
  parts: DirectoryParts,
  about: About,
): Promise<{ readonly planned: Planned; readonly observation: Observation }> {
  const input = await lookAround(parts, about);
  return { planned: planChange(input), observation: input.observation };
}

/** Why a plan that every guard accepts is not to be carried out: by whoever asked, not here, or not by hand. */
function refusePlan(parts: DirectoryParts, record: RequestRecord, plan: Plan): Problem | null {
  const { policy, modes } = parts.settings;
  const observed = planKinds(plan.directory).filter((kind) => modes[kind] === 'observe');
  return (
    refuseRequester(policy, touchesOf(plan), record.intake.statement.by) ??
    refuseCaps(policy, plan) ??
    (observed.length > 0 ? observeOnly(observed) : tooMuchByHand(plan.directory))
  );
}
