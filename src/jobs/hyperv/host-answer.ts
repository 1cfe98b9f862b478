import { z } from 'zod';
import { isSubnet } from '../../core/hyperv/host-settings';
import type { HostFacts, MachineReading } from '../../core/hyperv-port';

const Disk = z.object({ path: z.string(), bytes: z.number(), physical: z.boolean() });

const Machine = z.object({
  id: z.string(),
  name: z.string(),
  /** Microsoft.HyperV.PowerShell.VMState. */
  state: z.int(),
  startup: z.number(),
  assigned: z.number(),
  demand: z.number(),
  processors: z.int(),
  load: z.int(),
  version: z.string(),
  uptimeMs: z.number(),
  heartbeat: z.string(),
  disks: z.array(Disk),
  dvd: z.array(z.string()),
  tpm: z.boolean(),
  switches: z.array(z.string()),
  addresses: z.array(z.string()),
  checkpoints: z.int(),
  notes: z.string(),
  clustered: z.boolean(),
  status: z.array(z.string()),
});

/** What the module's `Inventory` answers. */
const HostAnswer = z.object({
  fqdn: z.string(),
  caption: z.string(),
  build: z.int(),
  bootedAt: z.number(),
  memoryTotal: z.number(),
  memoryFree: z.number(),
  processors: z.int(),
  vendor: z.string(),
  load: z.int(),
  versions: z.array(z.string()),
  switches: z.array(z.string()),
  disks: z.array(z.object({ path: z.string(), total: z.number(), free: z.number() })),
  credentialGuard: z.boolean(),
  balancers: z.array(z.enum(['SCVMMAgent', 'ClusSvc'])),
  paths: z.object({ machines: z.string(), disks: z.string() }),
  /** Speeds in bits per second; -1: there is no adapter of that number. */
  routes: z.array(z.object({ subnet: z.string(), speed: z.number() })),
  planned: z.array(z.object({ id: z.string(), name: z.string() })),
  migration: z.object({
    enabled: z.boolean(),
    auth: z.int(),
    transport: z.int(),
    most: z.int(),
    mostStorage: z.int(),
    anyNetwork: z.boolean(),
    networks: z.array(z.object({ subnet: z.string(), priority: z.number() })),
  }),
  machines: z.array(Machine),
});

/** Reads the answer of `Inventory`; null when it is none. */
export function readHost(data: unknown): HostFacts | null {
  const read = HostAnswer.safeParse(data);
  if (!read.success) return null;
  const { caption, build, memoryTotal, memoryFree, migration, machines, routes, disks, ...rest } = read.data;
  const { auth, transport, networks, ...settings } = migration;
  const speeds = speedsOf(routes);
  return {
    ...rest,
    // Volumes without a letter or a folder (the one that Windows starts from) are nobody's to keep machines on.
    disks: disks.filter(({ path }) => !path.startsWith('\\\\?\\')),
    // WMI gives them in any order.
    balancers: rest.balancers.toSorted((a, b) => (a < b ? -1 : 1)),
    subnets: [...speeds.keys()],
    links: [...speeds].map(([subnet, speed]) => ({ subnet, bitsPerSecond: speed })),
    windows: { caption, build },
    memory: { total: memoryTotal, free: memoryFree },
    migration: {
      ...settings,
      // VirtualMachineMigrationAuthenticationType: CredSSP 0, Kerberos 1.
      auth: auth === 1 ? 'kerberos' : 'credssp',
      transport: (['tcpip', 'compression', 'smb'] as const)[transport] ?? 'tcpip',
      networks: networks.toSorted((a, b) => a.priority - b.priority).map(({ subnet }) => subnet),
    },
    machines: machines.map(machineOf),
  };
}

/** The fastest adapter of each subnet. Single addresses, multicast and loopback are routes on-link too. */
function speedsOf(routes: z.infer<typeof HostAnswer>['routes']): ReadonlyMap<string, number | null> {
  const speeds = new Map<string, number | null>();
  for (const { subnet, speed } of routes) {
    if (!isSubnet(subnet) || /^(?:127|22[4-9]|23\d)\./.test(subnet)) continue;
    // An adapter without a link says 0, or all ones.
    const said = speed > 0 && speed < Number.MAX_SAFE_INTEGER ? speed : null;
    const known = speeds.get(subnet) ?? null;
    speeds.set(subnet, known === null || (said !== null && said > known) ? said : known);
  }
  return speeds;
}

const STATES: Readonly<Record<number, MachineReading['state']>> = {
  2: 'running',
  3: 'off',
  6: 'saved',
  9: 'paused',
};

/** What a machine is busy with that it must not be moved meanwhile (Microsoft.HyperV.PowerShell.VMOperationalStatus). */
const BUSY =
  /^(?:CreatingSnapshot|DeletingSnapshot|MergingDisks|Exporting|Migrating|BackingUp|.*StorageMigration)/;

function machineOf(machine: z.infer<typeof Machine>): MachineReading {
  const { state, startup, assigned, demand, heartbeat, disks, dvd, switches, clustered, status, ...rest } =
    machine;
  return {
    ...rest,
    state: STATES[state] ?? 'other',
    memory: { startup, assigned, demand },
    heartbeat: heartbeat.startsWith('Ok') ? 'ok' : heartbeat.startsWith('Lost') ? 'lost' : 'none',
    disks: disks.map(({ path, bytes, physical }) => ({ path, bytes, kind: kindOf(path, physical) })),
    dvd: dvd[0] ?? null,
    switches: switches.map((name) => (name === '' ? null : name)),
    isClustered: clustered,
    isBusy: status.some((each) => BUSY.test(each)),
  };
}

function kindOf(path: string, isPhysical: boolean): MachineReading['disks'][number]['kind'] {
  if (isPhysical) return 'physical';
  return path.startsWith('\\\\') ? 'smb' : 'local';
}
