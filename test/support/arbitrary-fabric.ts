import fc from 'fast-check';
import type { HostReading, MachineReading } from '../../src/core/hyperv-port';
import type { PlanInput } from '../../src/core/fabric/plan-input';
import { facts, GB, heard, machine, planInput, unheard } from './plan-world';

interface Odd {
  readonly state: MachineReading['state'];
  readonly change: Partial<MachineReading>;
}

/** Most machines are ordinary; each odd one is odd in one way. */
const odd: fc.Arbitrary<Odd> = fc.oneof(
  { weight: 40, arbitrary: fc.constant<Odd>({ state: 'running', change: {} }) },
  ...(
    [
      { state: 'running', change: { dvd: 'D:\\setup.iso' } },
      { state: 'running', change: { disks: [{ path: 'PhysicalDrive2', bytes: 1, kind: 'physical' }] } },
      { state: 'running', change: { isClustered: true } },
      { state: 'running', change: { isBusy: true } },
      { state: 'running', change: { version: '12.0' } },
      { state: 'running', change: { switches: ['DMZ'] } },
      { state: 'running', change: { notes: 'handover: pin' } },
      { state: 'running', change: { notes: 'handover: only=h2,h3' } },
      { state: 'running', change: { notes: 'handover: what' } },
      { state: 'off', change: {} },
      { state: 'saved', change: {} },
      { state: 'paused', change: {} },
    ] satisfies Odd[]
  ).map((each) => ({ weight: 1, arbitrary: fc.constant<Odd>(each) })),
);

const anyMachine = fc.record({
  odd,
  gb: fc.constantFrom(1, 2, 4, 8, 16, 24),
  load: fc.constantFrom(0, 5, 20, 60, 100),
  processors: fc.constantFrom(1, 2, 4),
  localGb: fc.constantFrom(0, 0, 0, 0, 200, 900),
  apart: fc.constantFrom(null, null, null, null, null, 'sql', 'dc'),
  demand: fc.constantFrom(0.5, 1, 1.2),
});

const anyHost = fc.record({
  gb: fc.constantFrom(32, 48, 64),
  processors: fc.constantFrom(4, 16),
  most: fc.constantFrom(1, 2, 3, 4),
  mostStorage: fc.constantFrom(1, 2, 4),
  vendor: fc.constantFrom('GenuineIntel', 'GenuineIntel', 'GenuineIntel', 'AuthenticAMD'),
  diskGb: fc.constantFrom(300, 1_500, 3_000),
  isSilent: fc.constantFrom(false, false, false, false, false, false, true),
  auth: fc.constantFrom<('kerberos' | 'credssp')[]>('kerberos', 'kerberos', 'credssp'),
  switches: fc.constantFrom(['LAN'], ['LAN', 'DMZ']),
  machines: fc.array(anyMachine, { maxLength: 8 }),
});

type Host = typeof anyHost extends fc.Arbitrary<infer T> ? T : never;

function readingOf(host: Host, at: number): HostReading {
  const name = `h${at + 1}`;
  if (host.isSilent) return unheard(name);
  const machines: MachineReading[] = [];
  // A host never has more than it can hold.
  let left = (host.gb - 2) * GB;
  for (const [
    number,
    {
      odd: { state, change },
      gb,
      load,
      processors,
      localGb,
      apart,
      demand,
    },
  ] of host.machines.entries()) {
    const made = machine(`m${at + 1}${number}`, {
      gb,
      state,
      processors,
      load: state === 'running' ? load : 0,
      ...change,
    });
    left -= made.memory.assigned;
    if (left < 0) break;
    const disks =
      localGb > 0 && !change.disks
        ? [{ path: 'D:\\Hyper-V\\a.vhdx', bytes: localGb * GB, kind: 'local' as const }]
        : made.disks;
    const notes = apart !== null && made.notes === '' ? `handover: apart=${apart}` : made.notes;
    const memory = { ...made.memory, demand: made.memory.assigned * demand };
    machines.push({ ...made, disks, notes, memory });
  }
  const said = facts(name, machines, {
    gb: host.gb,
    processors: host.processors,
    vendor: host.vendor,
    switches: host.switches,
    disks: [
      { path: 'D:\\', total: 4_000 * GB, free: host.diskGb * GB },
      { path: 'E:\\', total: 1_000 * GB, free: 500 * GB },
    ],
  });
  const { most, mostStorage, auth } = host;
  return heard(name, { ...said, migration: { ...said.migration, most, mostStorage, auth } });
}

/** Fabrics of two to six hosts, with what keeps machines from moving in many of them. */
export const anyFabric: fc.Arbitrary<PlanInput> = fc
  .record({
    hosts: fc.array(anyHost, { minLength: 2, maxLength: 6 }),
    missing: fc.array(fc.tuple(fc.integer({ min: 1, max: 6 }), fc.integer({ min: 1, max: 6 })), {
      maxLength: 6,
    }),
    cordoned: fc.constantFrom([], [], ['h2'], ['h3']),
    noDelegate: fc.constantFrom(false, false, false, true),
    noStorage: fc.constantFrom(false, false, false, true),
    links: fc.constantFrom<('shared' | 'each')[]>('shared', 'each'),
    mostAtOnce: fc.constantFrom(null, null, null, 1, 3),
  })
  .map(({ hosts, missing, ...rest }) => {
    const input = planInput(hosts.map(readingOf), rest);
    const isMissing = (from: string, to: string): boolean =>
      missing.some(([a, b]) => from === `h${a}` && to === `h${b}`);
    return { ...input, delegated: input.delegated.filter(({ from, to }) => !isMissing(from, to)) };
  });
