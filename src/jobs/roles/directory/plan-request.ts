import type { ChangeAsk } from '../../../core/commands/ask';
import { planChange } from '../../../core/delegation/derive';
import { namesToRead } from '../../../core/delegation/pairs';
import { NO_HOSTS, type DirectoryPart, type Plan, type Verdict } from '../../../core/delegation/plan';
import type { DirectoryQuestion } from '../../../core/ports';
import { kindsOf } from '../../../core/request/decide';
import { planDigests } from '../../../core/request/fingerprint';
import { rulesHash } from '../../../core/request/policy';
import type { RequestRecord } from '../../../core/request/record';
import { readIntake } from '../../../core/request/warrant';
import { overlapWith } from './overlap';
import { commit, court, endWith, type DirectoryParts } from './parts';

const NOTHING: DirectoryPart = { changes: [], powers: [] };

/** Observes what the signed intake asks about, runs the guards and records the plan, or why there is none. */
export async function planRequest(
  parts: DirectoryParts,
  record: RequestRecord,
): Promise<RequestRecord | null> {
  const read = readIntake(record, court(parts));
  if ('problem' in read) {
    const state = read.problem.code === 'request.not-allowed' ? 'refused' : 'failed';
    return endWith(parts, record, { state, problem: read.problem });
  }
  const derived = await deriveFresh(parts, read.ask);
  const overlap = derived.kind === 'plan' ? await overlapWith(parts, record, derived.part) : [];
  const planned = { ...derived, verdicts: [...derived.verdicts, ...overlap] };
  const plan = numberPlan(parts, record, planned);
  const detail = { plan: plan.number, fingerprint: plan.fingerprint, verdicts: refusals(plan.verdicts) };
  const at = parts.clock.now();
  if (planned.kind === 'plan') {
    const change = { state: 'waiting' as const, plan, trouble: null, attempt: 0 };
    return commit(parts, record, { change, what: 'plan', detail });
  }
  const problem = planned.kind === 'refused' ? firstRefusal(plan.verdicts) : null;
  const change = { state: planned.kind, plan, trouble: null, ending: { problem, at } };
  return commit(parts, record, { change, what: planned.kind, detail });
}

/** The plan of an ask from a fresh observation, or why there is none. */
export async function deriveFresh(parts: DirectoryParts, ask: ChangeAsk) {
  const observation = await parts.directory.observe(questionOf(ask));
  const { searchBases } = parts.settings.directory;
  const planned = planChange({ ask, observation, searchBases, tier0: parts.settings.tier0 });
  const part = planned.kind === 'refused' ? NOTHING : planned.part;
  return { kind: planned.kind, verdicts: planned.verdicts, part, observation };
}

/** What has to be read for an ask. Whose SPNs they are is nothing to a removal. */
export function questionOf(ask: ChangeAsk): DirectoryQuestion {
  return { ...namesToRead(ask), services: ask.verb === 'delegate' ? ask.services : [] };
}

function numberPlan(
  parts: DirectoryParts,
  record: RequestRecord,
  planned: Awaited<ReturnType<typeof deriveFresh>>,
): Plan {
  const core = { number: (record.plan?.number ?? 0) + 1, directory: planned.part, hosts: NO_HOSTS };
  const draft = {
    ...core,
    verdicts: planned.verdicts,
    server: planned.observation.server,
    observedAt: planned.observation.at,
    decideBy: parts.clock.now() + parts.settings.times.decideSeconds * 1000,
    rules: '',
    fingerprint: planDigests(record.intake.statement, core).fingerprint,
  };
  return { ...draft, rules: rulesHash(parts.settings.policy, kindsOf(draft)) };
}

function refusals(verdicts: readonly Verdict[]): readonly string[] {
  return verdicts.filter((verdict) => verdict.verdict === 'refuse').map((verdict) => verdict.check);
}

function firstRefusal(verdicts: readonly Verdict[]) {
  const found = verdicts.find((verdict) => verdict.verdict === 'refuse');
  return found ? { code: found.check, summary: found.sentence, remedy: found.remedy } : null;
}
