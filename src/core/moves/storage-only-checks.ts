import type { MoveCheck } from '../hyperv/check';
import { bad as found } from '../hyperv/check';
import type { HostReading } from '../hyperv-port';
import type { FoundMachine } from './find-machines';
import { folderChecks } from './folder-checks';
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
  const folder = folderChecks(machine, { to, path, bytes: fileBytes(machine) });
  if (folder.length > 0) return folder;
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
