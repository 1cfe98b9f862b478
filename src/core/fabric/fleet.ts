import type { HostFacts, MachineReading } from '../hyperv-port';
import { wantedMemory, type HeardHost } from '../hyperv/machine-checks';
import { localBytes } from '../moves/move-cost';
import { DISK_RESERVE } from '../moves/storage-folder';
import { hasPair, type HasPair } from './host-pairs';
import { speedOf } from './host-speed';
import type { Choice, Envelope, PlanInput } from './plan-input';
import type { PlanningSettings } from './planning-settings';
import { rulingOf, type Ruling } from './ruling';

/** Memory in bytes, processors as how many are busy. */
export interface Load {
  readonly memory: number;
  readonly cpu: number;
}

/** A disk of a host on which machines are kept, and the bytes that a plan may still put there. */
export interface Volume {
  readonly path: string;
  free: number;
}

/** A host while a plan is made. What is used changes as machines are put there and lifted. */
export interface PlanHost {
  readonly name: string;
  readonly reading: HeardHost;
  readonly facts: HostFacts;
  /** What machines may use in all, and what Windows itself uses beside them. */
  readonly room: Load;
  readonly own: Load;
  /** What its link takes, in bytes per millisecond. */
  readonly speed: number;
  readonly used: { memory: number; cpu: number };
  readonly volumes: readonly Volume[];
  /** Ids of half-made machines that are there. */
  readonly planned: ReadonlySet<string>;
  /** How many machines of each keep-apart group are there. */
  readonly groups: Map<string, number>;
}

/** A machine while a plan is made. */
export interface PlanMachine {
  readonly id: string;
  readonly name: string;
  readonly reading: MachineReading;
  readonly from: PlanHost;
  readonly ruling: Ruling;
  /** What it takes where it is now, and anywhere else. */
  readonly home: Load;
  readonly need: Load;
  /** Bytes that are copied when it moves, and where they lie now. */
  readonly diskBytes: number;
  readonly how: 'live' | 'cold';
  /** The only folder that its disks may be copied to, since that was approved; null: any. */
  readonly folder: string | null;
  /** What has to be done to it first, because somebody chose that. */
  readonly choice: Choice | null;
  at: PlanHost;
  /** Where its disks go; null where nothing is copied. */
  volume: Volume | null;
}

/** Hosts and machines as they were read, ready to be planned with. */
export interface Fleet {
  readonly input: PlanInput;
  /** By name: sorted, so that nothing depends on the order in which they came. */
  readonly hosts: readonly PlanHost[];
  readonly byName: ReadonlyMap<string, PlanHost>;
  /** By host, there by id. */
  readonly machines: readonly PlanMachine[];
  readonly byId: ReadonlyMap<string, PlanMachine>;
  /** Ids that more than one host shows. */
  readonly twice: ReadonlySet<string>;
  /** Hosts that were asked and did not answer. */
  readonly silent: readonly string[];
  readonly delegated: HasPair;
  readonly cordoned: ReadonlySet<string>;
  readonly tier0: ReadonlySet<string>;
  /** The input's envelope, to be asked quickly. */
  readonly approved: Approved | null;
}

interface Approved {
  readonly machines: ReadonlySet<string>;
  readonly destinations: ReadonlySet<string>;
  readonly delegations: HasPair;
  readonly settings: ReadonlySet<string>;
  readonly shutDown: boolean;
}

/** Makes what plans are made on from what was read. */
export function fleetOf(input: PlanInput): Fleet {
  const sorted = input.hosts.toSorted((a, b) => compare(a.host, b.host));
  const heard = sorted.filter((each): each is HeardHost => each.facts !== null);
  const byId = new Map<string, PlanMachine>();
  const twice = new Set<string>();
  const add = (machine: PlanMachine): void => {
    const isKnown = byId.has(machine.id);
    if (isKnown) twice.add(machine.id);
    // Of two the one that runs is the machine, the other one what a broken move has left.
    if (!isKnown || machine.how === 'live') byId.set(machine.id, machine);
  };
  const hosts = heard.map((reading) => {
    // Sorted host by host: sums of fractions depend on their order, and all machines of a fabric together take long to sort.
    const own = reading.facts.machines.toSorted((a, b) => compare(a.id, b.id));
    const host = hostOf(reading, own, input);
    for (const each of own) {
      const machine = machineOf(each, host, input);
      settle(machine);
      add(machine);
    }
    return host;
  });
  const byName = new Map(hosts.map((host) => [host.name, host]));
  for (const { machine, to } of input.underWay) awaitAt(byId.get(machine), byName.get(to));
  return {
    input,
    hosts,
    byName,
    machines: [...byId.values()],
    byId,
    twice,
    silent: sorted.filter(({ facts }) => facts === null).map(({ host }) => host),
    delegated: hasPair(input.delegated),
    cordoned: new Set(input.cordoned),
    tier0: new Set(input.tier0.map((name) => name.toLowerCase())),
    approved: input.envelope && approvedOf(input.envelope),
  };
}

function approvedOf({ machines, destinations, delegations, settings, shutDown }: Envelope): Approved {
  return {
    machines: new Set(machines),
    destinations: new Set(destinations),
    delegations: hasPair(delegations),
    settings: new Set(settings),
    shutDown,
  };
}

/** Code units, not a language's order: the same everywhere. */
export function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** How much of a host's memory is kept for Windows and for what was not foreseen, in bytes. */
function reserveOf(total: number, settings: PlanningSettings): number {
  return Math.max(settings.reserveMegabytes * 1024 ** 2, (total * settings.reservePercent) / 100);
}

function hostOf(reading: HeardHost, machines: readonly MachineReading[], input: PlanInput): PlanHost {
  const { facts } = reading;
  const { settings } = input;
  const { memory, processors, load, disks } = facts;
  const assigned = machines.reduce((sum, each) => sum + each.memory.assigned, 0);
  const busy = machines.reduce((sum, each) => sum + busyProcessors(each), 0);
  // What Windows and its own programs take, which no move takes away.
  const cpu = Math.max(0, (load / 100) * processors - busy);
  const reserve = reserveOf(memory.total, settings);
  return {
    name: reading.host,
    reading,
    facts,
    room: {
      memory: memory.free + assigned - reserve,
      cpu: (processors * settings.mostProcessorPercent) / 100 - cpu,
    },
    own: { memory: memory.total - memory.free - assigned, cpu },
    speed: speedOf(reading.host, facts, input),
    used: { memory: 0, cpu: 0 },
    volumes: disks.map(({ path, total, free }) => ({
      path,
      free: free - Math.max(DISK_RESERVE, (total * settings.diskReservePercent) / 100),
    })),
    planned: new Set(facts.planned.map(({ id }) => id)),
    groups: new Map(),
  };
}

function busyProcessors({ state, load, processors }: MachineReading): number {
  return state === 'running' ? (load / 100) * processors : 0;
}

function machineOf(reading: MachineReading, from: PlanHost, input: PlanInput): PlanMachine {
  const ruling = rulingOf(reading, input.rules);
  const folder = input.envelope?.folders?.[reading.id] ?? null;
  return shapeOf({ reading, from, ruling, folder }, input.choices[reading.id] ?? null);
}

/** A machine as it would be planned with, had somebody chosen this for it. */
export function shapeOf(
  { reading, from, ruling, folder }: Pick<PlanMachine, 'reading' | 'from' | 'ruling' | 'folder'>,
  choice: Choice | null,
): PlanMachine {
  const isRunning = reading.state === 'running';
  const isLive = isRunning && choice !== 'shut-down' && choice !== 'save';
  const cpu = busyProcessors(reading);
  const home = { memory: isRunning ? wantedMemory(reading) : reading.memory.assigned, cpu };
  return {
    id: reading.id,
    name: reading.name,
    reading,
    from,
    ruling,
    home,
    // A machine that is off is to find room where it is started again.
    need: isRunning ? home : { memory: reading.memory.startup, cpu },
    diskBytes: localBytes(reading),
    folder,
    how: isLive ? 'live' : 'cold',
    choice,
    at: from,
    volume: null,
  };
}

/** A machine that is on its way to a host: its memory is taken there already, and others may have to be kept apart from it. */
function awaitAt(machine: PlanMachine | undefined, to: PlanHost | undefined): void {
  if (!to || machine?.from === to) return;
  for (const group of machine?.ruling.groups ?? []) to.groups.set(group, (to.groups.get(group) ?? 0) + 1);
}

/** Counts a machine where it was found. */
function settle({ from, home, ruling }: PlanMachine): void {
  from.used.memory += home.memory;
  from.used.cpu += home.cpu;
  for (const group of ruling.groups) from.groups.set(group, (from.groups.get(group) ?? 0) + 1);
}
