import type { HostFacts, MachineReading } from '../hyperv-port';
import { localBytes } from './move-cost';

/** Left free on a disk that machines are copied to, in bytes. */
const RESERVE = 10 * 1024 ** 3;

/**
 * The folder at the destination for a machine's local disks: the one they are in, where the destination has that disk and room on it; else one
 * on its disk with the most room. Null: no disk of it has room.
 */
export function storageFolder(
  machine: Pick<MachineReading, 'disks' | 'name'>,
  to: Pick<HostFacts, 'disks'>,
): string | null {
  const wanted = localBytes(machine) + RESERVE;
  const roomy = to.disks.filter(({ free }) => free >= wanted).toSorted((a, b) => b.free - a.free);
  const own = folderOf(machine.disks.find(({ kind }) => kind === 'local')?.path ?? '');
  const same = roomy.find(({ path }) => own !== '' && isBelow(own, path));
  if (same) return own;
  const [most] = roomy;
  return most ? `${most.path.replace(/\\$/, '')}\\${machine.name.replaceAll(/[<>:"/\\|?*]/g, '_')}` : null;
}

/** Whether a path lies on the disk, or in the folder, of this other path. */
export function isBelow(path: string, folder: string): boolean {
  const [inner, outer] = [path, folder].map((each) => `${each.replace(/\\$/, '')}\\`.toLowerCase());
  return (inner ?? '').startsWith(outer ?? '');
}

function folderOf(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf('\\')));
}
