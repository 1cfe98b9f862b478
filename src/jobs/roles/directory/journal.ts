import type { DirectoryChange, Plan } from '../../../core/delegation/plan';
import { planDigests } from '../../../core/request/fingerprint';
import type { RequestRecord, Step } from '../../../core/request/record';
import { stepKey } from '../../../core/request/settle';

type Named = Pick<DirectoryChange, 'guid' | 'attribute'>;

/** The journal of one change; a journal that lacks it (edited, or not begun) counts as not begun. */
export function stepOf(record: RequestRecord, change: Named): Step {
  const key = stepKey(change);
  return record.steps.find((step) => stepKey(step) === key) ?? newStep(change);
}

/** A step that was not begun. */
export function newStep({ guid, attribute }: Named): Step {
  return { guid, attribute, intent: null, outcome: null };
}

/** A change, and what its step is to say. */
export interface StepPart {
  readonly change: Named;
  readonly part: Partial<Step>;
}

/** The journal with the parts of some changes replaced; always a step for each change of the plan. */
export function withSteps(record: RequestRecord, wanted: readonly StepPart[]): readonly Step[] {
  const steps = new Map(record.steps.map((step) => [stepKey(step), step]));
  const parts = new Map(wanted.map(({ change, part }) => [stepKey(change), part]));
  return (record.plan?.directory.changes ?? []).map((each) => {
    const key = stepKey(each);
    return { ...(steps.get(key) ?? newStep(each)), ...parts.get(key) };
  });
}

/** The same for one change. */
export function withStep(record: RequestRecord, change: Named, part: Partial<Step>): readonly Step[] {
  return withSteps(record, [{ change, part }]);
}

/** Names a plan in this worker's memory. The stored fingerprint is only text in Redis, so it is computed anew. */
export function planKey(record: RequestRecord, plan: Plan): string {
  return `${record.id}/${planDigests(record.intake.statement, plan).fingerprint}`;
}

/** Names the changes of a plan in this worker's memory. */
export function changeKeys(record: RequestRecord, plan: Plan): (change: Named) => string {
  const key = planKey(record, plan);
  return (change) => `${key}/${stepKey(change)}`;
}

/** Names one change of a plan in this worker's memory. */
export function changeKey(record: RequestRecord, plan: Plan, change: Named): string {
  return changeKeys(record, plan)(change);
}
