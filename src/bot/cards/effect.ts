import type { DirectoryChange } from '../../core/delegation/plan';
import type { RequestRecord, Step } from '../../core/request/record';
import { listed } from '../../core/delegation/listing';
import { hasEffect } from '../../core/request/settle';
import { counted } from './text';

/** What is known to have become of the planned changes together. `unknown`: a write was begun and nobody saw how it ended. */
export type Effect = 'none' | 'some' | 'all' | 'unknown';

/** What was changed, by what the journal says. A value that somebody else had added counts as none of ours. */
export function effectOf(record: RequestRecord): Effect {
  const steps = changesOf(record).map((change) => stepOf(record, change));
  if (steps.some((step) => step?.intent && !step.outcome)) return 'unknown';
  const written = steps.filter((step) => hasEffect(step?.outcome ?? null));
  if (written.length === 0) return 'none';
  return written.length === steps.length ? 'all' : 'some';
}

/** Plain sentences: what was written where, what was not, what is not known; objects of which the same is so share one. */
export function effectLines(record: RequestRecord): readonly string[] {
  const changes = changesOf(record);
  if (changes.every((change) => isUntouched(stepOf(record, change)))) {
    return ['Nothing was changed in the directory.'];
  }
  const lines = new Map<string, Effected[]>();
  for (const change of changes) {
    const step = stepOf(record, change);
    const kind = kindOf(step);
    lines.set(kind, [...(lines.get(kind) ?? []), { change, step }]);
  }
  return [...lines].map(([kind, objects]) => LINES[kind as EffectKind](objects));
}

interface Effected {
  readonly change: DirectoryChange;
  readonly step: Step | undefined;
}

type EffectKind = 'written' | 'found' | 'held' | 'unknown' | 'untouched';

function kindOf(step: Step | undefined): EffectKind {
  const outcome = step?.outcome;
  if (!outcome) return step?.intent ? 'unknown' : 'untouched';
  if (hasEffect(outcome)) return outcome.inferred ? 'found' : 'written';
  return outcome.kind === 'already-so' ? 'held' : 'untouched';
}

const LINES: Readonly<Record<EffectKind, (objects: readonly Effected[]) => string>> = {
  written: (objects) => `Written on ${serverOf(objects)}: ${valuesOf(objects)}.`,
  found: (objects) => `Found written on ${serverOf(objects)} after an interruption: ${valuesOf(objects)}.`,
  held: (objects) =>
    `Not written: ${namesOf(objects)} ${was(objects)} as planned already when the write was due.`,
  unknown: (objects) =>
    `Not known: whether ${namesOf(objects)} ${was(objects)} written. Look at msDS-AllowedToDelegateTo before you ask again.`,
  untouched: (objects) => `Not changed: ${namesOf(objects)}.`,
};

function valuesOf(objects: readonly Effected[]): string {
  const count = (of: 'added' | 'removed'): number =>
    objects.reduce((sum, { step }) => sum + (step?.outcome?.[of].length ?? 0), 0);
  const names = namesOf(objects);
  const parts = [
    ...(count('added') > 0 ? [`${counted(count('added'), 'value')} added to ${names}`] : []),
    ...(count('removed') > 0 ? [`${counted(count('removed'), 'value')} removed from ${names}`] : []),
  ];
  return parts.join(', ');
}

function serverOf(objects: readonly Effected[]): string {
  return objects[0]?.step?.outcome?.server ?? 'the directory';
}

function namesOf(objects: readonly Effected[]): string {
  return listed(
    objects.map(({ change }) => change.name),
    objects.length,
  );
}

function was(objects: readonly Effected[]): string {
  return objects.length === 1 ? 'was' : 'were';
}

function isUntouched(step: Step | undefined): boolean {
  if (!step?.outcome) return !step?.intent;
  return !hasEffect(step.outcome) && step.outcome.kind !== 'already-so';
}

function changesOf(record: RequestRecord): readonly DirectoryChange[] {
  return record.plan?.directory.changes ?? [];
}

function stepOf(record: RequestRecord, change: DirectoryChange): Step | undefined {
  return record.steps.find((step) => step.guid === change.guid);
}
