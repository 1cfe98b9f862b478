import type { FabricHost, FabricMachine } from '../../../lab/hyperv/model';
import { diagnose, type DelegationSight, type Diagnosis } from '../../../src/core/hyperv/diagnose';
import { lookAtMove } from '../../../src/jobs/roles/hyperv/answer-hosts';
import { openMemoryLedger } from '../../../src/jobs/ledger/memory-ledger';
import { fabricAt } from '../../support/fabric';
import { memoryClock } from '../../support/memory-clock';
import { NOW, onePart } from '../../support/request-record';

const allowed: DelegationSight = {
  verdicts: [],
  part: { changes: [], destinations: [], forMs: null },
};
const missing: DelegationSight = { verdicts: [], part: onePart };
const [change] = onePart.changes;
const kerberosOnly: DelegationSight = {
  verdicts: [],
  part: {
    ...onePart,
    changes: change
      ? [
          {
            kind: 'trust-mode',
            guid: change.guid,
            dn: change.dn,
            name: change.name,
            by: 'hand',
            attribute: 'userAccountControl',
            before: 0x1000,
            after: 0x1001000,
          },
        ]
      : [],
  },
};
const refused: DelegationSight = {
  verdicts: [
    {
      check: 'destination.migration-owned',
      verdict: 'refuse',
      sentence: 'hyper-v09 holds the migration name of hyper-v02.',
      remedy: 'Take it away there: setspn -d.',
    },
  ],
  part: null,
};

interface World {
  readonly delegation?: DelegationSight;
  readonly isGranted?: boolean;
  readonly machine?: string | null;
  readonly hosts?: Record<string, Partial<FabricHost>>;
  readonly machines?: Record<string, Partial<FabricMachine>>;
}

const migration: FabricHost['migration'] = {
  enabled: true,
  auth: 'kerberos',
  transport: 'compression',
  most: 2,
  mostStorage: 2,
  anyNetwork: false,
  networks: [{ subnet: '10.0.5.0/24', priority: 1 }],
};

/** From hyper-v01 to hyper-v02, as a worker on the practice fabric sees it. */
async function why({
  delegation = allowed,
  isGranted = true,
  machine = 'web-01',
  hosts = {},
  machines = {},
}: World): Promise<Diagnosis> {
  const clock = memoryClock(NOW);
  const { hyperV } = fabricAt(() => clock.now(), { hosts, machines, ask: () => Promise.resolve(isGranted) });
  const settings = { hosts: ['hyper-v01', 'hyper-v02'], executable: '', shells: 1, sampleSeconds: 60 };
  const parts = { hyperV, ledger: openMemoryLedger(clock), clock, worker: 'w', settings };
  const answer = await lookAtMove(parts, { from: 'hyper-v01', to: 'hyper-v02', machine });
  return diagnose({ from: 'hyper-v01', to: 'hyper-v02', machine, delegation, hosts: answer });
}

describe('why a machine does not move', () => {
  it('is nothing where all is well, and every check says what was seen', async () => {
    const { cause, checks } = await why({});
    expect(cause).toBeNull();
    expect(checks.filter(({ result }) => result !== 'ok').map(({ name }) => name)).toEqual([
      'Log on as a service',
    ]);
    expect(checks.every(({ evidence }) => evidence !== '')).toBe(true);
  });

  const table: [string, World, RegExp, string | null][] = [
    [
      'an SPN that another host holds',
      { delegation: refused, isGranted: false },
      /directory does not allow/,
      null,
    ],
    [
      'delegation that is missing',
      { delegation: missing, isGranted: false },
      /delegation is missing/,
      '/delegate hyper-v01 -> hyper-v02 cifs,migration --protocol any',
    ],
    [
      'a source that is trusted for Kerberos only',
      { delegation: kerberosOnly, isGranted: false },
      /Kerberos only/,
      '/delegate hyper-v01 -> hyper-v02 cifs,migration --protocol any',
    ],
    ['a refusal that the source remembers', { isGranted: false }, /remembers a refusal/, null],
    [
      'a host that does not answer',
      { hosts: { 'hyper-v02': { isUp: false } } },
      /hyper-v02 does not answer/,
      null,
    ],
    [
      'authentication that differs',
      { hosts: { 'hyper-v02': { migration: { ...migration, auth: 'credssp' } } } },
      /do not both use Kerberos/,
      '/hv prepare hyper-v01,hyper-v02 --auth kerberos',
    ],
    [
      'live migration that is off',
      { hosts: { 'hyper-v02': { migration: { ...migration, enabled: false } } } },
      /live migration is off at hyper-v02/,
      '/hv prepare hyper-v02',
    ],
    [
      'networks that do not meet',
      {
        hosts: {
          'hyper-v02': { migration: { ...migration, networks: [{ subnet: '10.9.0.0/24', priority: 1 }] } },
        },
      },
      /no migration network/,
      '/hv prepare hyper-v01,hyper-v02 --networks 10.0.5.0/24',
    ],
    ['too little memory', { hosts: { 'hyper-v02': { memoryBytes: 30 * 1024 ** 3 } } }, /0x8007000E/, null],
    ['a version', { machines: { 'web-01': { version: '12.0' } } }, /10698/, null],
    ['other processors', { hosts: { 'hyper-v02': { vendor: 'amd' } } }, /24004/, null],
    ['a switch that is missing', { machines: { 'web-01': { switch: 'DMZ' } } }, /33012/, null],
    ['an ISO', { machines: { 'web-01': { iso: 'D:\\setup.iso' } } }, /0xC03A0014/, null],
    [
      'a disk of the host',
      { machines: { 'web-01': { disks: [{ path: 'PhysicalDrive2', bytes: 1, kind: 'pass-through' }] } } },
      /32788/,
      null,
    ],
    ['a machine that is not there', { machine: 'web-77' }, /“web-77” is not on hyper-v01/, null],
    [
      'several machines of one name',
      { machine: 'web', machines: { 'web-01': { name: 'web' }, 'web-02': { name: 'web' } } },
      /several machines/,
      null,
    ],
  ];
  it.each(table)('is %s', async (_, world, headline, command) => {
    const { cause } = await why(world);
    expect(cause?.headline).toMatch(headline);
    expect(cause?.command ?? null).toBe(command);
    expect(cause?.fix).not.toBe('');
  });

  it('is never what is wrong with a machine that nobody asked about', async () => {
    const iso = {
      'web-01': { iso: 'D:\\setup.iso' },
      'web-02': { iso: 'D:\\setup.iso' },
      'app-01': { iso: 'x' },
      'sql-01': { iso: 'x' },
    };
    expect((await why({ machine: null, machines: iso })).cause).toBeNull();
    expect((await why({ machine: null, isGranted: false })).cause?.headline).toMatch(/remembers a refusal/);
  });

  it('says what could not be looked at when nobody answers', () => {
    const silent = { code: 'x', summary: 'No Windows worker answers.', remedy: '' };
    const { checks, cause } = diagnose({
      from: 'a',
      to: 'b',
      machine: null,
      delegation: { silent },
      hosts: { silent },
    });
    expect(cause).toBeNull();
    expect(checks.map(({ result }) => result)).toEqual(['unknown', 'unknown', 'unknown']);
  });
});
