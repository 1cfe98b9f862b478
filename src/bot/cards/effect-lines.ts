import { grouped } from '../../core/delegation/grouped';
import { listed } from '../../core/delegation/listing';
import type { RequestRecord } from '../../core/request/record';
import { isAboutHosts } from '../../core/request/advance-hosts';
import { hostEffectLines } from './hosts/host-effect-lines';
import { effected, hasWritten, isAskedOfPeople, missingOf, type Effected } from './effect';
import { namesSaid } from './names';
import { counted, lasting } from './text';

const ANY_PROTOCOL = '“Use any authentication protocol”';

/** Plain sentences: what was written where, what was not, what is not known; objects of which the same is so share one. */
export function effectLines(record: RequestRecord): readonly string[] {
  if (isAboutHosts(record)) return hostEffectLines(record);
  const all = effected(record).map((each) => ({ ...each, kind: kindOf(record, each) }));
  const kept = keptLines(record);
  if (all.every(({ kind }) => kind === 'untouched')) return ['Nothing was changed in the directory.'];
  const groups = grouped(all, (each) => {
    const { outcome } = each.step ?? {};
    const where = hasWritten(outcome) ? `${outcome?.server ?? ''} ${missingOf(each).length > 0}` : '';
    return [each.kind, each.change.attribute, where].join('\n');
  });
  return [
    ...groups.flatMap((group) => (group[0] ? LINES[group[0].kind](group, record) : [])),
    ...all.flatMap(missingLine),
    ...kept,
  ];
}

/** `kept` changed nothing: its values are counted in a line of their own. */
type EffectKind = 'written' | 'found' | 'by-hand' | 'held' | 'unknown' | 'asked' | 'kept' | 'untouched';

function kindOf(record: RequestRecord, { change, step }: Effected): EffectKind {
  const outcome = step?.outcome;
  if (!outcome) {
    const isAsked = record.state === 'awaiting-hand' && isAskedOfPeople(change);
    if (change.by === 'hand') return isAsked ? 'asked' : 'untouched';
    return step?.intent ? 'unknown' : 'untouched';
  }
  if (hasWritten(outcome)) {
    if (change.by === 'hand' || outcome.kind === 'by-hand') return 'by-hand';
    return outcome.inferred ? 'found' : 'written';
  }
  if (outcome.kept.length > 0) return 'kept';
  return outcome.kind === 'already-so' ? 'held' : 'untouched';
}

type Lines = (objects: readonly Effected[], record: RequestRecord) => readonly string[];

const LINES: Readonly<Record<EffectKind, Lines>> = {
  written: (objects) => [`Written on ${serverOf(objects)}: ${valuesOf(objects)}.`],
  found: (objects) => [`Found written on ${serverOf(objects)} after an interruption: ${valuesOf(objects)}.`],
  'by-hand': (objects) => [`Done by hand and seen on ${serverOf(objects)}: ${valuesOf(objects)}.`],
  held: (objects) => [
    `Not written: ${namesOf(objects)} ${was(objects)} as planned already when the write was due.`,
  ],
  unknown: (objects) => [
    `Not known: whether ${namesOf(objects)} ${was(objects)} written. Look at ${attributeOf(objects)} before you ask again.`,
  ],
  asked: (objects) => [`Waits for a person to ${taskOf(objects)}; this thread says how.`],
  kept: () => [],
  untouched: (objects, { state }) => {
    const isOpen = state === 'running' || state === 'awaiting-hand';
    return [`Not changed${isOpen ? ' yet' : ''}: ${of(objects)}${namesOf(objects)}.`];
  },
};

function missingLine(each: Effected): readonly string[] {
  const missing = missingOf(each);
  return missing.length === 0 ? [] : [`Not changed of ${each.change.name}: ${listed(missing)}.`];
}

function keptLines(record: RequestRecord): readonly string[] {
  const forMs = record.plan?.directory.forMs ?? null;
  const kept = effected(record).flatMap(({ change, step }) => {
    const count = step?.outcome?.kept.length ?? 0;
    return count === 0 ? [] : [{ name: change.name, count }];
  });
  const count = kept.reduce((sum, each) => sum + each.count, 0);
  if (count === 0) return [];
  const names = namesSaid(kept.map(({ name }) => name));
  const time = forMs === null ? 'for good' : `for ${lasting(forMs)} from then on`;
  return [
    count === 1
      ? `1 value of ${names} stays ${time}; it was there for a time only.`
      : `${counted(count, 'value')} of ${names} stay ${time}; they were there for a time only.`,
  ];
}

function valuesOf(objects: readonly Effected[]): string {
  const names = namesOf(objects);
  if (isTrust(objects)) return `${ANY_PROTOCOL} set for ${names}`;
  const parts = [
    { done: countOf(objects, 'added'), planned: plannedOf(objects, 'add'), words: 'added to' },
    { done: countOf(objects, 'removed'), planned: plannedOf(objects, 'remove'), words: 'removed from' },
  ].filter(({ done }) => done > 0);
  return parts
    .map(({ done, planned, words }) => {
      const count = done < planned ? `${done} of ${counted(planned, 'value')}` : counted(done, 'value');
      return `${count} ${words} ${names}`;
    })
    .join(', ');
}

function countOf(objects: readonly Effected[], of: 'added' | 'removed'): number {
  return objects.reduce((sum, { step }) => sum + (step?.outcome?.[of].length ?? 0), 0);
}

function plannedOf(objects: readonly Effected[], of: 'add' | 'remove'): number {
  return objects.reduce(
    (sum, { change }) => sum + (change.attribute === 'userAccountControl' ? 0 : change[of].length),
    0,
  );
}

function taskOf(objects: readonly Effected[]): string {
  const names = namesOf(objects);
  if (isTrust(objects)) return `set ${ANY_PROTOCOL} for ${names}`;
  const [add, remove] = [plannedOf(objects, 'add'), plannedOf(objects, 'remove')];
  return [
    ...(add > 0 ? [`add ${counted(add, 'value')} to ${names}`] : []),
    ...(remove > 0 ? [`remove ${counted(remove, 'value')} from ${names}`] : []),
  ].join(' and ');
}

function serverOf(objects: readonly Effected[]): string {
  return objects[0]?.step?.outcome?.server ?? 'the directory';
}

function namesOf(objects: readonly Effected[]): string {
  return namesSaid(objects.map(({ change }) => change.name));
}

function was(objects: readonly Effected[]): string {
  return objects.length === 1 ? 'was' : 'were';
}

function isTrust(objects: readonly Effected[]): boolean {
  return attributeOf(objects) === 'userAccountControl';
}

function attributeOf(objects: readonly Effected[]): DirectoryAttribute {
  return objects[0]?.change.attribute ?? 'msDS-AllowedToDelegateTo';
}

type DirectoryAttribute = Effected['change']['attribute'];

/** Of a list a host's name says enough. */
function of(objects: readonly Effected[]): string {
  return isTrust(objects) ? 'userAccountControl of ' : '';
}
