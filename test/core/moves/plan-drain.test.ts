import type { DrainAsk } from '../../../src/core/commands/ask';
import { planMoves } from '../../../src/core/fabric/plan-moves';
import { drainToPlan, plannedOf, type MovesToPlan } from '../../../src/core/moves/plan-drain';
import type { PlannedMoves } from '../../../src/core/moves/plan-migrate';
import { rebalanceToPlan } from '../../../src/core/moves/plan-rebalance';
import { returnToPlan } from '../../../src/core/moves/plan-return';
import type { HostReading } from '../../../src/core/hyperv-port';
import { facts, GB, heard, machine, planInput, unprepared } from '../../support/plan-world';

const said = { window: null, reason: null, ticket: null, planOnly: false };
const ask = (change: Partial<DrainAsk> = {}): DrainAsk => ({
  verb: 'drain',
  hosts: ['hyper-v01'],
  to: null,
  most: null,
  noStorage: false,
  noDelegate: false,
  makeRoom: false,
  returns: null,
  ...said,
  ...change,
});

/** What comes of it, planned here and now. */
function planned(wanted: MovesToPlan | PlannedMoves): PlannedMoves {
  return wanted.kind === 'to-plan' ? plannedOf(planMoves(wanted.input, wanted.task), wanted) : wanted;
}

const prepared = (host: string, machines: Parameters<typeof facts>[1] = []): HostReading =>
  heard(host, facts(host, machines));
const NEEDED = { before: { enabled: false, auth: 'credssp' }, after: { enabled: true, auth: 'kerberos' } };

describe('where disks go', () => {
  it('is where the plan has room for all of them together', () => {
    const local = (name: string) =>
      machine(name, { disks: [{ path: `C:\\vms\\${name}.vhdx`, bytes: 80 * GB, kind: 'local' }] });
    const volume = (path: string, free: number) => ({ path, total: 400 * GB, free: free * GB });
    const to = facts('hyper-v02', [], { disks: [volume('D:\\', 170), volume('E:\\', 160)] });
    const hosts = [prepared('hyper-v01', [local('web-01'), local('web-02')]), heard('hyper-v02', to)];
    const plan = planned(drainToPlan(hosts, planInput(hosts), ask()));
    const folders = plan.kind === 'plan' ? plan.envelope.machines.map(({ storage }) => storage) : [];
    expect(new Set(folders)).toEqual(new Set(['D:\\Hyper-V\\web-01', 'E:\\web-02']));
  });
});

describe('what hosts are set to before a drain', () => {
  it('is what moves need of the hosts that machines leave and go to, and nothing of others', () => {
    const hosts = [
      unprepared('hyper-v01', [machine('web-01')]),
      unprepared('hyper-v02'),
      unprepared('hyper-v03'),
    ];
    const plan = planned(drainToPlan(hosts, planInput(hosts), ask({ to: ['hyper-v02'] })));
    expect(plan).toMatchObject({
      kind: 'plan',
      settings: [
        { host: 'hyper-v01', by: 'worker', ...NEEDED },
        { host: 'hyper-v02', by: 'worker', ...NEEDED },
      ],
      envelope: { destinations: ['hyper-v02'] },
      forecast: { summary: expect.arrayContaining(['settings of 2 hosts first']) },
    });
  });

  it('makes no host a further destination for nothing', () => {
    const spare = (host: HostReading): unknown => {
      // Only hyper-v02 has room, so whatever else is a destination is one to spare.
      const full = heard('hyper-v03', facts('hyper-v03', [machine('big-01', { gb: 60 })]));
      const third = host.facts && { ...host.facts, memory: full.facts?.memory ?? host.facts.memory };
      const hosts = [
        prepared('hyper-v01', [machine('web-01')]),
        prepared('hyper-v02'),
        third ? heard('hyper-v03', third) : host,
      ];
      const plan = planned(drainToPlan(hosts, planInput(hosts), ask()));
      return plan.kind === 'plan' && [plan.settings, plan.envelope.destinations];
    };
    expect(spare(prepared('hyper-v03'))).toEqual([[], ['hyper-v02', 'hyper-v03']]);
    expect(spare(unprepared('hyper-v03'))).toEqual([[], ['hyper-v02']]);
  });

  it('is nothing where nothing is to be set up first: what needs it stays', () => {
    const hosts = [prepared('hyper-v01', [machine('web-01')]), unprepared('hyper-v02')];
    const plan = planned(drainToPlan(hosts, planInput(hosts), ask({ noDelegate: true })));
    expect(plan.kind).toBe('refused');
    expect(plan.verdicts.map(({ check }) => check)).toEqual(['drain.nothing', 'machine.stays']);
  });

  it('is refused of more hosts than a card can show', () => {
    const sources = Array.from({ length: 17 }, (_, at) => `hv${at + 10}`);
    const hosts = [
      ...sources.map((host) => unprepared(host, [machine(`vm-${host}`, { gb: 1 })])),
      prepared('hyper-v02'),
    ];
    const plan = planned(drainToPlan(hosts, planInput(hosts), ask({ hosts: sources, to: ['hyper-v02'] })));
    expect(plan.kind).toBe('refused');
    expect(plan.verdicts.find(({ verdict }) => verdict === 'refuse')).toMatchObject({
      check: 'hosts.too-many',
      sentence: '17 hosts would have to be set up first: one request sets 16 at most.',
    });
  });
});

describe('a drain in which nothing moves as it is', () => {
  const other = prepared('hyper-v02');
  const planOf = (change: Parameters<typeof machine>[1]): PlannedMoves => {
    const hosts = [prepared('hyper-v01', [machine('app-02', { ...change })]), other];
    return planned(drainToPlan(hosts, planInput(hosts), ask()));
  };

  it('waits for a choice where there is one for any of its machines, and allows nothing', () => {
    const plan = planOf({ dvd: 'D:\\setup.iso' });
    expect(plan).toMatchObject({
      kind: 'to-choose',
      forecast: { moves: [], staying: [{ name: 'app-02', choices: ['eject', 'leave'] }] },
    });
    expect(plan.verdicts.map(({ check, verdict }) => [check, verdict])).toEqual([['machine.stays', 'warn']]);
  });

  it('is refused where nobody could choose anything', () => {
    expect(planOf({ isClustered: true })).toMatchObject({ kind: 'refused' });
    expect(planOf({ dvd: 'D:\\setup.iso', isClustered: true })).toMatchObject({ kind: 'refused' });
  });

  it('is refused for machines that come back, for which nobody chooses', () => {
    const away = prepared('hyper-v02', [machine('app-02', { dvd: 'D:\\setup.iso' })]);
    const hosts = [prepared('hyper-v01'), away];
    const homes = new Map([['id-app-02', { host: 'hyper-v01', label: 'R-1001', at: 0 }]]);
    const wish = { verb: 'return' as const, host: 'hyper-v01', most: null, noDelegate: false, ...said };
    expect(planned(returnToPlan(hosts, { ...planInput(hosts), homes }, wish)).kind).toBe('refused');
  });
});

describe('what hosts are set to before others', () => {
  it('is the same for the way back', () => {
    const hosts = [prepared('hyper-v01'), unprepared('hyper-v02', [machine('web-01')])];
    const homes = new Map([['id-web-01', { host: 'hyper-v01', label: 'R-1001', at: 0 }]]);
    const wish = { verb: 'return' as const, host: 'hyper-v01', most: null, noDelegate: false, ...said };
    const plan = planned(returnToPlan(hosts, { ...planInput(hosts), homes }, wish));
    expect(plan).toMatchObject({ kind: 'plan', settings: [{ host: 'hyper-v02', ...NEEDED }] });
    expect(
      planned(returnToPlan(hosts, { ...planInput(hosts), homes }, { ...wish, noDelegate: true })).kind,
    ).toBe('refused');
  });

  it('is nothing for evening out', () => {
    const busy = [1, 2, 3, 4].map((at) => machine(`web-0${at}`, { gb: 12 }));
    const averages = [
      { host: 'hyper-v01', load: 90, memory: 90 },
      { host: 'hyper-v02', load: 5, memory: 5 },
    ];
    const wish = { verb: 'rebalance' as const, hosts: null, most: null, ...said };
    const evened = (second: HostReading) => {
      const hosts = [prepared('hyper-v01', busy), second];
      return planned(rebalanceToPlan(hosts, averages, { world: planInput(hosts), ask: wish }));
    };
    expect(evened(prepared('hyper-v02'))).toMatchObject({ kind: 'plan', settings: [] });
    expect(evened(unprepared('hyper-v02')).kind).not.toBe('plan');
  });
});
