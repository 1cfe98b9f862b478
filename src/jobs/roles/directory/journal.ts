import type { DirectoryChange, Plan } from '../../../core/delegation/plan';
import { planDigests } from '../../../core/request/fingerprint';
import type { RequestRecord, Step } from '../../../core/request/record';

/** The journal of one change; a journal that lacks it (edited, or not begun) counts as not begun. */
export function stepOf(record: RequestRecord, change: DirectoryChange): Step {
  const found = record.steps.find((step) => step.guid === change.guid);
  return found ?? { guid: change.guid, intent: null, outcome: null };
}

/** The journal with one change's part replaced; always a step for each change of the plan. */
export function withStep(
  record: RequestRecord,
  change: DirectoryChange,
  part: Partial<Step>,
): readonly Step[] {
  const changes = record.plan?.directory.changes ?? [];
  return changes.map((each) => {
    const step = stepOf(record, each);
    return each.guid === change.guid ? { ...step, ...part } : step;
  });
}

/** Names a plan in this worker's memory. The stored fingerprint is only text in Redis, so it is computed anew. */
export function planKey(record: RequestRecord, plan: Plan): string {
  return `${record.id}/${planDigests(record.intake.statement, plan).fingerprint}`;
}

/** Names one change of a plan in this worker's memory. */
export function changeKey(record: RequestRecord, plan: Plan, change: DirectoryChange): string {
  return `${planKey(record, plan)}/${change.guid}`;
}
