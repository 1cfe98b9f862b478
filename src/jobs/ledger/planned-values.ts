import { once } from '../../core/once';
import type { DirectoryPart, ListChange, Plan } from '../../core/delegation/plan';
import { listChanges } from '../../core/delegation/powers';
import { isSameList } from '../../core/delegation/values';
import type { Step } from '../../core/request/record';
import { PLANNED, type StoredRecord } from '../../core/request/record-schema';

type StoredStep = StoredRecord['steps'][number];
type StoredValues = NonNullable<StoredStep['outcome']>['added'];

/*
 * What was carried out as planned repeats the values of the plan: 64 journals of 252 values are another megabyte. They are stored as a
 * word and read as the plan's own lists.
 */

/** The journal as it is stored beside this plan. */
export function spelledSteps(steps: readonly Step[], plan: Plan | null): readonly object[] {
  return steps.map((step) => {
    const change = changeOf(step, plan);
    if (!step.outcome || !change) return step;
    const { added, kept, removed } = step.outcome;
    const lists = {
      added: spelled(added, change.add),
      kept: spelled(kept, change.keep),
      removed: spelled(removed, change.remove),
    };
    return { ...step, outcome: { ...step.outcome, ...lists } };
  });
}

/** The journal that was stored beside this plan. Throws when it names planned values that are not there. */
export function readSteps(steps: readonly StoredStep[], plan: Plan | null): readonly Step[] {
  return steps.map((step) => {
    if (!step.outcome) return { ...step, outcome: null };
    const change = changeOf(step, plan);
    const { added, kept, removed } = step.outcome;
    const lists = {
      added: unspelled(added, change?.add),
      kept: unspelled(kept, change?.keep),
      removed: unspelled(removed, change?.remove),
    };
    return { ...step, outcome: { ...step.outcome, ...lists } };
  });
}

/** The planned change of a list of the object that a step is about; there is one at most. */
function changeOf({ guid }: Pick<Step, 'guid'>, plan: Plan | null): ListChange | undefined {
  return plan ? changesByGuid(plan.directory).get(guid) : undefined;
}

const changesByGuid = once(
  (part: DirectoryPart): ReadonlyMap<string, ListChange> =>
    new Map(listChanges(part).map((change) => [change.guid, change])),
);

/** Of any value, since it is checked only after this. */
function spelled(values: unknown, planned: readonly string[]): unknown {
  if (!Array.isArray(values) || values.length === 0) return values;
  return values === planned || isSameList(values, planned) ? PLANNED : values;
}

function unspelled(values: StoredValues, planned: readonly string[] | undefined): readonly string[] {
  if (values !== PLANNED) return values;
  if (!planned) throw new Error('planned values without a plan for them');
  return planned;
}
