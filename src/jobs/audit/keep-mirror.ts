import type { Mirror } from '../../core/audit/mirror-port';
import { comparePositions } from '../../core/audit/stream';
import type { Ledger } from '../../core/ports';
import { Fault } from '../../core/problem';

/** So many records are copied, and reach the disk, at once. */
const AT_ONCE = 200;

/** Copies to the mirror what it lacks of the stream and of the seals. Throws Fault when ledger or mirror cannot be reached; it then goes on where it stopped. */
export async function keepMirror(ledger: Ledger, mirror: Mirror, mayGoOn: () => boolean): Promise<void> {
  const trimmed = await ledger.trimmedTo();
  if (comparePositions(mirror.position, trimmed) < 0) throw behind(mirror.position, trimmed);
  while (mayGoOn()) {
    const records = await ledger.auditStream(mirror.position, AT_ONCE);
    if (records.length === 0 || !mayGoOn()) break;
    await mirror.addRecords(records);
  }
  while (mayGoOn()) {
    const read = await ledger.seals(mirror.seal + 1, AT_ONCE);
    const seals = read.filter((each) => each !== null);
    // What is no seal stays out, and so does all behind it: whoever verifies finds it in the ledger.
    const strange = read.indexOf(null);
    const sound = strange === -1 ? seals : seals.slice(0, strange);
    if (sound.length === 0 || !mayGoOn()) break;
    await mirror.addSeals(sound);
  }
}

/** A mirror that would have a gap is not written to: it looks as if somebody had taken records away. */
function behind(position: string, trimmed: string): Fault {
  const message = `The mirror on this host ends at ${position}, and Redis has nothing any more up to ${trimmed}. Nothing was copied.`;
  const remedy =
    'Copy the files of the mirror here from the host that has them, and leave them to this worker.';
  return new Fault({ code: 'mirror.behind', retry: 'later', message, remedy });
}
