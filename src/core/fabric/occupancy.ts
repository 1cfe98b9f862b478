import { volumeOf } from '../hyperv/volume';
import type { Load, PlanHost, PlanMachine, Volume } from './fleet';
import type { RoomCode } from './reasons';

/** Rounding of many sums: less than any machine. */
const LEAST = 1e-6;

const NOTHING: Load = { memory: 0, cpu: 0 };

/** What a machine takes at a host. */
export function loadAt(machine: PlanMachine, host: PlanHost): Load {
  return host === machine.from ? machine.home : machine.need;
}

/** Whether a host has room for a machine now that is not counted there, disks included. */
export function fits(machine: PlanMachine, host: PlanHost): boolean {
  if (!hasRoom(machine, host)) return false;
  return host === machine.from || machine.diskBytes === 0 || volumeFor(machine, host) !== null;
}

/** The same without its disks: the plan has a place for these. */
export function hasRoom(machine: PlanMachine, host: PlanHost): boolean {
  const { memory, cpu } = loadAt(machine, host);
  const { used, room, groups } = host;
  if (memory > 0 && used.memory + memory > room.memory) return false;
  if (cpu > 0 && used.cpu + cpu > room.cpu + LEAST) return false;
  for (const group of machine.ruling.groups) if ((groups.get(group) ?? 0) > 0) return false;
  return true;
}

/** Everything that a host has too little of for a machine, or has already. */
export function lacks(machine: PlanMachine, host: PlanHost): readonly RoomCode[] {
  const { memory, cpu } = loadAt(machine, host);
  const { used, room, groups } = host;
  return [
    ...(memory > 0 && used.memory + memory > room.memory ? (['memory'] as const) : []),
    ...(cpu > 0 && used.cpu + cpu > room.cpu + LEAST ? (['cpu'] as const) : []),
    ...(machine.diskBytes > 0 && volumeFor(machine, host) === null ? (['space'] as const) : []),
    ...(machine.ruling.groups.some((group) => (groups.get(group) ?? 0) > 0) ? (['apart'] as const) : []),
  ];
}

/** Counts a machine at a host, its disks where there is a place for them, or on the given one. */
export function put(machine: PlanMachine, host: PlanHost, given: Volume | null = null): void {
  const isCopied = host !== machine.from && machine.diskBytes > 0;
  const volume = isCopied ? (given ?? volumeFor(machine, host)) : null;
  count(machine, host, 1);
  if (volume) volume.free -= machine.diskBytes;
  machine.at = host;
  machine.volume = volume;
}

/** Counts a machine nowhere, until it is put somewhere again. */
export function lift(machine: PlanMachine): void {
  count(machine, machine.at, -1);
  if (machine.volume) machine.volume.free += machine.diskBytes;
  machine.volume = null;
}

/** Lifts a machine and puts it at a host. */
export function shift(machine: PlanMachine, host: PlanHost, given: Volume | null = null): void {
  lift(machine);
  put(machine, host, given);
}

/** A load that is taken away. */
export function less({ memory, cpu }: Load): Load {
  return { memory: -memory, cpu: -cpu };
}

/** The share of a host that is in use, 0 to 1, the scarcer of memory and processors; with so much more. */
export function busyShare(host: PlanHost, more: Load = NOTHING): number {
  const { memory, cpu } = sharesOf(host, more);
  return Math.max(memory, cpu);
}

/** Shares of a host's memory and processors that are in use, Windows itself included. */
export function sharesOf({ own, used, facts }: PlanHost, more: Load = NOTHING): Load {
  return {
    memory: (own.memory + used.memory + more.memory) / facts.memory.total,
    cpu: (own.cpu + used.cpu + more.cpu) / facts.processors,
  };
}

/** The share of a host that is still free for machines, the scarcer of memory and processors; negative: more is used than may be. */
export function headroom({ room, used, facts }: PlanHost, more: Load = NOTHING): number {
  const memory = (room.memory - used.memory - more.memory) / facts.memory.total;
  const cpu = (room.cpu - used.cpu - more.cpu) / facts.processors;
  return Math.min(memory, cpu);
}

function count(machine: PlanMachine, host: PlanHost, times: 1 | -1): void {
  const { memory, cpu } = loadAt(machine, host);
  host.used.memory += times * memory;
  host.used.cpu += times * cpu;
  for (const group of machine.ruling.groups) host.groups.set(group, (host.groups.get(group) ?? 0) + times);
}

/**
 * The volume that takes a machine's files: the one of the same name, else the one where the host keeps machines, else the one with the
 * most room; where a folder was approved, the one of that folder alone. What leaves a volume is not counted on: the source deletes it at
 * the very end of a move, and not always.
 */
function volumeFor({ diskBytes, reading, folder }: PlanMachine, { volumes, facts }: PlanHost): Volume | null {
  const own = reading.disks.find(({ kind }) => kind === 'local')?.path ?? '';
  const most = volumes.reduce<Volume | null>(
    (best, each) => (best && best.free >= each.free ? best : each),
    null,
  );
  const wanted =
    folder === null
      ? [volumeOf(own, volumes), volumeOf(facts.paths.machines, volumes), most]
      : [volumeOf(folder, volumes)];
  return wanted.find((volume) => volume !== null && volume.free >= diskBytes) ?? null;
}
