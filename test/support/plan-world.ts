import type { HostFacts, HostReading, MachineReading } from '../../src/core/hyperv-port';
import type { PlanInput } from '../../src/core/fabric/plan-input';
import { PlanningSettings } from '../../src/core/fabric/planning-settings';

export const GB = 1024 ** 3;

/** A machine that anything can be done with, but for what is said of it. */
export function machine(
  name: string,
  change: Partial<MachineReading> & { gb?: number } = {},
): MachineReading {
  const { gb = 4, ...rest } = change;
  const isRunning = (change.state ?? 'running') === 'running';
  return {
    id: `id-${name}`,
    name,
    state: 'running',
    memory: { startup: gb * GB, assigned: isRunning ? gb * GB : 0, demand: isRunning ? gb * GB * 0.7 : 0 },
    processors: 2,
    load: isRunning ? 10 : 0,
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
    ...rest,
  };
}

/** What a host with these machines says: 64 GB and 16 processors unless said, of which Windows takes 2 GB. */
export function facts(
  host: string,
  machines: readonly MachineReading[],
  change: Partial<HostFacts> & { gb?: number } = {},
): HostFacts {
  const { gb = 64, ...rest } = change;
  const processors = change.processors ?? 16;
  const assigned = machines.reduce((sum, { memory }) => sum + memory.assigned, 0);
  const busy = machines.reduce((sum, each) => sum + (each.load / 100) * each.processors, 0);
  return {
    fqdn: `${host}.lab`,
    windows: { caption: 'Microsoft Windows Server 2022', build: 20_348 },
    bootedAt: 0,
    memory: { total: gb * GB, free: Math.max(0, (gb - 2) * GB - assigned) },
    processors,
    vendor: 'GenuineIntel',
    load: (busy / processors) * 100,
    versions: ['9.0', '10.0'],
    switches: ['LAN'],
    disks: [{ path: 'D:\\', total: 4_000 * GB, free: 3_000 * GB }],
    credentialGuard: false,
    balancers: [],
    paths: { machines: 'D:\\Hyper-V', disks: 'D:\\Hyper-V' },
    subnets: ['10.0.5.0/24'],
    links: [{ subnet: '10.0.5.0/24', bitsPerSecond: 10_000_000_000 }],
    migration: {
      enabled: true,
      auth: 'kerberos',
      transport: 'compression',
      most: 2,
      mostStorage: 2,
      anyNetwork: false,
      networks: ['10.0.5.0/24'],
    },
    machines,
    planned: [],
    ...rest,
  };
}

/** A host that has answered. */
export function heard(host: string, said: HostFacts): HostReading {
  return { host, at: 0, facts: said, silent: null };
}

/** A host that has answered, and that nobody has set up for live migration. */
export function unprepared(host: string, machines: readonly MachineReading[] = []): HostReading {
  const made = facts(host, machines);
  return heard(host, { ...made, migration: { ...made.migration, enabled: false, auth: 'credssp' } });
}

/** A host that has not. */
export function unheard(host: string): HostReading {
  return {
    host,
    at: 0,
    facts: null,
    silent: { code: '0x800706BA', message: 'The RPC server is unavailable.' },
  };
}

/** A plan's input with nothing out of the ordinary: everything is delegated both ways. */
export function planInput(hosts: readonly HostReading[], change: Partial<PlanInput> = {}): PlanInput {
  return {
    hosts,
    delegated: hosts.flatMap(({ host: from }) => hosts.map(({ host: to }) => ({ from, to }))),
    cordoned: [],
    tier0: [],
    rules: [],
    settings: PlanningSettings.parse({}),
    speeds: {},
    links: 'shared',
    underWay: [],
    choices: {},
    noDelegate: false,
    noStorage: false,
    bothWays: false,
    mostAtOnce: null,
    held: {},
    envelope: null,
    ...change,
  };
}
