import type { HostFacts, MachineReading } from '../../../src/core/hyperv-port';
import { feasibilityOf } from '../../../src/core/fabric/feasibility';
import { MachineRules } from '../../../src/core/fabric/machine-rules';
import type { PlanInput } from '../../../src/core/fabric/plan-input';
import { facts, GB, heard, machine, planInput, unheard } from '../../support/plan-world';

interface World {
  readonly of?: Partial<MachineReading> & { gb?: number };
  readonly source?: Partial<HostFacts>;
  readonly target?: Partial<HostFacts> & { gb?: number };
  readonly there?: readonly MachineReading[];
  readonly input?: Partial<PlanInput>;
}

const migration = facts('h', []).migration;

/** Of app-01 from h1 to h2. */
function judge({ of = {}, source = {}, target = {}, there = [], input = {} }: World) {
  const hosts = [
    heard('h1', facts('h1', [machine('app-01', of)], source)),
    heard('h2', facts('h2', there, target)),
    unheard('h3'),
  ];
  return feasibilityOf(planInput(hosts, input))('id-app-01', 'h2');
}

const codes = (world: World) => judge(world).reasons.map(({ code }) => code);

describe('whether a machine can go to a host', () => {
  it('is so where nothing is wrong, and nothing is needed', () => {
    expect(judge({})).toEqual({ reasons: [], needs: { delegations: [], settings: [] } });
  });

  const table: [string, World, string[]][] = [
    ['a version', { of: { version: '12.0' } }, ['version']],
    ['another vendor while it runs', { target: { vendor: 'AuthenticAMD' } }, ['processors']],
    [
      'another vendor while it is saved',
      { of: { state: 'saved' }, target: { vendor: 'AuthenticAMD' } },
      ['processors'],
    ],
    ['another vendor while it is off', { of: { state: 'off' }, target: { vendor: 'AuthenticAMD' } }, []],
    ['a switch', { of: { switches: ['LAN', null, 'DMZ'] } }, ['switch']],
    ['an ISO', { of: { dvd: 'D:\\setup.iso' } }, ['drive']],
    [
      'a disk of the host',
      { of: { disks: [{ path: 'PhysicalDrive2', bytes: 1, kind: 'physical' }] } },
      ['disk'],
    ],
    ['a cluster', { of: { isClustered: true } }, ['clustered']],
    ['a backup', { of: { isBusy: true } }, ['busy']],
    ['a pause', { of: { state: 'paused' } }, ['state']],
    ['memory', { of: { gb: 32 }, target: { gb: 32 } }, ['memory']],
    ['the reserve', { of: { gb: 28 }, target: { gb: 32 } }, []],
    ['the reserve, by a little', { of: { gb: 28.1 }, target: { gb: 32 } }, ['memory']],
    [
      'its demand',
      { of: { memory: { startup: GB, assigned: GB, demand: 29 * GB } }, target: { gb: 32 } },
      ['memory'],
    ],
    ['what it starts with', { of: { state: 'off', gb: 32 }, target: { gb: 32 } }, ['memory']],
    [
      'processors',
      { of: { processors: 16, load: 80 }, there: [machine('b', { processors: 16, load: 30 })] },
      ['cpu'],
    ],
    ['disk space', { of: { disks: [{ path: 'D:\\a.vhdx', bytes: 2_900 * GB, kind: 'local' }] } }, ['space']],
    [
      'no storage',
      { of: { disks: [{ path: 'D:\\a.vhdx', bytes: 1, kind: 'local' }] }, input: { noStorage: true } },
      ['storage'],
    ],
    ['a cordon', { input: { cordoned: ['h2'] } }, ['cordoned']],
    ['a machine of Tier 0', { input: { tier0: ['APP-01'] } }, ['tier0']],
    ['a host of Tier 0 as the source', { input: { tier0: ['h1'] } }, ['tier0']],
    ['a host of Tier 0 as the destination', { input: { tier0: ['h2'] } }, []],
    ['a host of Tier 0 that is not delegated', { input: { tier0: ['h2'], delegated: [] } }, ['delegation']],
    [
      'a delegation that nobody is to ask for',
      { input: { delegated: [], noDelegate: true } },
      ['delegation'],
    ],
    [
      'CredSSP that nobody is to change',
      { target: { migration: { ...migration, auth: 'credssp' } }, input: { noDelegate: true } },
      ['setting'],
    ],
    [
      'live migration that is off',
      { source: { migration: { ...migration, enabled: false } }, input: { noDelegate: true } },
      ['setting'],
    ],
    [
      'networks that do not meet',
      { target: { migration: { ...migration, networks: ['10.9.0.0/24'] } } },
      ['network'],
    ],
    [
      'a rule',
      { input: { rules: MachineRules.parse([{ match: 'app-*', onlyHosts: ['h3'] }]) } },
      ['only-hosts'],
    ],
    ['a pin', { of: { notes: 'handover: pin' } }, ['pinned']],
    ['a pin that is misspelled', { of: { notes: 'handover: pim' } }, ['notes']],
    [
      'a machine to be kept apart from',
      { of: { notes: 'handover: apart=x' }, there: [machine('b', { notes: 'handover: apart=x' })] },
      ['apart'],
    ],
    ['a failure before', { input: { held: { 'id-app-01': 'it failed twice' } } }, ['held']],
    [
      'everything at once',
      {
        of: { version: '12.0', dvd: 'x.iso', isClustered: true, switches: ['DMZ'], gb: 99 },
        target: { vendor: 'AuthenticAMD' },
        input: { cordoned: ['h2'] },
      },
      ['clustered', 'drive', 'cordoned', 'version', 'processors', 'switch', 'memory'],
    ],
  ];
  it.each(table)('looks at %s', (_, world, expected) => {
    expect(codes(world)).toEqual(expected);
    for (const { evidence, fix, short } of judge(world).reasons) {
      expect(evidence).toMatch(/^\S.*\.$/);
      expect(fix).toMatch(/^\S.*\.$/);
      expect(short).not.toBe('');
    }
  });

  it('names the cluster’s own command', () => {
    expect(judge({ of: { isClustered: true } }).reasons[0]?.fix).toContain(
      "Move-ClusterVirtualMachineRole -Name 'app-01'",
    );
  });

  it('takes the choices of people for what they are', () => {
    const chosen = (choice: 'eject' | 'shut-down' | 'save' | 'leave', world: World) =>
      codes({ ...world, input: { choices: { 'id-app-01': choice } } });
    expect(chosen('eject', { of: { dvd: 'x.iso' } })).toEqual([]);
    expect(chosen('shut-down', { target: { vendor: 'AuthenticAMD' } })).toEqual([]);
    expect(chosen('save', { target: { vendor: 'AuthenticAMD' } })).toEqual(['processors']);
    expect(chosen('leave', {})).toEqual(['left']);
  });

  it('has what is missing as needs, both ways where machines come back', () => {
    const world = { target: { migration: { ...migration, enabled: false, auth: 'credssp' as const } } };
    const { reasons, needs } = judge({ ...world, input: { delegated: [], bothWays: true } });
    expect(reasons).toEqual([]);
    expect(needs).toEqual({
      delegations: [
        { from: 'h1', to: 'h2' },
        { from: 'h2', to: 'h1' },
      ],
      settings: [
        {
          host: 'h2',
          by: 'worker',
          before: { enabled: false, auth: 'credssp' },
          after: { enabled: true, auth: 'kerberos' },
        },
      ],
    });
    expect(judge({ input: { delegated: [{ from: 'h1', to: 'h2' }] } }).needs.delegations).toEqual([]);
  });

  it('says of a host that does not answer why, and throws for what is not there', () => {
    const ask = feasibilityOf(planInput([heard('h1', facts('h1', [machine('a')])), unheard('h3')]));
    expect(ask('id-a', 'h3').reasons).toMatchObject([{ code: 'silent', host: 'h3' }]);
    expect(() => ask('id-a', 'h9')).toThrow(RangeError);
    expect(() => ask('id-b', 'h3')).toThrow(RangeError);
    expect(() => ask('id-a', 'h1')).toThrow(RangeError);
  });

  it('moves no machine that two hosts show', () => {
    const hosts = ['h1', 'h2', 'h4'].map((host) =>
      heard(
        host,
        facts(host, host === 'h4' ? [] : [machine('a', { state: host === 'h1' ? 'running' : 'off' })]),
      ),
    );
    expect(feasibilityOf(planInput(hosts))('id-a', 'h4').reasons).toMatchObject([{ code: 'twice' }]);
  });
});
