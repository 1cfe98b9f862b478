import { planMoves } from '../../../src/core/fabric/plan-moves';
import { about, sentenceParts } from '../../../src/core/fabric/plan-sentence';
import type { MachineReading } from '../../../src/core/hyperv-port';
import { fabricAt } from '../../support/fabric';
import { NOW } from '../../support/request-record';
import { facts, GB, heard, machine, planInput } from '../../support/plan-world';

const HOSTS = ['hyper-v01', 'hyper-v02', 'hyper-v03', 'hyper-v04'];

async function practice() {
  return planInput(await fabricAt(() => NOW).hyperV.inventory(HOSTS));
}

describe('emptying a host', () => {
  it('of the practice fabric says in one line what comes of it', async () => {
    const plan = planMoves(await practice(), { kind: 'drain', hosts: ['hyper-v04'], to: null });
    expect(sentenceParts(plan).join(' · ')).toBe(
      '1 of 2 machines moves to 1 host · about 4 s · sql-07 stays (pass-through disk) · hyper-v03 ends at 34 % memory',
    );
    expect(plan.stuck).toMatchObject([{ name: 'sql-07', choices: ['leave'] }]);
  });

  it('spreads machines over hosts, longest first and never more at a time than the host lets', async () => {
    const plan = planMoves(await practice(), { kind: 'drain', hosts: ['hyper-v01'], to: null });
    expect(plan.moves.map(({ name, startMs }) => [name, startMs > 0])).toEqual([
      ['sql-01', false],
      ['app-01', false],
      ['web-01', true],
      ['web-02', true],
    ]);
    expect(plan.makespanMs).toBeCloseTo(plan.boundMs, 3);
  });

  it('goes only where it is let', async () => {
    const input = await practice();
    const plan = planMoves(input, { kind: 'drain', hosts: ['hyper-v01'], to: ['hyper-v02'] });
    expect(new Set(plan.moves.map(({ to }) => to))).toEqual(new Set(['hyper-v02']));
    const nowhere = planMoves(input, { kind: 'drain', hosts: HOSTS, to: null });
    expect(nowhere.moves).toEqual([]);
    expect(sentenceParts(nowhere)).toEqual([
      'none of 12 machines move',
      'web-01 stays (no other host)',
      '11 more machines stay',
    ]);
  });

  it('leaves as much as can be on the host with the least', () => {
    const own = [12, 10, 7, 6, 5].map((gb, at) => machine(`m${at}`, { gb, load: 0 }));
    const hosts = [
      heard('h1', facts('h1', own)),
      ...['h2', 'h3'].map((host) => heard(host, facts(host, []))),
    ];
    const plan = planMoves(planInput(hosts), { kind: 'drain', hosts: ['h1'], to: null });
    // 12 + 7 and 10 + 6 + 5: nothing is nearer to 20 and 20. Windows has 2.
    const most = Math.max(...plan.forecast.slice(1).map(({ after }) => after.memory));
    expect(most).toBe(Math.round(((21 + 2) / 64) * 100));
  });

  it('says how fast it goes by what was measured, what adapters say, and the settings', () => {
    const time = (speeds: Record<string, number>, bitsPerSecond: number | null) => {
      const links = [{ subnet: '10.0.5.0/24', bitsPerSecond }];
      const hosts = [
        heard('h1', facts('h1', [machine('a')], { links })),
        heard('h2', facts('h2', [], { links })),
      ];
      const input = planInput(hosts, { speeds });
      return Math.round(planMoves(input, { kind: 'drain', hosts: ['h1'], to: null }).makespanMs / 100) / 10;
    };
    expect(time({}, null)).toBe(44.7);
    expect(time({}, 10_000_000_000)).toBe(4.5);
    expect(time({ h2: 250_000 }, 10_000_000_000)).toBe(22.3);
  });

  it('goes to no host where a broken move has left half of a machine', () => {
    const hosts = [
      heard('h1', facts('h1', [machine('a'), machine('b')])),
      heard('h2', facts('h2', [], { planned: [{ id: 'id-a', name: 'a' }] })),
    ];
    const plan = planMoves(planInput(hosts), { kind: 'drain', hosts: ['h1'], to: null });
    expect(plan.moves.map(({ name }) => name)).toEqual(['b']);
    expect(plan.stuck).toMatchObject([{ name: 'a', reasons: [{ code: 'left-over', host: 'h2' }] }]);
  });

  it('warns of what nobody can see from here', () => {
    const hosts = [heard('h1', facts('h1', [machine('a', { tpm: true })])), heard('h2', facts('h2', []))];
    const { warnings } = planMoves(planInput(hosts), { kind: 'drain', hosts: ['h1'], to: null });
    expect(warnings).toEqual([expect.stringMatching(/^a has a virtual TPM/)]);
  });

  it('warns of what else balances a host that machines leave or go to, and of no other', () => {
    const balanced = (host: string, ...balancers: ('SCVMMAgent' | 'ClusSvc')[]) =>
      heard(host, facts(host, host === 'h1' ? [machine('a')] : [], { balancers }));
    const hosts = [balanced('h1', 'SCVMMAgent'), balanced('h2', 'SCVMMAgent'), balanced('h3', 'ClusSvc')];
    const { warnings } = planMoves(planInput(hosts), { kind: 'drain', hosts: ['h1'], to: ['h2'] });
    expect(warnings).toEqual([
      'h1, h2 are balanced by System Center VMM (its service SCVMMAgent runs), too: it may move machines back, or others there meanwhile.',
    ]);
  });

  it('offers what would help, of shutting down and saving only where a rule lets', () => {
    const odd = (change: Partial<MachineReading>, mayShutDown?: boolean) => {
      const hosts = [
        heard('h1', facts('h1', [machine('a', change)])),
        heard('h2', facts('h2', [], { vendor: change.dvd ? 'GenuineIntel' : 'AuthenticAMD' })),
      ];
      const rules = mayShutDown ? [{ match: 'a', mayShutDown }] : [];
      return planMoves(planInput(hosts, { rules }), { kind: 'drain', hosts: ['h1'], to: null }).stuck[0]
        ?.choices;
    };
    expect(odd({ dvd: 'x.iso' })).toEqual(['eject', 'leave']);
    expect(odd({})).toEqual(['leave']);
    expect(odd({}, true)).toEqual(['shut-down', 'leave']);
    expect(odd({ notes: 'handover: no-shutdown' }, true)).toEqual(['leave']);
  });

  it('offers to save what is paused, where a saved machine can go on, and nothing else', () => {
    const paused = (
      change: Partial<MachineReading>,
      { vendor = 'GenuineIntel', mayShutDown = true } = {},
    ) => {
      const own = machine('a', { state: 'paused', ...change });
      const hosts = [heard('h1', facts('h1', [own])), heard('h2', facts('h2', [], { vendor }))];
      const rules = [{ match: 'a', mayShutDown }];
      const task = { kind: 'drain' as const, hosts: ['h1'], to: null };
      const [stuck] = planMoves(planInput(hosts, { rules }), task).stuck;
      const choices = { 'id-a': 'save' as const };
      const { moves } = planMoves(planInput(hosts, { rules, choices }), task);
      return [stuck?.choices, moves.map(({ how, first }) => [how, first])];
    };
    expect(paused({})).toEqual([['save', 'leave'], [['cold', 'save']]]);
    expect(paused({}, { vendor: 'AuthenticAMD' })).toEqual([['leave'], []]);
    expect(paused({ disks: [{ path: 'PhysicalDrive2', bytes: 0, kind: 'physical' }] })).toEqual([
      ['leave'],
      [],
    ]);
    expect(paused({ version: '99.0' })).toEqual([['leave'], []]);
    expect(paused({}, { mayShutDown: false })[0]).toEqual(['leave']);
  });

  it('keeps the folder of a disk where there is room, and else takes the one where the host keeps machines', () => {
    const copied = { path: 'E:\\vms\\a.vhdx', bytes: 300 * GB, kind: 'local' as const };
    const to = (free: number) => {
      const disks = [
        { path: 'D:\\', total: 4_000 * GB, free: 3_000 * GB },
        { path: 'E:\\', total: 1_000 * GB, free: free * GB },
      ];
      const hosts = [
        heard('h1', facts('h1', [machine('a', { disks: [copied] })])),
        heard('h2', facts('h2', [], { disks })),
      ];
      return planMoves(planInput(hosts), { kind: 'drain', hosts: ['h1'], to: null }).moves[0]?.storage;
    };
    expect(to(500)).toBe('E:\\vms');
    expect(to(340)).toBe('D:\\Hyper-V\\a');
  });
});

it.each([
  [400, 'about 1 s'],
  [89_000, 'about 89 s'],
  [18 * 60_000, 'about 18 min'],
  [2 * 3_600_000, 'about 2 h'],
  [130 * 60_000, 'about 2 h 10 min'],
])('%d ms are %s', (ms, text) => {
  expect(about(ms)).toBe(text);
});
