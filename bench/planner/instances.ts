import type { HostFacts, HostReading, MachineReading } from '../../src/core/hyperv-port';
import type { PlanInput } from '../../src/core/fabric/plan-input';
import { PlanningSettings } from '../../src/core/fabric/planning-settings';
import { chanceOf, type Chance } from '../../lab/chance';

export const GB = 1024 ** 3;

/** What a fabric of the bench is like. */
export interface Shape {
  readonly hosts: number;
  /** Hosts that are to be emptied: the first ones. */
  readonly sources: number;
  /** How full the others are when everything has come to them, as a share of their memory without the reserve. */
  readonly full: number;
  readonly gigabytes: readonly [number, number];
  /** Gigabytes of memory of a machine. */
  readonly sizes: readonly [number, ...number[]];
  readonly slots: readonly [number, ...number[]];
  readonly links: PlanInput['links'];
}

/** A fabric and the names of the hosts to be emptied. */
export interface Instance {
  readonly input: PlanInput;
  readonly sources: readonly string[];
}

/** The same fabric for the same seed and shape. */
export function instanceOf(seed: number, shape: Shape): Instance {
  const chance = chanceOf(seed);
  const sources = Array.from({ length: shape.sources }, (_, at) => nameOf(at));
  const totals = Array.from({ length: shape.hosts }, () => chance.whole(...shape.gigabytes));
  const rooms = totals.map(roomOf);
  const room = rooms.slice(shape.sources).reduce((sum, each) => sum + each, 0) * shape.full;
  const machines = rooms.map((): MachineReading[] => []);
  const used = rooms.map(() => 0);
  let left = room;
  // Round after round, one machine for each host that has room for it, until the others could hold no more together.
  for (let number = 0; number < 200_000 && left >= Math.min(...shape.sizes); number += 1) {
    const at = number % shape.hosts;
    const gigabytes = chance.of(shape.sizes);
    if (gigabytes > left || gigabytes > (rooms[at] ?? 0) - (used[at] ?? 0)) {
      if (chance.fraction() < 0.002) break;
      continue;
    }
    machines[at]?.push(machineOf(`vm-${String(number).padStart(6, '0')}`, gigabytes, chance));
    used[at] = (used[at] ?? 0) + gigabytes;
    left -= gigabytes;
  }
  const hosts = machines.map((own, at) =>
    hostOf(nameOf(at), { gigabytes: totals[at] ?? 64, own, most: chance.of(shape.slots) }),
  );
  const names = hosts.map(({ host }) => host);
  return { input: { ...ordinary, hosts, links: shape.links, delegated: everyPair(names) }, sources };
}

const ordinary: Omit<PlanInput, 'hosts' | 'delegated' | 'links'> = {
  cordoned: [],
  tier0: [],
  rules: [],
  settings: PlanningSettings.parse({}),
  speeds: {},
  underWay: [],
  choices: {},
  noDelegate: false,
  noStorage: false,
  bothWays: false,
  mostAtOnce: null,
  held: {},
  envelope: null,
};

function everyPair(names: readonly string[]) {
  return names.flatMap((from) => names.map((to) => ({ from, to })));
}

/** Gigabytes of a host that machines may use: without what Windows takes and the reserve. */
function roomOf(gigabytes: number): number {
  return gigabytes - 2 - Math.max(2, gigabytes * 0.05);
}

function nameOf(at: number): string {
  return `host-${String(at + 1).padStart(3, '0')}`;
}

function machineOf(name: string, gigabytes: number, chance: Chance): MachineReading {
  const bytes = gigabytes * GB;
  return {
    id: `${String(chance.whole(0, 99_999_999)).padStart(8, '0')}-${name}`,
    name,
    state: 'running',
    memory: { startup: bytes, assigned: bytes, demand: bytes * 0.8 },
    processors: Math.max(1, Math.round(gigabytes / 4)),
    load: chance.whole(2, 40),
    version: '10.0',
    uptimeMs: 0,
    heartbeat: 'ok',
    disks: [{ path: `\\\\files01\\vms\\${name}.vhdx`, bytes: 100 * GB, kind: 'smb' }],
    dvd: null,
    tpm: false,
    switches: ['LAN'],
    addresses: [],
    checkpoints: 0,
    notes: '',
    isClustered: false,
    isBusy: false,
  };
}

function hostOf(
  host: string,
  { gigabytes, own, most }: { gigabytes: number; own: readonly MachineReading[]; most: number },
): HostReading {
  const assigned = own.reduce((sum, { memory }) => sum + memory.assigned, 0);
  const busy = own.reduce((sum, { load, processors }) => sum + (load / 100) * processors, 0);
  const processors = Math.max(8, Math.round(gigabytes / 4));
  const facts: HostFacts = {
    fqdn: `${host}.lab`,
    windows: { caption: 'Microsoft Windows Server 2022', build: 20_348 },
    bootedAt: 0,
    memory: { total: gigabytes * GB, free: (gigabytes - 2) * GB - assigned },
    processors,
    vendor: 'GenuineIntel',
    load: (busy / processors) * 100,
    versions: ['10.0'],
    switches: ['LAN'],
    disks: [{ path: 'D:\\', total: 4_000 * GB, free: 3_000 * GB }],
    credentialGuard: false,
    balancers: [],
    paths: { machines: 'D:\\Hyper-V', disks: 'D:\\Hyper-V' },
    subnets: ['10.0.5.0/24'],
    links: [{ subnet: '10.0.5.0/24', bitsPerSecond: 1_000_000_000 }],
    planned: [],
    migration: {
      enabled: true,
      auth: 'kerberos',
      transport: 'compression',
      most,
      mostStorage: most,
      anyNetwork: false,
      networks: ['10.0.5.0/24'],
    },
    machines: own,
  };
  return { host, at: 0, facts, silent: null };
}
