import type { Problem } from '../problem';
import type { RequestRecord, Step } from './record';
import type { State } from './states';

/** How a run ends once every step has an outcome, or no more effects are allowed: the state, and the first reason if not all went well. */
export function settleRun(record: RequestRecord): { state: State; problem: Problem | null } {
  const problem = record.steps.map((step) => step.outcome?.problem).find((found) => found) ?? null;
  if (record.steps.every((step) => isAsPlanned(step))) return { state: 'done', problem: null };
  if (record.steps.some((step) => (step.outcome?.added.length ?? 0) > 0))
    return { state: 'partial', problem };
  const isStale = record.steps.some((step) => step.outcome?.kind === 'stale');
  return { state: isStale ? 'stale' : 'failed', problem };
}

function isAsPlanned(step: Step): boolean {
  return step.outcome?.kind === 'changed' || step.outcome?.kind === 'already-so';
}
