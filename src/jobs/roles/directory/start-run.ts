import type { DirectoryPart, Plan } from '../../../core/delegation/plan';
import { deriveAgain, lookAt } from '../../../core/delegation/look';
import type { Observation } from '../../../core/delegation/observation';
import type { Problem } from '../../../core/problem';
import { kindsOf } from '../../../core/request/decide';
import { planDigests } from '../../../core/request/fingerprint';
import type { RequestRecord } from '../../../core/request/record';
import { readIntake, refuseWarrant } from '../../../core/request/warrant';
import { commit, court, endWith, type DirectoryParts } from './parts';

/** What keeps a run from going on: for good, for now, or because the plan has been overtaken. */
export type Hindrance =
  | { readonly kind: 'refused'; readonly problem: Problem }
  | { readonly kind: 'held'; readonly problem: Problem }
  | { readonly kind: 'stale'; readonly sentence: string };

/** How long bot and worker may disagree about the rules before the request fails, in milliseconds. */
const DISAGREEMENT_MS = 5 * 60_000;

/** Begins to carry out an approved plan: verifies everything again, then records the steps. */
export async function startRun(parts: DirectoryParts, record: RequestRecord): Promise<RequestRecord | null> {
  const { plan } = record;
  if (!plan) return endWith(parts, record, { state: 'failed', problem: noPlan() });
  const hindrance = await findHindrance(parts, record, plan);
  if (hindrance) return stopFor(parts, record, hindrance);
  const steps = plan.directory.changes.map(({ guid }) => ({ guid, intent: null, outcome: null }));
  const change = { state: 'running' as const, steps, trouble: null };
  const detail = { plan: plan.number, fingerprint: plan.fingerprint };
  return commit(parts, record, { change, what: 'run', detail });
}

/**
 * Judges statements, times, policy, guards and the directory part, all from this worker's own keys, clock, rules and reading.
 * The part is derived again once per worker; the warrant is judged every time.
 */
export async function findHindrance(
  parts: DirectoryParts,
  record: RequestRecord,
  plan: Plan,
): Promise<Hindrance | null> {
  const read = readIntake(record, court(parts));
  if ('problem' in read) return { kind: 'refused', problem: read.problem };
  // The stored fingerprint is only text in Redis; what was derived is remembered under the recomputed one.
  const key = `${record.id}/${planDigests(record.intake.statement, plan).fingerprint}`;
  const isKnown = parts.derived.has(key);
  const { source, destination, services } = read.ask;
  const observation = isKnown ? null : await parts.directory.observe({ source, destination, services });
  if (observation && showsEffect(plan.directory, observation)) parts.begun.add(record.id);
  const warrant = refuseWarrant(record, plan, {
    ...court(parts),
    kinds: kindsOf(plan),
    hasBegun: parts.begun.has(record.id),
  });
  if (warrant)
    return isPassing(warrant, record, parts)
      ? { kind: 'held', problem: warrant }
      : { kind: 'refused', problem: warrant };
  if (!observation) return null;
  const { searchBases } = parts.settings.directory;
  const again = deriveAgain(
    { ask: read.ask, observation, searchBases, tier0: parts.settings.tier0 },
    plan.directory,
  );
  if (again.kind === 'stale') return again;
  if (again.kind === 'altered') return { kind: 'refused', problem: altered(again.sentence) };
  parts.derived.add(key);
  return null;
}

/** Records a hindrance: an ending, a trouble that may pass, or a stale plan. */
export function stopFor(
  parts: DirectoryParts,
  record: RequestRecord,
  hindrance: Hindrance,
): Promise<RequestRecord | null> {
  if (hindrance.kind === 'held') return noteTrouble(parts, record, hindrance.problem);
  const hasEffect = record.steps.some((step) => (step.outcome?.added.length ?? 0) > 0);
  if (hindrance.kind === 'refused' || hasEffect) {
    const problem = hindrance.kind === 'refused' ? hindrance.problem : overtaken(hindrance.sentence);
    return endWith(parts, record, { state: hasEffect ? 'partial' : 'failed', problem });
  }
  const voided = [
    ...record.voided,
    { plan: record.plan?.number ?? 0, sentence: hindrance.sentence, at: parts.clock.now() },
  ];
  const change = { state: 'stale' as const, voided };
  return commit(parts, record, { change, what: 'stale', detail: { sentence: hindrance.sentence } });
}

/** Records once what keeps the request from going on; the sweeper asks again. */
export async function noteTrouble(
  parts: DirectoryParts,
  record: RequestRecord,
  problem: Problem,
): Promise<RequestRecord | null> {
  if (record.trouble?.code === problem.code) return record;
  const detail = { problem: problem.code, summary: problem.summary };
  return commit(parts, record, { change: { trouble: problem }, what: 'trouble', detail });
}

function showsEffect(part: DirectoryPart, observation: Observation): boolean {
  return part.changes.some((change) => {
    const object = observation.source.find((found) => found.guid === change.guid);
    return (
      object !== undefined && change.add.length > 0 && lookAt(change, object.allowedToDelegateTo) === 'after'
    );
  });
}

/** Skewed clocks and differing rules may be put right while the request waits; rules only for five minutes. */
function isPassing(problem: Problem, record: RequestRecord, parts: DirectoryParts): boolean {
  if (problem.code === 'clock.skew') return true;
  return problem.code === 'policy.disagrees' && parts.clock.now() - record.since < DISAGREEMENT_MS;
}

function overtaken(sentence: string): Problem {
  return { code: 'plan.stale', summary: sentence, remedy: 'Ask again for what is missing.' };
}

function altered(sentence: string): Problem {
  return {
    code: 'plan.altered',
    summary: sentence,
    remedy: 'Somebody may have written to Redis: look at the audit, then ask again.',
  };
}

function noPlan(): Problem {
  return {
    code: 'plan.missing',
    summary: 'The ledger holds an approved request without a plan.',
    remedy: 'Ask again.',
  };
}
