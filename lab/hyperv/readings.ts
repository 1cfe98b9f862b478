import type {
  HostFacts,
  HostPulse,
  HostReading,
  MachineReading,
  MoveReading,
  WindowsFailure,
} from '../../src/core/hyperv-port';
import { freeMemory } from './blockers';
import { demandAt } from './demand';
import type { Around, FabricCopy, FabricHost, FabricMachine, FabricMove } from './model';
import { freeDisk } from './storage';

/** What is read of a host, at that time by the fabric's clock. */
export function readingOf(host: FabricHost, around: Around, now: number): HostReading {
  const silent = silenceOf(host);
  if (silent) return { host: host.name, at: now, facts: null, silent };
  return { host: host.name, at: now, facts: factsOf(host, around, now), silent: null };
}

/** What is known of a host that is up, whatever of Hyper-V runs there. */
export function pulseOf({ windows, bootedAt, vmms, migration }: FabricHost): HostPulse {
  const hasManagement = vmms === 'running';
  return { build: windows.build, bootedAt, hasManagement, listens: hasManagement && migration.enabled };
}

function silenceOf({ name, isUp, vmms }: FabricHost): WindowsFailure | null {
  if (!isUp)
    return { code: '0x800706BA', message: `The RPC server is unavailable: ${name} does not answer.` };
  if (vmms === 'running') return null;
  const message = `Hyper-V encountered an error trying to access an object on computer '${name}': the Virtual Machine Management service is not running there (0x80070426).`;
  return { code: '0x80070426', message };
}

function factsOf(host: FabricHost, around: Around, now: number): HostFacts {
  const machines = around.machines.filter((machine) => machine.host === host.name);
  const running = machines.filter(({ state }) => state === 'running');
  const busy = running.reduce((sum, each) => sum + demandAt(each, now).load * each.processors, 0);
  const { networks, transport, most, mostStorage, enabled, auth, anyNetwork } = host.migration;
  return {
    fqdn: host.fqdn,
    windows: { caption: `Microsoft Windows Server ${host.windows.name}`, build: host.windows.build },
    bootedAt: host.bootedAt,
    memory: { total: host.memoryBytes, free: freeMemory(host, around) },
    processors: host.processors,
    vendor: host.vendor === 'intel' ? 'GenuineIntel' : 'AuthenticAMD',
    load: Math.round((busy / host.processors) * 100),
    versions: host.versions,
    switches: host.switches,
    disks: host.disks.map(({ path, bytes }) => ({ path, total: bytes, free: freeDisk(host, around, path) })),
    credentialGuard: host.credentialGuard,
    balancers: host.balancers,
    paths: { machines: host.machinePath, disks: host.machinePath },
    subnets: host.networks.map(({ subnet }) => subnet),
    links: host.networks.map(({ subnet, bytesPerMs }) => ({ subnet, bitsPerSecond: bytesPerMs * 8_000 })),
    migration: {
      enabled,
      auth,
      transport,
      most,
      mostStorage,
      anyNetwork,
      networks: networks.toSorted((a, b) => a.priority - b.priority).map(({ subnet }) => subnet),
    },
    machines: [
      ...machines.map((machine) => machineReading(machine, around.moves, now)),
      ...around.copies.flatMap((copy) => (copy.host === host.name ? copyReadings(copy, around, now) : [])),
    ],
    planned: plannedAt(host.name, around),
  };
}

/** Machines that are half made at a host: of moves that come in, and of those that broke when it ended. */
export function plannedAt(name: string, { machines, moves, copies }: Around): HostFacts['planned'] {
  const coming = moves.filter(({ state, from, to }) => state === 'running' && to === name && from !== to);
  const left = copies.filter(({ host, kind }) => host === name && kind === 'planned');
  const ids = new Set([...coming, ...left].map(({ machine }) => machine));
  return machines.filter(({ id }) => ids.has(id)).map(({ id, name: called }) => ({ id, name: called }));
}

/** How long Windows shows a job that has ended: the default of CIM_ConcreteJob.TimeBeforeRemoval. */
const SHOWN_MS = 5 * 60_000;

/** The moves that a host shows: those that it sends away, and those within it. */
export function movesShownAt(name: string, { moves }: Around, now: number): readonly FabricMove[] {
  return moves.filter(({ from, endedAt }) => from === name && (endedAt === null || now - endedAt < SHOWN_MS));
}

/** What a broken move has left: the same id once more, and off. */
function copyReadings(
  { machine: id, kind }: FabricCopy,
  around: Around,
  now: number,
): readonly MachineReading[] {
  const machine = around.machines.find((each) => each.id === id);
  if (!machine || kind === 'planned') return [];
  return [machineReading({ ...machine, state: 'off', heartbeat: 'none' }, [], now)];
}

function machineReading(machine: FabricMachine, moves: readonly FabricMove[], now: number): MachineReading {
  const { id, name, state, memory, processors, version, heartbeat } = machine;
  const { load, memoryBytes } = demandAt(machine, now);
  const isRunning = state === 'running';
  return {
    id,
    name,
    state,
    memory: {
      startup: memory.startupBytes,
      assigned: isRunning ? memory.assignedBytes : 0,
      demand: isRunning ? memoryBytes : 0,
    },
    processors,
    load: isRunning ? Math.round(load * 100) : 0,
    version,
    uptimeMs: isRunning ? now - machine.startedAt : 0,
    heartbeat,
    disks: machine.disks.map(({ path, bytes, kind }) => ({
      path,
      bytes,
      kind: kind === 'pass-through' ? 'physical' : kind,
    })),
    dvd: machine.iso,
    tpm: machine.tpm,
    switches: [machine.switch],
    addresses: isRunning ? machine.addresses : [],
    checkpoints: machine.checkpoints,
    notes: machine.notes,
    isClustered: machine.isClustered,
    isBusy: moves.some((move) => move.machine === id && move.state === 'running'),
  };
}

/** Of the bytes of a move, how many percent are over. */
export function percentOf({ leftBytes, totalBytes }: FabricMove): number {
  return Math.floor((1 - leftBytes / totalBytes) * 100);
}

/** A move as Windows shows it. */
export function moveReading(move: FabricMove): MoveReading {
  const { id, machine, from, to, startedAt, state, error } = move;
  return { id, machine, from, to, startedAt, state, percent: percentOf(move), failure: error };
}
