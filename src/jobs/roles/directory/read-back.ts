import { hasBit } from '../../../core/delegation/account-control';
import { clipped, listed } from '../../../core/delegation/listing';
import type { DirectoryChange } from '../../../core/delegation/plan';
import { among } from '../../../core/delegation/values';
import type { EverywhereReading } from '../../../core/ports';
import type { Problem } from '../../../core/problem';
import type { RequestRecord } from '../../../core/request/record';
import { stepOf } from './journal';
import type { DirectoryParts } from './parts';

/** What the domain controllers say of one object: how many of them show all of its changes, and what is not as it was written. */
export interface ReadBack {
  readonly servers: number;
  readonly converged: number;
  /** What the place of the write no longer holds, and what is there again. */
  readonly lost: readonly string[];
  readonly back: readonly string[];
}

type Seen = Exclude<EverywhereReading['seen'], string>;

/** Reads one object on every domain controller and holds it against its changes. */
export async function readBack(
  parts: DirectoryParts,
  record: RequestRecord,
  changes: readonly DirectoryChange[],
): Promise<ReadBack> {
  const [first] = changes;
  const guid = first?.guid ?? '';
  const writer = (first && stepOf(record, first).outcome?.server) ?? parts.directory.server;
  const readings = await parts.directory.readEverywhere(guid);
  const atWriter = readings.find(({ server }) => server === writer)?.seen ?? 'silent';
  const seen = atWriter === 'silent' ? await readAgain(parts, writer, guid) : atWriter;
  const there = compare(changes, seen);
  const converged = readings.filter((reading) => {
    if (typeof reading.seen === 'string') return false;
    const { lost, back } = reading.seen === seen ? there : compare(changes, reading.seen);
    return lost.length + back.length === 0;
  });
  return { ...there, servers: readings.length, converged: converged.length };
}

function compare(
  changes: readonly DirectoryChange[],
  seen: Seen | 'absent',
): Pick<ReadBack, 'lost' | 'back'> {
  return {
    lost: changes.flatMap((change) => lostOf(change, seen)),
    back: changes.flatMap((change) => backOf(change, seen)),
  };
}

/** The place of the write did not answer in time: it is asked once more before anything is said. Throws Fault when it cannot be. */
async function readAgain(
  { directory }: DirectoryParts,
  writer: string,
  guid: string,
): Promise<Seen | 'absent'> {
  const place = directory.alternates.find(({ server }) => server === writer) ?? directory;
  const object = await place.read(guid);
  return object ? { values: object.allowedToDelegateTo, control: object.userAccountControl } : 'absent';
}

function lostOf(change: DirectoryChange, seen: Seen | 'absent'): readonly string[] {
  if (change.attribute === 'userAccountControl') {
    const isSet = seen !== 'absent' && hasBit(seen.control, 'anyProtocol');
    return isSet ? [] : [`“Use any authentication protocol” of ${change.name}`];
  }
  const values = seen === 'absent' ? [] : seen.values;
  const isThere = among(values);
  return [...change.add, ...change.keep].filter((value) => !isThere(value));
}

function backOf(change: DirectoryChange, seen: Seen | 'absent'): readonly string[] {
  if (change.attribute === 'userAccountControl' || seen === 'absent') return [];
  return change.remove.filter(among(seen.values));
}

/** What was written is not so any more. */
export function undone(
  parts: DirectoryParts,
  { lost, back }: { lost: readonly string[]; back: readonly string[] },
): Problem {
  const facts = [
    ...(lost.length > 0 ? [`this is not there: ${listed(lost, 8)}`] : []),
    ...(back.length > 0 ? [`this is there again: ${listed(back, 8)}`] : []),
  ];
  return {
    code: lost.length > 0 ? 'write.lost' : 'write.back',
    summary: clipped(`Read back on ${parts.directory.server}, ${facts.join('; ')}.`),
    remedy:
      'Somebody undid it, or an edit on another domain controller has won in replication. Look at the object before you ask again.',
  };
}
