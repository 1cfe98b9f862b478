import { clipped } from '../../../core/delegation/listing';
import { difference } from '../../../core/delegation/look';
import type { DirectoryChange } from '../../../core/delegation/plan';
import { isAmong } from '../../../core/delegation/values';
import type { Problem } from '../../../core/problem';
import type { StepOutcome } from '../../../core/request/record';

/** An outcome without its time and server. */
export type OutcomeDraft = Omit<StepOutcome, 'at' | 'server'>;

/** Our own strict success. */
export function changed(change: DirectoryChange): OutcomeDraft {
  return { kind: 'changed', inferred: false, added: change.add, removed: change.remove, problem: null };
}

/** Seen as planned: ours if there was an intent, else it was so already. */
export function asPlanned(change: DirectoryChange, hadIntent: boolean): OutcomeDraft {
  return hadIntent
    ? { kind: 'changed', inferred: true, added: change.add, removed: change.remove, problem: null }
    : { kind: 'already-so', inferred: false, added: [], removed: [], problem: null };
}

/**
 * Seen as neither before nor after. With an intent, planned values that are there (or gone) count as ours: a write may have come through before
 * somebody else's edit, and nothing that we may have written is ever reported as not written.
 */
export function overtaken(
  change: DirectoryChange,
  values: readonly string[] | null,
  hadIntent: boolean,
): OutcomeDraft {
  const added = hadIntent ? change.add.filter((value) => isAmong(values ?? [], value)) : [];
  const removed = hadIntent && values ? change.remove.filter((value) => !isAmong(values, value)) : [];
  const inferred = added.length + removed.length > 0;
  return { kind: 'stale', inferred, added, removed, problem: staleObject(change, values) };
}

/** A change that must not, or could not, be written. */
export function failed(problem: Problem): OutcomeDraft {
  return { kind: 'failed', inferred: false, added: [], removed: [], problem };
}

/** What this worker wrote itself is gone again: it is not written a second time. */
export function takenAway(change: DirectoryChange): OutcomeDraft {
  const summary = clipped(`What was written to ${change.name} has been undone by somebody since.`);
  const remedy = 'Find out who did it and why before you ask again.';
  return {
    kind: 'failed',
    inferred: false,
    added: [],
    removed: [],
    problem: { code: 'write.taken-away', summary, remedy },
  };
}

function staleObject(change: DirectoryChange, values: readonly string[] | null): Problem {
  const { gone, extra } = difference(change, values ?? []);
  const facts = [
    ...extra.map((value) => `${value} was added`),
    ...gone.map((value) => `${value} was removed`),
  ];
  const what = values ? facts.join(', ') : 'the object is gone';
  return {
    code: 'plan.stale',
    summary: clipped(`${change.name} has changed since the plan: ${what}.`),
    remedy: 'Look at the new plan, or ask again.',
  };
}
