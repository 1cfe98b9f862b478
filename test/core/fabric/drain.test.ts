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
      '1 of 2 machines moves to 1 host · about 45 s · sql-07 stays (pass-through disk) · hyper-v03 ends at 34 % memory',
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

  it('keeps the drive letter of a disk where there is room, and takes the disk with the most otherwise', () => {
    const copied = { path: 'E:\\vms\\a.vhdx', bytes: 300 * GB, kind: 'local' as const };
    const to = (free: number) => {
      const disks = [
        { path: 'D:\\Hyper-V', total: 4_000 * GB, free: 3_000 * GB },
        { path: 'E:\\Hyper-V', total: 1_000 * GB, free: free * GB },
      ];
      const hosts = [
        heard('h1', facts('h1', [machine('a', { disks: [copied] })])),
        heard('h2', facts('h2', [], { disks })),
      ];
      return planMoves(planInput(hosts), { kind: 'drain', hosts: ['h1'], to: null }).moves[0]?.storage;
    };
    expect(to(500)).toBe('E:\\Hyper-V');
    expect(to(340)).toBe('D:\\Hyper-V');
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
