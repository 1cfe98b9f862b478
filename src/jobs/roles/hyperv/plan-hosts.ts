import { isMoveAsk } from '../../../core/commands/ask';
import type { Plan } from '../../../core/delegation/plan';
import type { SettingChange } from '../../../core/hyperv/host-settings';
import type { Prepared } from '../../../core/hyperv/prepare-hosts';
import { refuseCaps } from '../../../core/policy/caps';
import { refuseRequester } from '../../../core/policy/rules';
import { touchesOf } from '../../../core/policy/touches';
import type { Problem } from '../../../core/problem';
import type { RequestRecord } from '../../../core/request/record';
import { othersTask, readIntake } from '../../../core/request/warrant';
import { endOfIntake, firstRefusal, newPlan, refusals } from '../new-plan';
import { observeOnly } from '../observe-only';
import { deriveHosts, isHostAsk } from './derive-hosts';
import { planMoves } from './moves/plan-moves';
import { commit, court, endWith, type HostEffectorParts } from './parts';

/** Reads the hosts that the signed intake names, runs the guards and records the plan, or why there is none. */
export async function planHosts(
  parts: HostEffectorParts,
  record: RequestRecord,
): Promise<RequestRecord | null> {
  const read = readIntake(record, court(parts));
  if ('problem' in read) {
    return endWith(parts, record, { state: endOfIntake(read.problem), problem: read.problem });
  }
  if (isMoveAsk(read.ask)) return planMoves(parts, record, read.ask);
  if (!isHostAsk(read.ask)) return endWith(parts, record, { state: 'failed', problem: othersTask() });
  const prepared = await deriveHosts(parts, read.ask, record);
  const plan = numberPlan(parts, record, prepared);
  const detail = { plan: plan.number, fingerprint: plan.fingerprint, verdicts: refusals(plan.verdicts) };
  const problem = prepared.kind === 'plan' ? refuse(parts, record, plan) : firstRefusal(plan.verdicts);
  if (prepared.kind === 'plan' && !problem) {
    const change = { state: 'waiting' as const, plan, trouble: null, attempt: 1 };
    return commit(parts, record, { change, what: 'plan', detail });
  }
  const state = prepared.kind === 'already-so' ? 'already-so' : 'refused';
  const ending = { problem: state === 'refused' ? problem : null, at: parts.clock.now() };
  const what = prepared.kind === 'plan' && problem ? problem.code : state;
  return commit(parts, record, { change: { state, plan, trouble: null, ending }, what, detail });
}

/** Why a plan that every guard accepts is not to be carried out: by whoever asked, so much, or not here. */
function refuse({ rules }: HostEffectorParts, record: RequestRecord, plan: Plan): Problem | null {
  return (
    refuseRequester(rules.policy, touchesOf(plan), record.intake.statement.by) ??
    refuseCaps(rules.policy, plan) ??
    (rules.modes['host-setting'] === 'observe' ? observeOnly(['host-setting']) : null)
  );
}

function numberPlan({ rules, clock }: HostEffectorParts, record: RequestRecord, prepared: Prepared): Plan {
  const settings: readonly SettingChange[] = prepared.kind === 'refused' ? [] : prepared.settings;
  const now = clock.now();
  const found = {
    directory: { changes: [], destinations: [], forMs: null },
    hosts: { settings, envelope: null },
    verdicts: prepared.verdicts,
    server: settings.map(({ host }) => host).join(', '),
    observedAt: now,
  };
  return newPlan(record, found, { ...rules, now });
}
