import type { Mirror } from '../../core/audit/mirror-port';
import type { Ledger } from '../../core/ports';

/** So many records are copied, and reach the disk, at once. */
const AT_ONCE = 200;

/** Copies to the mirror what it lacks of the stream and of the seals. Throws Fault when ledger or mirror cannot be reached; it then goes on where it stopped. */
export async function keepMirror(ledger: Ledger, mirror: Mirror, mayGoOn: () => boolean): Promise<void> {
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
