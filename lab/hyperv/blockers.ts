import type { FabricCopy, FabricHost, FabricMachine, FabricMove, WindowsError } from './model';
import {
  alreadyMoving,
  alreadyThere,
  diskNotMovable,
  isoAttached,
  limitReached,
  noSpace,
  notEnoughMemory,
  notListening,
  otherProcessor,
  switchMissing,
  versionUnsupported,
} from './windows-errors';

/** A move that is looked at: `storage`: the disks go along. */
export interface Wanted {
  readonly machine: FabricMachine;
  readonly from: FabricHost;
  readonly to: FabricHost;
  readonly storage: boolean;
}

/** What else goes on, as far as it counts. */
export interface Around {
  readonly machines: readonly FabricMachine[];
  readonly moves: readonly FabricMove[];
  readonly copies: readonly FabricCopy[];
}

/** Everything that Windows would find incompatible (`Compare-VM`), in the order in which it looks; authentication is not among it. */
export function incompatibilities(wanted: Wanted, around: Around): readonly WindowsError[] {
  return [...ofHosts(wanted), ...ofCopies(wanted, around), ...ofDevices(wanted), ...ofRoom(wanted, around)];
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

function ofRoom({ machine, to, storage }: Wanted, around: Around): readonly WindowsError[] {
  const isTight = machine.state === 'running' && freeMemory(to, around) < machine.memory.assignedBytes;
  const isFull = storage && freeDisk(to, around) < localBytes(machine);
  return [
    ...(isTight ? [notEnoughMemory(machine.name, to.name)] : []),
    ...(isFull ? [noSpace(to.disks[0]?.path ?? 'C:\\', to.name)] : []),
  ];
}

/** Why a move cannot begin right now, or null: a machine moves once at a time, and a host's own limit counts moves in and out together. */
export function refuseSlot({ machine, from, to, storage }: Wanted, { moves }: Around): WindowsError | null {
  const isGoing = moves.some((move) => move.state === 'running' && move.machine === machine.id);
  if (isGoing || from.name === to.name) return alreadyMoving(machine.name);
  for (const host of [from, to]) {
    const busy = moves.filter(
      (move) => move.state === 'running' && (move.from === host.name || move.to === host.name),
    );
    const most = storage ? Math.min(host.migration.most, host.migration.mostStorage) : host.migration.most;
    const counted = storage ? busy.filter((move) => move.storage).length : busy.length;
    if (busy.length >= host.migration.most || counted >= most) return limitReached(host.name, most);
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

/** Bytes that are free on the disk where machines of a host are kept: the first one. */
export function freeDisk(host: FabricHost, { machines }: Around): number {
  const [disk] = host.disks;
  const here = machines.filter((machine) => machine.host === host.name);
  const used = here.reduce((sum, machine) => sum + localBytes(machine), 0);
  return disk ? Math.max(0, disk.bytes - disk.usedBytes - used) : 0;
}

/** What goes along when a machine moves with its storage. */
export function localBytes({ disks }: FabricMachine): number {
  return disks.reduce((sum, { kind, bytes }) => sum + (kind === 'local' ? bytes : 0), 0);
}
