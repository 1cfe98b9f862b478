import type { Problem } from '../problem';
import type { RequestRecord, Step, StepOutcome } from './record';
import type { State } from './states';

/** How a run ends once every step has an outcome, or no more effects are allowed: the state, and the first reason if not all went well. */
export function settleRun(record: RequestRecord): { state: State; problem: Problem | null } {
  const problem = record.steps.map((step) => step.outcome?.problem).find((found) => found) ?? null;
  if (record.steps.every((step) => isAsPlanned(step))) return { state: 'done', problem: null };
  if (record.steps.some((step) => hasEffect(step.outcome))) return { state: 'partial', problem };
  const isStale = record.steps.some((step) => step.outcome?.kind === 'stale');
  return { state: isStale ? 'stale' : 'failed', problem };
}

/** Whether the request itself changed something with this step. */
export function hasEffect(outcome: StepOutcome | null): boolean {
  return outcome !== null && outcome.added.length + outcome.removed.length > 0;
}

function isAsPlanned(step: Step): boolean {
  return step.outcome?.kind === 'changed' || step.outcome?.kind === 'already-so';
}
