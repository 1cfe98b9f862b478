import type { DirectoryChange, DirectoryPart } from '../../core/delegation/plan';
import { minusValues } from '../../core/delegation/values';
import { isMoving } from '../../core/moves/move-step';
import { isAboutHosts } from '../../core/request/advance-hosts';
import { isAboutMoves } from '../../core/request/advance-moves';
import { hasSetHost } from '../../core/request/host-effect';
import type { RequestRecord, Step, StepOutcome } from '../../core/request/record';
import { isAsPlanned, isUnresolved } from '../../core/request/settle';

/** What is known to have become of the planned changes together. `unknown`: a write was begun and nobody saw how it ended. */
export type Effect = 'none' | 'some' | 'all' | 'unknown';

/** A planned change with the journal of it. */
export interface Effected {
  readonly change: DirectoryChange;
  readonly step: Step | undefined;
}

/** What was changed, by what the journal says. A value that somebody else had added counts as none of ours. */
export function effectOf(record: RequestRecord): Effect {
  if (isAboutHosts(record)) return effectOnHosts(record);
  if (record.moves.length > 0) return effectOfMoves(record);
  return isAboutMoves(record) ? effectBeforeMoves(record) : effectOnDirectory(record);
}

/** What was done for moves of which none has begun. */
function effectBeforeMoves(record: RequestRecord): Effect {
  const effects = [effectOnDirectory(record), effectOnHosts(record)];
  if (effects.includes('unknown')) return 'unknown';
  return effects.every((effect) => effect === 'none') ? 'none' : 'some';
}

function effectOnDirectory(record: RequestRecord): Effect {
  const all = effected(record);
  // A person's step has nobody's write under way.
  if (all.some(({ change, step }) => change.by === 'worker' && step && isUnresolved(step))) return 'unknown';
  const written = all.filter(({ step }) => hasWritten(step?.outcome));
  if (written.length === 0) return 'none';
  return written.length === all.length ? 'all' : 'some';
}

/** The same of hosts: what was set by this request, by what was read back. */
function effectOnHosts({ hostSteps }: RequestRecord): Effect {
  if (hostSteps.some(isUnresolved)) return 'unknown';
  const set = hostSteps.filter(hasSetHost);
  if (set.length === 0) return 'none';
  const isWhole = set.every(isAsPlanned) && set.length === hostSteps.length;
  return isWhole ? 'all' : 'some';
}

/** The same of machines. */
function effectOfMoves({ moves }: RequestRecord): Effect {
  if (moves.some(isMoving)) return 'unknown';
  const moved = moves.filter(({ outcome }) => outcome?.kind === 'moved');
  if (moved.length === 0) return 'none';
  return moved.length === moves.length ? 'all' : 'some';
}

/** Every change of the plan, with its step if it has one. */
export function effected(record: RequestRecord): readonly Effected[] {
  return (record.plan?.directory.changes ?? []).map((change) => ({
    change,
    step: record.steps.find(({ guid, attribute }) => guid === change.guid && attribute === change.attribute),
  }));
}

/** Whether the directory was changed by this step, or by somebody for it. */
export function hasWritten(outcome: StepOutcome | null | undefined): boolean {
  return outcome ? outcome.added.length + outcome.removed.length > 0 || outcome.trusted : false;
}

/** Whether values or settings were changed: what an undo could take back. */
export function isUndoable({ steps, hostSteps }: RequestRecord): boolean {
  return (
    steps.some(({ outcome }) => outcome && outcome.added.length + outcome.removed.length > 0) ||
    hostSteps.some(hasSetHost)
  );
}

/** Whether values that were there for a time only stay for longer now. */
export function hasKept({ steps }: RequestRecord): boolean {
  return steps.some(({ outcome }) => outcome && outcome.kept.length > 0);
}

/** Whether a person has to do this: keeping values is a matter of record alone. */
export function isAskedOfPeople(change: DirectoryChange): boolean {
  const isWork = change.attribute === 'userAccountControl' || change.add.length + change.remove.length > 0;
  return change.by === 'hand' && isWork;
}

/** The values of a planned change that its outcome does not have, although it has others. */
export function missingOf({ change, step }: Effected): readonly string[] {
  const outcome = step?.outcome;
  if (!outcome || !hasWritten(outcome) || change.attribute === 'userAccountControl') return [];
  return [...minusValues(change.add, outcome.added), ...minusValues(change.remove, outcome.removed)];
}

/** The part of the plan that has been carried out, whole changes of it. */
export function changedPart(record: RequestRecord): DirectoryPart {
  const done = effected(record).filter(
    (each) => hasWritten(each.step?.outcome) && missingOf(each).length === 0,
  );
  const changes = done.map(({ change }) => change);
  return { destinations: [], forMs: null, ...record.plan?.directory, changes };
}
