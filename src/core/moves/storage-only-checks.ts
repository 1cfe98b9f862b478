import type { MoveCheck } from '../hyperv/check';
import { bad as found } from '../hyperv/check';
import { volumeOf } from '../hyperv/volume';
import type { HostReading } from '../hyperv-port';
import type { FoundMachine } from './find-machines';
import { fileBytes } from './move-cost';
import { isBelow } from './storage-folder';

/** What keeps the disks of a machine from moving to a folder of the host that they are on. */
export function storageOnlyChecks(
  { machine, at }: FoundMachine,
  to: HostReading,
  path: string,
): readonly MoveCheck[] {
  if (at.host !== to.host) {
    return [
      bad(
        'it is on another host',
        `${machine.name} is on ${at.host}, and with --storage-only nothing leaves its host.`,
        `Ask with -> ${at.host}, or without --storage-only.`,
      ),
    ];
  }
  const isShare = path.startsWith('\\\\');
  const disk = volumeOf(path, to.facts?.disks ?? []);
  if (!isShare && !disk)
    return [
      bad(
        'no such disk',
        `${to.host} has no disk for ${path}.`,
        'Name a folder on one of its disks: see /hv hosts.',
      ),
    ];
  if (!isShare && disk && disk.free < fileBytes(machine)) {
    return [
      bad(
        'too little room',
        `${disk.path} on ${to.host} has too little room for the disks of ${machine.name}.`,
        'Choose another disk.',
      ),
    ];
  }
  if (machine.disks.every((each) => each.kind !== 'physical' && isBelow(each.path, path))) {
    return [
      bad(
        'they are there already',
        `The disks of ${machine.name} are in ${path} already.`,
        'Nothing has to be done.',
      ),
    ];
  }
  return [];
}

function bad(headline: string, evidence: string, fix: string): MoveCheck {
  return found('Disks alone', evidence, { headline, fix });
}
