import { mkdir } from 'node:fs/promises';
import type { Mirror } from '../../core/audit/mirror-port';
import { STREAM_START, timeOfPosition } from '../../core/audit/stream';
import { Fault } from '../../core/problem';
import { addToArchive } from './archive-file';
import { dayOf } from './files';
import { lineOfRecord, lineOfSeal, readRecordLine, readSealLine } from './lines';
import { openRotated } from './rotated';

/** A file that has grown to so many bytes is followed by a new one. */
const MIRROR_FILE_BYTES = 64 * 2 ** 20;

/**
 * A mirror in a folder of its own, made if it is missing: `records-DAY-NUMBER.jsonl` and `seals-DAY-NUMBER.jsonl`, days in UTC. Throws Fault
 * `mirror.unwritable` (later), or `mirror.unreadable` (never) when its last line is none of ours: nothing is ever written behind such a line.
 */
export async function openFileMirror(directory: string, maxBytes = MIRROR_FILE_BYTES): Promise<Mirror> {
  const { records, seals } = await reach(directory, async () => {
    await mkdir(directory, { recursive: true, mode: 0o750 });
    return {
      records: await openRotated(directory, 'records', maxBytes),
      seals: await openRotated(directory, 'seals', maxBytes),
    };
  });
  const position = () => (records.last === null ? STREAM_START : readRecordLine(records.last)?.position);
  const seal = () => (seals.last === null ? 0 : readSealLine(seals.last)?.seal.number);
  if (position() === undefined || seal() === undefined) throw unreadable(directory);
  return {
    get position() {
      return position() ?? STREAM_START;
    },
    get seal() {
      return seal() ?? 0;
    },
    addRecords: (added) =>
      reach(directory, () =>
        records.add(
          added.map((record) => ({
            day: dayOf(timeOfPosition(record.position)),
            line: lineOfRecord(record),
          })),
        ),
      ),
    addSeals: (added) =>
      reach(directory, () =>
        seals.add(added.map((signed) => ({ day: dayOf(signed.seal.at), line: lineOfSeal(signed) }))),
      ),
    archive: (line, at) => reach(directory, () => addToArchive(directory, dayOf(at).slice(0, 7), line)),
    async close() {
      await records.close();
      await seals.close();
    },
  };
}

function unreadable(directory: string): Fault {
  const message = `The last line of the audit's mirror in ${directory} is none of Handover's. Nothing is added to it.`;
  const remedy = 'Keep the folder for whoever looks into it, and name an empty one in audit.mirrorDirectory.';
  return new Fault({ code: 'mirror.unreadable', retry: 'never', message, remedy });
}

async function reach<T>(directory: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (cause) {
    const message = `The audit's mirror in ${directory} cannot be written. Requests go on; nothing is archived meanwhile.`;
    const remedy = 'Check that the folder exists, belongs to the worker’s user, and has room.';
    throw new Fault({ code: 'mirror.unwritable', retry: 'later', message, remedy }, { cause });
  }
}
