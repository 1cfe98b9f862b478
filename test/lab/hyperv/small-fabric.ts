import { Fabric } from '../../../lab/hyperv/fabric';
import type { AskKdc } from '../../../lab/hyperv/sign-in';
import { GB, type FabricHost, type FabricMachine } from '../../../lab/hyperv/model';

/** When the fabric begins. */
export const NOW = 1_764_000_000_000;
const LAN = '10.0.5.0/24';

/** A host with room, which can do everything. */
export function host(name: string, change: Partial<FabricHost> = {}): FabricHost {
  return {
    name,
    fqdn: `${name}.mabofeng.com`,
    controller: 'dc1',
    memoryBytes: 64 * GB,
    reservedBytes: 4 * GB,
    processors: 16,
    vendor: 'intel',
    windows: { name: '2022', build: 20348 },
    versions: ['8.0', '9.0', '10.0'],
    credentialGuard: false,
    balancers: [],
    switches: ['LAN'],
    disks: [{ path: 'D:\\', bytes: 2_000 * GB, usedBytes: 0, bytesPerMs: GB / 2_000 }],
    machinePath: 'D:\\Hyper-V',
    networks: [{ subnet: LAN, bytesPerMs: GB / 1_000, encrypted: false }],
    migration: {
      enabled: true,
      transport: 'compression',
      auth: 'kerberos',
      most: 2,
      mostStorage: 2,
      anyNetwork: true,
      networks: [],
    },
    isUp: true,
    bootedAt: NOW,
    vmms: 'running',
    ...change,
  };
}

/** A running machine of 4 GB on the first host; its move takes 6 s. */
export function machine(id: string, change: Partial<FabricMachine> = {}): FabricMachine {
  const bytes = 4 * GB;
  return {
    id,
    name: id,
    host: 'hyper-v01',
    state: 'running',
    memory: { startupBytes: bytes, assignedBytes: bytes, demandBytes: bytes, isDynamic: false },
    processors: 2,
    load: 0.2,
    dirty: 0.5,
    version: '10.0',
    disks: [],
    iso: null,
    tpm: false,
    switch: 'LAN',
    addresses: [],
    checkpoints: 0,
    notes: '',
    isClustered: false,
    startedAt: NOW,
    heartbeat: 'ok',
    ...change,
  };
}

const granted: AskKdc = () => Promise.resolve(true);

/** Two hosts, and what is on them. */
export function fabricOf(
  machines: readonly FabricMachine[],
  {
    ask = granted,
    source,
    target,
  }: { ask?: AskKdc; source?: Partial<FabricHost>; target?: Partial<FabricHost> } = {},
): Fabric {
  const hosts = [host('hyper-v01', source), host('hyper-v02', target)];
  return new Fabric({ hosts, machines, now: NOW }, ask);
}

/** An order for the second host. */
export const order = (id: string, change = {}) => ({
  id: `move-${id}`,
  machine: id,
  to: 'hyper-v02',
  storage: null,
  isLocal: false,
  ...change,
});
