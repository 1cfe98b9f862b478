import type { HostFacts, MachineReading } from '../hyperv-port';
import { volumeOf } from '../hyperv/volume';
import { localBytes } from './move-cost';

/** Left free on a disk that machines are copied to, in bytes. */
export const DISK_RESERVE = 10 * 1024 ** 3;

/** In the folder that files are moved to Windows makes one of this name for them: to say it again would put them one deeper each time. */
const MADE_BY_WINDOWS = /\\Virtual Hard Disks$/i;

/**
 * The folder at the destination for a machine's local disks: the one they are in, where the destination has that volume and room on it; else one
 * of its own where the destination keeps machines by default, or on the volume with the most room. Null: there is no room for it.
 */
export function storageFolder(
  machine: Pick<MachineReading, 'disks' | 'name'>,
  to: Pick<HostFacts, 'disks' | 'paths'>,
): string | null {
  const wanted = localBytes(machine) + DISK_RESERVE;
  const hasRoom = (path: string): boolean => (volumeOf(path, to.disks)?.free ?? 0) >= wanted;
  const own = ownFolder(machine);
  if (own !== '' && hasRoom(own)) return own;
  const [most] = to.disks.toSorted((a, b) => b.free - a.free);
  const base = [to.paths.machines, most?.path ?? ''].find((path) => path !== '' && hasRoom(path));
  const name = machine.name.replaceAll(/[<>:"/\\|?*]/g, '_');
  return base === undefined ? null : `${base.replace(/\\$/, '')}\\${name}`;
}

/** The folder of its host that a machine's local disks are in, as it is said to Windows; empty: it has none. */
export function ownFolder({ disks }: Pick<MachineReading, 'disks'>): string {
  const file = disks.find(({ kind }) => kind === 'local')?.path ?? '';
  return folderOf(file).replace(MADE_BY_WINDOWS, '');
}

/** Whether a path lies on the disk, or in the folder, of this other path. */
export function isBelow(path: string, folder: string): boolean {
  const [inner, outer] = [path, folder].map((each) => `${each.replace(/\\$/, '')}\\`.toLowerCase());
  return (inner ?? '').startsWith(outer ?? '');
}

function folderOf(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf('\\')));
}
