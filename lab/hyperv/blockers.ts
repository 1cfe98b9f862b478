import type { Around, FabricHost, Wanted, WindowsError } from './model';
import { refuseStorage } from './storage';
import {
  alreadyMoving,
  alreadyThere,
  diskNotMovable,
  isoAttached,
  limitReached,
  notEnoughMemory,
  notListening,
  otherProcessor,
  storageLimitReached,
  switchMissing,
  versionUnsupported,
} from './windows-errors';

/** Everything that Windows would find incompatible (`Compare-VM`), in the order in which it looks; authentication is not among it. */
export function incompatibilities(wanted: Wanted, around: Around): readonly WindowsError[] {
  if (wanted.from.name === wanted.to.name) return refuseStorage(wanted, around);
  return [
    ...ofHosts(wanted),
    ...ofCopies(wanted, around),
    ...ofDevices(wanted),
    ...ofRoom(wanted, around),
    ...refuseStorage(wanted, around),
  ];
}

function ofHosts({ machine, from, to }: Wanted): readonly WindowsError[] {
  const isListening = to.isUp && to.vmms === 'running' && to.migration.enabled;
  const isOtherVendor = machine.state === 'running' && from.vendor !== to.vendor;
  return [
    ...(isListening ? [] : [notListening(to.name)]),
    ...(to.versions.includes(machine.version)
      ? []
      : [versionUnsupported(machine.name, machine.version, to.name)]),
    ...(isOtherVendor ? [otherProcessor(machine.name, to.name)] : []),
  ];
}

function ofCopies({ machine, to }: Wanted, { copies }: Around): readonly WindowsError[] {
  const isThere = copies.some((copy) => copy.machine === machine.id && copy.host === to.name);
  return isThere ? [alreadyThere(machine.name, to.name)] : [];
}

function ofDevices({ machine, to }: Wanted): readonly WindowsError[] {
  const { name, iso, disks } = machine;
  const missing = machine.switch !== null && !to.switches.includes(machine.switch);
  return [
    ...(missing ? [switchMissing(name, machine.switch ?? '', to.name)] : []),
    ...(iso === null ? [] : [isoAttached(name)]),
    ...disks.flatMap(({ kind, path }) => (kind === 'pass-through' ? [diskNotMovable(name, path)] : [])),
  ];
}

function ofRoom({ machine, to }: Wanted, around: Around): readonly WindowsError[] {
  const isTight = machine.state === 'running' && freeMemory(to, around) < machine.memory.assignedBytes;
  return isTight ? [notEnoughMemory(machine.name, to.name)] : [];
}

/**
 * Why a move cannot begin right now, or null: a machine moves once at a time, and a host's own limits count moves in and out together,
 * those of machines by one of them and those with storage by the other.
 */
export function refuseSlot({ machine, from, to, storage }: Wanted, { moves }: Around): WindowsError | null {
  const isGoing = moves.some((move) => move.state === 'running' && move.machine === machine.id);
  const isStorageAlone = from.name === to.name;
  if (isGoing || (isStorageAlone && !storage)) return alreadyMoving(machine.name);
  for (const { name, migration } of [from, to]) {
    const busy = moves.filter((move) => move.state === 'running' && (move.from === name || move.to === name));
    const live = busy.filter(({ kind }) => kind !== 'storage');
    if (!isStorageAlone && live.length >= migration.most) return limitReached(name, migration.most);
    const copying = busy.filter((move) => move.storage !== null);
    if (storage && copying.length >= migration.mostStorage) {
      return storageLimitReached(machine, migration.mostStorage);
    }
  }
  return null;
}

/** What a host can still give to machines, in bytes: a machine that is on its way in has its memory here already. */
export function freeMemory(host: FabricHost, { machines, moves }: Around): number {
  const here = machines.filter((machine) => machine.host === host.name && machine.state === 'running');
  const coming = moves.filter((move) => move.state === 'running' && move.to === host.name);
  const onTheWay = coming.flatMap((move) => machines.filter(({ id }) => id === move.machine));
  const used = [...here, ...onTheWay].reduce((sum, { memory }) => sum + memory.assignedBytes, 0);
  return Math.max(0, host.memoryBytes - host.reservedBytes - used);
}
