import type { DirectoryAsk } from '../../../core/commands/ask';
import { deriveAgain } from '../../../core/delegation/look';
import type { DirectoryChange, Plan } from '../../../core/delegation/plan';
import { directoryAskOf } from '../../../core/moves/directory-ask';
import type { Problem } from '../../../core/problem';
import { touchesOf } from '../../../core/policy/touches';
import type { RequestRecord } from '../../../core/request/record';
import { MAX_SKEW_MS, othersTask, readIntake, refuseWarrant } from '../../../core/request/warrant';
import { groupsOfApprovers } from './held-groups';
import { changeKeys, planKey } from './journal';
import { lookAround } from './look-around';
import { isPassing } from '../passing';
import { observedKinds, observeOnly } from '../observe-only';
import type { Hindrance } from '../setbacks';
import { court, type DirectoryParts } from './parts';
import { hindranceOfReversal } from './reversal-warrant';
import { standstill } from '../standstill';

/** How long this worker's own derivation is good for, in milliseconds: guards are never older than this at a write. */
const DERIVED_MS = 60_000;

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
  if ('problem' in read) {
    return { kind: read.problem.code === 'clock.skew' ? 'held' : 'refused', problem: read.problem };
  }
  const ask = directoryAskOf(read.ask, plan);
  if (!ask) return { kind: 'refused', problem: othersTask() };
  // Looking at what a person has done is no effect.
  const still = change?.by === 'hand' ? null : await standstill(parts, parts.settings.policy, record);
  if (still) return still;
  if (record.reverses) return hindranceOfReversal(parts, record, { plan, ...(change && { change }) });
  return hindranceOfPlan(parts, record, { ask, plan, change: change ?? null });
}

/** What a plan is judged by that has statements of its own. */
async function hindranceOfPlan(
  parts: DirectoryParts,
  record: RequestRecord,
  { ask, plan, change }: { ask: DirectoryAsk; plan: Plan; change: DirectoryChange | null },
): Promise<Hindrance | null> {
  const over = change?.by === 'worker' ? refuseAfterItsTime(parts, record, plan) : null;
  if (over) return { kind: 'refused', problem: over };
  const others = plan.directory.changes.filter(
    (each) => each.guid !== change?.guid || each.attribute !== change.attribute,
  );
  // A person's step is no effect of this worker: it may come until the approval ends.
  const isByHand = change?.by === 'hand';
  const keyOf = changeKeys(record, plan);
  const hasBegun = isByHand || others.some((each) => parts.wrote.has(keyOf(each)));
  const warrant = await hindranceOfWarrant(parts, record, { plan, hasBegun });
  if (warrant) return warrant;
  const key = planKey(record, plan);
  const derivedAt = parts.derived.get(key);
  const isFresh = change && derivedAt !== undefined && parts.clock.monotonic() - derivedAt < DERIVED_MS;
  return isFresh ? null : compare(parts, record, { ask, plan, key });
}

/** What the modes, the statements and the times of this worker say. */
async function hindranceOfWarrant(
  parts: DirectoryParts,
  record: RequestRecord,
  { plan, hasBegun }: { plan: Plan; hasBegun: boolean },
): Promise<Hindrance | null> {
  const observed = observedKinds(plan, parts.settings.modes);
  if (observed.length > 0) return { kind: 'refused', problem: observeOnly(observed) };
  const touches = touchesOf(plan);
  const groups = await groupsOfApprovers(parts, record, touches);
  const problem = refuseWarrant(record, plan, { ...court(parts), touches, groups, hasBegun });
  return problem && { kind: isPassing(problem, record, parts.clock.now()) ? 'held' : 'refused', problem };
}

/**
 * What is to go again at a certain time is not written when that time is (nearly) over, by clocks that may differ: the reversal
 * could have been there already.
 */
function refuseAfterItsTime(
  { clock }: DirectoryParts,
  { until }: RequestRecord,
  { directory }: Plan,
): Problem | null {
  const margin = Math.min(MAX_SKEW_MS, (directory.forMs ?? 0) / 10);
  if (until === null || clock.now() < until - margin) return null;
  return {
    code: 'temporary.over',
    summary: 'The time for which this was asked was over before it was written.',
    remedy: 'Ask again if it is still needed.',
  };
}

/** Observes and derives again. */
async function compare(
  parts: DirectoryParts,
  record: RequestRecord,
  { ask, plan, key }: { ask: DirectoryAsk; plan: Plan; key: string },
): Promise<Hindrance | null> {
  const { by } = record.intake.statement;
  const input = await lookAround(parts, { ask, by, record, decided: plan.directory });
  const again = deriveAgain(input, plan.directory);
  if (again.kind === 'stale') return again;
  if (again.kind === 'altered') return { kind: 'refused', problem: altered(again.sentence) };
  parts.derived.set(key, parts.clock.monotonic());
  return null;
}

function altered(sentence: string): Problem {
  return {
    code: 'plan.altered',
    summary: sentence,
    remedy: 'Somebody may have written to Redis: look at the audit, then ask again.',
  };
}
