import type { ChangeAsk } from '../../../core/commands/ask';
import type { DirectoryChange, Plan } from '../../../core/delegation/plan';
import { deriveAgain } from '../../../core/delegation/look';
import type { Problem } from '../../../core/problem';
import { kindsOf } from '../../../core/request/decide';
import type { RequestRecord } from '../../../core/request/record';
import { readIntake, refuseWarrant } from '../../../core/request/warrant';
import { changeKey, planKey } from './journal';
import { commit, court, endWith, type DirectoryParts } from './parts';
import { questionOf } from './plan-request';

/** What keeps a run from going on: for good, for now, or because the plan has been overtaken. */
export type Hindrance =
  | { readonly kind: 'refused'; readonly problem: Problem }
  | { readonly kind: 'held'; readonly problem: Problem }
  | { readonly kind: 'stale'; readonly sentence: string };

/** How long bot and worker may disagree about the rules before the request fails, in milliseconds. */
const DISAGREEMENT_MS = 5 * 60_000;

/** How long this worker's own derivation is good for, in milliseconds: guards are never older than this at a write. */
const DERIVED_MS = 60_000;

/** Begins to carry out an approved plan: verifies everything again, then records the steps. */
export async function startRun(
  parts: DirectoryParts,
  record: RequestRecord,
): Promise<RequestRecord | 'paced' | null> {
  const { plan } = record;
  if (!plan) return endWith(parts, record, { state: 'failed', problem: noPlan() });
  const hindrance = await findHindrance(parts, record, { plan });
  if (hindrance) {
    const stopped = await stopFor(parts, record, hindrance);
    return hindrance.kind === 'held' ? 'paced' : stopped;
  }
  const steps = plan.directory.changes.map(({ guid }) => ({ guid, intent: null, outcome: null }));
  const change = { state: 'running' as const, steps, trouble: null };
  const detail = { plan: plan.number, fingerprint: plan.fingerprint };
  return commit(parts, record, { change, what: 'run', detail });
}

/**
 * Judges statements, times, policy, guards and the directory part, all from this worker's own keys, clock, rules and reading. The warrant
 * is judged every time; the part is derived again unless this worker has done so within the last minute. `change` is the one
 * about to be written: start-by holds for it unless this worker itself has written another change of the plan.
 */
export async function findHindrance(
  parts: DirectoryParts,
  record: RequestRecord,
  { plan, change }: { plan: Plan; change?: DirectoryChange },
): Promise<Hindrance | null> {
  const read = readIntake(record, court(parts));
  if ('problem' in read) return { kind: 'refused', problem: read.problem };
  const others = plan.directory.changes.filter((each) => each.guid !== change?.guid);
  const hasBegun = others.some((each) => parts.wrote.has(changeKey(record, plan, each)));
  const warrant = refuseWarrant(record, plan, { ...court(parts), kinds: kindsOf(plan), hasBegun });
  if (warrant) {
    return { kind: isPassing(warrant, record, parts) ? 'held' : 'refused', problem: warrant };
  }
  const key = planKey(record, plan);
  const derivedAt = parts.derived.get(key);
  const isFresh = change && derivedAt !== undefined && parts.clock.monotonic() - derivedAt < DERIVED_MS;
  return isFresh ? null : compare(parts, read.ask, { plan, key });
}

/** Observes and derives again. */
async function compare(
  parts: DirectoryParts,
  ask: ChangeAsk,
  { plan, key }: { plan: Plan; key: string },
): Promise<Hindrance | null> {
  const observation = await parts.directory.observe(questionOf(ask));
  const { searchBases } = parts.settings.directory;
  const input = { ask, observation, searchBases, tier0: parts.settings.tier0 };
  const again = deriveAgain(input, plan.directory);
  if (again.kind === 'stale') return again;
  if (again.kind === 'altered') return { kind: 'refused', problem: altered(again.sentence) };
  parts.derived.set(key, parts.clock.monotonic());
  return null;
}

/** Records what keeps an approved request from beginning: an ending, a trouble that may pass, or a stale plan. */
function stopFor(
  parts: DirectoryParts,
  record: RequestRecord,
  hindrance: Hindrance,
): Promise<RequestRecord | null> {
  if (hindrance.kind === 'held') return noteTrouble(parts, record, hindrance.problem);
  if (hindrance.kind === 'refused')
    return endWith(parts, record, { state: 'failed', problem: hindrance.problem });
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

/** Skewed clocks and differing rules may be put right while the request waits; rules only for five minutes. */
function isPassing(problem: Problem, record: RequestRecord, parts: DirectoryParts): boolean {
  if (problem.code === 'clock.skew') return true;
  return problem.code === 'policy.disagrees' && parts.clock.now() - record.since < DISAGREEMENT_MS;
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
