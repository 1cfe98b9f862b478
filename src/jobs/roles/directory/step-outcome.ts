import { clipped } from '../../../core/delegation/listing';
import { difference } from '../../../core/delegation/look';
import type { ComputerObject } from '../../../core/delegation/observation';
import type { DirectoryChange, ListChange } from '../../../core/delegation/plan';
import { isAmong } from '../../../core/delegation/values';
import type { Problem } from '../../../core/problem';
import type { StepOutcome } from '../../../core/request/record';

/** An outcome without its time and server. */
export type OutcomeDraft = Omit<StepOutcome, 'at' | 'server'>;

const NOTHING = { inferred: false, added: [], kept: [], removed: [], trusted: false } as const;

/** All that a change wants has come about. */
function everything(change: DirectoryChange): Omit<OutcomeDraft, 'kind' | 'inferred' | 'problem'> {
  if (change.attribute === 'userAccountControl') return { added: [], kept: [], removed: [], trusted: true };
  return { added: change.add, kept: change.keep, removed: change.remove, trusted: false };
}

/** Our own strict success; or nothing was to be written, only values to be kept. */
export function changed(change: DirectoryChange): OutcomeDraft {
  return { ...everything(change), kind: 'changed', inferred: false, problem: null };
}

/** A person has done it for this request, and it was seen. */
export function doneByHand(change: DirectoryChange): OutcomeDraft {
  return { ...everything(change), kind: 'by-hand', inferred: true, problem: null };
}

/** Seen as planned after an intent: ours. */
export function asPlanned(change: DirectoryChange): OutcomeDraft {
  return { ...everything(change), kind: 'changed', inferred: true, problem: null };
}

/** Seen as planned without an intent: it was so already. `claimed` is there because of other requests, and kept as what the plan keeps. */
export function alreadySo(change: DirectoryChange, claimed: readonly string[]): OutcomeDraft {
  const kept = change.attribute === 'userAccountControl' ? [] : [...change.keep, ...claimed];
  return { ...NOTHING, kept, kind: 'already-so', problem: null };
}

/** What is a person's and was not, or not all, done when the request ended: what of it is there. */
export function notDoneByHand(
  change: DirectoryChange,
  object: ComputerObject | null,
  problem: Problem,
): OutcomeDraft {
  return { ...overtaken(change, object, true), kind: 'failed', problem };
}

/**
 * Seen as neither before nor after. With an intent, planned values that are there (or gone) count as ours: a write may have come through before
 * somebody else's edit, and nothing that we may have written is ever reported as not written.
 */
export function overtaken(
  change: DirectoryChange,
  object: ComputerObject | null,
  hadIntent: boolean,
): OutcomeDraft {
  const stale = { ...NOTHING, kind: 'stale' as const, problem: staleObject(change, object) };
  if (change.attribute === 'userAccountControl' || !hadIntent || !object) return stale;
  const values = object.allowedToDelegateTo;
  const added = change.add.filter((value) => isAmong(values, value));
  const removed = change.remove.filter((value) => !isAmong(values, value));
  return { ...stale, inferred: added.length + removed.length > 0, added, removed };
}

/** A change that must not, or could not, be written. */
export function failed(problem: Problem): OutcomeDraft {
  return { ...NOTHING, kind: 'failed', problem };
}

/** What this worker wrote itself is gone again: it is not written a second time. */
export function takenAway(change: DirectoryChange): OutcomeDraft {
  const summary = clipped(`What was written to ${change.name} has been undone by somebody since.`);
  const remedy = 'Find out who did it and why before you ask again.';
  return failed({ code: 'write.taken-away', summary, remedy });
}

function staleObject(change: DirectoryChange, object: ComputerObject | null): Problem {
  return {
    code: 'plan.stale',
    summary: clipped(`${change.name} has changed since the plan: ${whatChanged(change, object)}.`),
    remedy: 'Look at the new plan, or ask again.',
  };
}

function whatChanged(change: DirectoryChange, object: ComputerObject | null): string {
  if (!object) return 'the object is gone';
  return change.attribute === 'userAccountControl'
    ? `its userAccountControl is 0x${object.userAccountControl.toString(16)}`
    : differences(change, object.allowedToDelegateTo);
}

function differences(change: ListChange, values: readonly string[]): string {
  const { gone, extra } = difference(change, values);
  return [...extra.map((value) => `${value} was added`), ...gone.map((value) => `${value} was removed`)].join(
    ', ',
  );
}
