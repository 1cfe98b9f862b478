import type {
  HostFacts,
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
    subnets: host.networks.map(({ subnet }) => subnet),
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
  };
}

/** The half-made machine of a broken move: the same id once more, and off. */
function copyReadings({ machine: id }: FabricCopy, around: Around, now: number): readonly MachineReading[] {
  const machine = around.machines.find((each) => each.id === id);
  if (!machine) return [];
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

/** A move as Windows shows it. */
export function moveReading(move: FabricMove): MoveReading {
  const { machine, from, to, state, error } = move;
  const percent = Math.floor((1 - move.leftBytes / move.totalBytes) * 100);
  return { machine, from, to, state, percent, failure: error };
}
