import { ordinaryHosts } from '../directory/accounts';
import { fqdnOf } from '../directory/names';
import { GB, type FabricDisk, type FabricHost, type FabricMachine } from './model';
import { SHARE } from './storage';

/** The network on which the practice hosts move machines: 10 Gbit/s. */
const MIGRATION_SUBNET = '10.0.5.0/24';
const TEN_GBIT = 1_250_000;
const LAN_SUBNET = '10.0.1.0/24';
const ONE_GBIT = 125_000;
/** 500 MB in a second, in bytes per millisecond. */
const DISK = 500_000;

/**
 * Hosts and machines as the practice fabric begins: all of it fits on three of the four hosts. Hosts ask the domain controllers by
 * turns: with two, hyper-v02 asks dc2.
 */
export function practiceFabric(
  now: number,
  controllers: readonly string[] = ['dc1'],
): {
  readonly hosts: readonly FabricHost[];
  readonly machines: readonly FabricMachine[];
} {
  return {
    hosts: ordinaryHosts.map((name, at) =>
      hostNamed(name, now, controllers[at % controllers.length] ?? 'dc1'),
    ),
    machines: MACHINES.map(([name, host, gigabytes, traits], at) => ({
      id: `${String(at + 1).padStart(8, '0')}-4a7b-4c1d-9e2f-7a6b5c4d3e2f`,
      name,
      host,
      state: 'running',
      memory: {
        startupBytes: gigabytes * GB,
        assignedBytes: gigabytes * GB,
        demandBytes: gigabytes * GB * 0.7,
        isDynamic: true,
      },
      processors: 2,
      load: 0.15,
      dirty: 0.3,
      version: '10.0',
      disks: [shared(name)],
      iso: null,
      tpm: false,
      switch: 'LAN',
      addresses: [`10.0.1.${at + 50}`],
      checkpoints: 0,
      notes: '',
      isClustered: false,
      startedAt: now - 12 * 24 * 3600_000,
      heartbeat: 'ok',
      ...traits,
    })),
  };
}

function hostNamed(name: string, now: number, controller: string): FabricHost {
  return {
    name,
    fqdn: fqdnOf(name),
    controller,
    memoryBytes: 64 * GB,
    reservedBytes: 4 * GB,
    processors: 16,
    vendor: 'intel',
    windows: { name: '2022', build: 20_348 },
    versions: ['8.0', '9.0', '9.1', '9.2', '9.3', '10.0'],
    credentialGuard: false,
    balancers: [],
    switches: ['LAN'],
    disks: [
      { path: 'D:\\', bytes: 4_000 * GB, usedBytes: 200 * GB, bytesPerMs: DISK },
      { path: 'E:\\', bytes: 1_000 * GB, usedBytes: 50 * GB, bytesPerMs: DISK },
    ],
    machinePath: 'D:\\Hyper-V',
    networks: [
      { subnet: MIGRATION_SUBNET, bytesPerMs: TEN_GBIT, encrypted: true },
      { subnet: LAN_SUBNET, bytesPerMs: ONE_GBIT, encrypted: false },
    ],
    migration: {
      enabled: true,
      auth: 'kerberos',
      transport: 'compression',
      most: 2,
      mostStorage: 2,
      anyNetwork: false,
      networks: [{ subnet: MIGRATION_SUBNET, priority: 1 }],
    },
    isUp: true,
    bootedAt: now - 30 * 24 * 3600_000,
    vmms: 'running',
  };
}

type Row = readonly [
  name: string,
  host: (typeof ordinaryHosts)[number],
  gigabytes: number,
  traits?: Partial<FabricMachine>,
];

/** Each of the odd ones is odd in one way. */
const MACHINES: readonly Row[] = [
  ['web-01', 'hyper-v01', 4],
  ['web-02', 'hyper-v01', 4],
  ['app-01', 'hyper-v01', 8],
  ['sql-01', 'hyper-v01', 16, { dirty: 0.8, load: 0.6 }],
  ['web-03', 'hyper-v02', 4],
  ['app-02', 'hyper-v02', 8, { iso: 'D:\\ISO\\setup.iso' }],
  ['mail-01', 'hyper-v02', 12, { disks: [local('mail-01', 800)] }],
  ['build-01', 'hyper-v03', 8, { load: 0.9 }],
  ['file-01', 'hyper-v03', 6, { disks: [local('file-01', 1_800)] }],
  ['old-01', 'hyper-v03', 2, { state: 'off', heartbeat: 'none' }],
  ['sql-07', 'hyper-v04', 16, { disks: [{ path: 'PhysicalDrive2', bytes: 500 * GB, kind: 'pass-through' }] }],
  ['test-01', 'hyper-v04', 4, { checkpoints: 3 }],
];

function shared(name: string): FabricDisk {
  return { path: `${SHARE}\\${name}.vhdx`, bytes: 120 * GB, kind: 'smb' };
}

function local(name: string, gigabytes: number): FabricDisk {
  return { path: `D:\\Hyper-V\\${name}.vhdx`, bytes: gigabytes * GB, kind: 'local' };
}
