import type { DirectoryChange } from '../../core/delegation/plan';
import type { RequestRecord, Step } from '../../core/request/record';
import { counted } from './text';

/** What is known to have become of the planned changes together. `unknown`: a write was begun and nobody saw how it ended. */
export type Effect = 'none' | 'some' | 'all' | 'unknown';

/** What was changed, by what the journal says. A value that somebody else had added counts as none of ours. */
export function effectOf(record: RequestRecord): Effect {
  const steps = changesOf(record).map((change) => stepOf(record, change));
  if (steps.some((step) => step?.intent && !step.outcome)) return 'unknown';
  const written = steps.filter((step) => (step?.outcome?.added.length ?? 0) > 0);
  if (written.length === 0) return 'none';
  return written.length === steps.length ? 'all' : 'some';
}

/** One plain sentence per object: what was written where, what was not, what is not known. */
export function effectLines(record: RequestRecord): readonly string[] {
  if (changesOf(record).every((change) => isUntouched(stepOf(record, change)))) {
    return ['Nothing was changed in the directory.'];
  }
  return changesOf(record).map((change) => effectLine(change, stepOf(record, change)));
}

function effectLine({ name, attribute }: DirectoryChange, step: Step | undefined): string {
  const outcome = step?.outcome;
  if (!outcome) {
    return step?.intent
      ? `Not known: whether ${name} was written. Look at its ${attribute} before you ask again.`
      : `Not changed: ${name}.`;
  }
  if (outcome.added.length > 0) {
    const values = `${counted(outcome.added.length, 'value')} added to ${name}`;
    return outcome.inferred
      ? `Found written on ${outcome.server} after an interruption: ${values}.`
      : `Written on ${outcome.server}: ${values}.`;
  }
  return outcome.kind === 'already-so'
    ? `Not written: ${name} held all of it already when the write was due.`
    : `Not changed: ${name}.`;
}

function isUntouched(step: Step | undefined): boolean {
  if (!step?.outcome) return !step?.intent;
  return step.outcome.added.length === 0 && step.outcome.kind !== 'already-so';
}

function changesOf(record: RequestRecord): readonly DirectoryChange[] {
  return record.plan?.directory.changes ?? [];
}

function stepOf(record: RequestRecord, change: DirectoryChange): Step | undefined {
  return record.steps.find((step) => step.guid === change.guid);
}
