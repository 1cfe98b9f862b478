import { volumeOf } from '../../src/core/hyperv/volume';
import type {
  Around,
  FabricDisk,
  FabricHost,
  FabricMachine,
  FabricMove,
  StorageTo,
  Wanted,
  WindowsError,
} from './model';
import { fileExists, noSpace, pathMissing, pathOfFilesMissing } from './windows-errors';

/** The share that machines of the practice domain are kept on. */
export const SHARE = '\\\\files01\\vms';

/** The disks that a move takes along: all files, or those that are named. A disk of the host itself stays. */
function disksToGo({ disks }: FabricMachine, storage: StorageTo | null): readonly FabricDisk[] {
  if (!storage) return [];
  const { only } = storage;
  return disks.filter(({ kind, path }) => kind !== 'pass-through' && (only === null || only.includes(path)));
}

/** How many bytes of files a move copies. */
export function bytesToGo(machine: FabricMachine, storage: StorageTo | null): number {
  return disksToGo(machine, storage).reduce((sum, { bytes }) => sum + bytes, 0);
}

/** The disks of a machine after a move with storage: as Windows does it, files are in a folder of that name below the path. */
export function disksAfter(machine: FabricMachine, storage: StorageTo | null): readonly FabricDisk[] {
  if (!storage) return machine.disks;
  const gone = new Set(disksToGo(machine, storage));
  return machine.disks.map((disk) => (gone.has(disk) ? placed(disk, storage.path) : disk));
}

function placed({ path, bytes }: FabricDisk, folder: string): FabricDisk {
  const file = path.split('\\').at(-1) ?? path;
  return {
    path: `${folder.replace(/\\+$/, '')}\\Virtual Hard Disks\\${file}`,
    bytes,
    kind: folder.startsWith('\\\\') ? 'smb' : 'local',
  };
}

/** Bytes that are free on the volume of a host that holds a path; 0 where there is none. What is on its way has its room already. */
export function freeDisk(host: FabricHost, { machines, moves }: Around, path: string): number {
  const volume = volumeOf(path, host.disks);
  if (!volume) return 0;
  const isIn = (file: string): boolean => volumeOf(file, host.disks) === volume;
  const coming = moves.filter((move) => move.state === 'running' && move.to === host.name);
  const onTheWay = coming.flatMap(({ machine: id, storage }) =>
    storage && isIn(storage.path)
      ? machines.flatMap((machine) => (machine.id === id ? [bytesToGo(machine, storage)] : []))
      : [],
  );
  const disks = machines.flatMap((machine) => (machine.host === host.name ? machine.disks : []));
  const here = disks.filter((disk) => disk.kind === 'local' && isIn(disk.path));
  const used = [...here.map(({ bytes }) => bytes), ...onTheWay].reduce((sum, bytes) => sum + bytes, 0);
  return Math.max(0, volume.bytes - volume.usedBytes - used);
}

/** What keeps files from a path of a host: it is not there, it is full, or files of these names are there already. */
export function refuseStorage(
  { machine, from, to, storage }: Wanted,
  around: Around,
): readonly WindowsError[] {
  if (!storage) return [];
  const { path } = storage;
  const going = disksToGo(machine, storage);
  const taken = new Set(
    around.machines.flatMap(({ host, disks }) =>
      disks.flatMap((disk) => (disk.kind === 'smb' || host === to.name ? [disk.path.toLowerCase()] : [])),
    ),
  );
  const clash = going.map((disk) => placed(disk, path).path).find((each) => taken.has(each.toLowerCase()));
  const exists = clash === undefined ? [] : [fileExists(machine.name, clash)];
  if (path.startsWith('\\\\')) {
    const isShared = volumeOf(path, [{ path: SHARE }]) !== null;
    return isShared ? exists : [pathMissing(machine.name, path)];
  }
  if (!volumeOf(path, to.disks)) {
    return [
      from.name === to.name
        ? pathMissing(machine.name, path)
        : pathOfFilesMissing(machine.name, path, to.name),
    ];
  }
  const isFull = freeDisk(to, around, path) < bytesToGo(machine, storage);
  return [...(isFull ? [noSpace(path, to.name)] : []), ...exists];
}

/** What the bytes of a move go through: the links of both hosts, or, on one host, the volumes of its files. */
export function linksOf(
  { kind, from, to, storage }: FabricMove,
  machine: FabricMachine,
  hosts: readonly FabricHost[],
): readonly string[] {
  if (kind !== 'storage') return [from, to];
  const volumes = hosts.find(({ name }) => name === from)?.disks ?? [];
  const paths = [...disksToGo(machine, storage).map(({ path }) => path), storage?.path ?? ''];
  return [...new Set(paths.map((path) => `${from} ${volumeOf(path, volumes)?.path ?? SHARE}`))];
}

/** How fast a link of `linksOf` is, in bytes per millisecond: a volume, or the fastest network that a host may migrate over. */
export function speedOf(link: string, hosts: readonly FabricHost[]): number {
  const [name, ...rest] = link.split(' ');
  const host = hosts.find((each) => each.name === name);
  const path = rest.join(' ');
  if (!host) return SLOWEST;
  const volume = volumeOf(path, host.disks);
  if (volume) return volume.bytesPerMs;
  const { networks, migration } = host;
  // Files on a share come over whatever network leads there.
  const isShare = path === SHARE;
  const allowed = networks.filter(
    ({ subnet }) =>
      isShare || migration.anyNetwork || migration.networks.some((each) => each.subnet === subnet),
  );
  return Math.max(SLOWEST, ...allowed.map(({ bytesPerMs }) => bytesPerMs));
}

/** So that no transfer stands still for ever. */
const SLOWEST = 0.001;
