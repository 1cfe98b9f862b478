import { bad, type MoveCheck } from '../hyperv/check';
import { gigabytes } from '../hyperv/machine-checks';
import { volumeOf } from '../hyperv/volume';
import type { HostReading, MachineReading } from '../hyperv-port';

/** What keeps so many bytes of a machine from a folder of a host, as that is now. What a share has room for nobody can see from here. */
export function folderChecks(
  { name }: Pick<MachineReading, 'name'>,
  { to: { host, facts }, path, bytes }: { to: HostReading; path: string; bytes: number },
): readonly MoveCheck[] {
  if (path.startsWith('\\\\')) return [];
  const disk = volumeOf(path, facts?.disks ?? []);
  if (!disk)
    return [
      bad('The folder', `${host} has no disk for ${path}.`, {
        headline: 'no such disk',
        fix: 'Name a folder on one of its disks: see /hv hosts.',
      }),
    ];
  if (disk.free >= bytes) return [];
  const evidence = `${disk.path} on ${host} has too little room for the disks of ${name}: ${gigabytes(disk.free)} free, ${gigabytes(bytes)} wanted.`;
  return [bad('The folder', evidence, { headline: 'too little room', fix: 'Choose another disk.' })];
}
