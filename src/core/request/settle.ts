import type { DirectoryChange } from '../delegation/plan';
import type { Problem } from '../problem';
import type { RequestRecord, Step, StepOutcome } from './record';
import type { State } from './states';

/** How a run ends once every step has an outcome, or no more effects are allowed: the state, and the first reason if not all went well. */
export function settleRun(record: RequestRecord): { state: State; problem: Problem | null } {
  const problem = firstProblem(record.steps);
  if (record.steps.every(isAsPlanned)) return { state: 'done', problem: null };
  if (record.steps.some((step) => hasEffect(step.outcome))) return { state: 'partial', problem };
  const isStale = record.steps.some((step) => step.outcome?.kind === 'stale');
  return { state: isStale ? 'stale' : 'failed', problem };
}

/** Whether the request itself changed something with this step, or a person did for it. */
export function hasEffect(outcome: StepOutcome | null): boolean {
  return (
    outcome !== null &&
    (outcome.added.length + outcome.kept.length + outcome.removed.length > 0 || outcome.trusted)
  );
}

/** What steps, hosts or moves came to, as far as it is the same for all of them. */
interface Came {
  readonly outcome: { readonly kind: string; readonly problem: Problem | null } | null;
}

/** The first problem that any of them has come to. */
export function firstProblem(all: readonly Came[]): Problem | null {
  return all.find(({ outcome }) => outcome?.problem)?.outcome?.problem ?? null;
}

/** Whether a step, or a host, came to what the plan wants. */
export function isAsPlanned({ outcome }: Came): boolean {
  return outcome?.kind === 'changed' || outcome?.kind === 'already-so' || outcome?.kind === 'by-hand';
}

/** Whether a step of any kind was begun and nobody knows yet what it did: that must be known before anything else begins or is said. */
export function isUnresolved({
  intent,
  outcome,
}: {
  readonly intent: unknown;
  readonly outcome: unknown;
}): boolean {
  return intent !== null && outcome === null;
}

/** The steps of a plan that have no outcome yet and are to be carried out so. */
export function stepsLeft(record: RequestRecord, by: DirectoryChange['by']): readonly DirectoryChange[] {
  const over = new Set(record.steps.filter((step) => step.outcome).map(stepKey));
  return (record.plan?.directory.changes ?? []).filter(
    (change) => change.by === by && !over.has(stepKey(change)),
  );
}

/** Names a step within its plan: one attribute of one object. */
export function stepKey({ guid, attribute }: Pick<Step, 'guid' | 'attribute'>): string {
  return `${guid} ${attribute}`;
}
