import type { MachineReading } from '../../../src/core/hyperv-port';
import type { PlanInput } from '../../../src/core/fabric/plan-input';
import { planMoves } from '../../../src/core/fabric/plan-moves';
import { inputWithin } from '../../../src/core/fabric/plan-within';
import { sentenceParts } from '../../../src/core/fabric/plan-sentence';
import { facts, GB, heard, machine, planInput } from '../../support/plan-world';

/** Hosts of 32 GB, of which 28 are for machines. */
function fabric(hosts: Readonly<Record<string, readonly MachineReading[]>>, change: Partial<PlanInput> = {}) {
  return planInput(
    Object.entries(hosts).map(([host, machines]) => heard(host, facts(host, machines, { gb: 32 }))),
    change,
  );
}

const drained = { kind: 'drain' as const, hosts: ['h1'], to: null, makeRoom: true as const };
const waysOf = ({ moves }: ReturnType<typeof planMoves>) => moves.map(({ name, to, why }) => [name, to, why]);

describe('making room', () => {
  it('moves among themselves what moves anyway, before anything else', () => {
    // 14 and 14 on one host, 20 and 8 on the other: spread evenly they do not fit.
    const own = [20, 14, 14, 8].map((gb, at) => machine(`m${at}`, { gb, load: 0 }));
    const hosts = [
      heard('h1', facts('h1', own, { gb: 96 })),
      ...['h2', 'h3'].map((host) => heard(host, facts(host, [], { gb: 32 }))),
    ];
    const plan = planMoves(planInput(hosts), drained);
    expect(plan.stuck).toEqual([]);
    expect(plan.moves).toHaveLength(4);
  });

  it('moves one machine that nobody asked about where there is no other way, and says so', () => {
    const plan = planMoves(
      fabric({
        h1: [machine('big', { gb: 20 })],
        h2: [machine('a', { gb: 12 })],
        h3: [machine('b', { gb: 12 })],
      }),
      drained,
    );
    expect(waysOf(plan)).toEqual([
      ['a', 'h3', 'room'],
      ['big', 'h2', 'asked'],
    ]);
    expect(sentenceParts(plan).slice(0, 2)).toEqual(['1 of 1 machine moves to 1 host', '1 other makes room']);
  });

  it('does so for many machines as well', () => {
    // Forty small ones fit, and one that is larger than any gap they could leave.
    const own = [
      ...Array.from({ length: 40 }, (_, at) => machine(`s${at}`, { gb: 1, load: 0 })),
      machine('big', { gb: 26 }),
    ];
    const there = ['h2', 'h3', 'h4', 'h5', 'h6'].map((host) =>
      heard(host, facts(host, [machine(`x-${host}`, { gb: 14, load: 0 })], { gb: 40 })),
    );
    const hosts = [heard('h1', facts('h1', own, { gb: 96 })), ...there];
    const plan = planMoves(planInput(hosts), drained);
    expect(plan.stuck).toEqual([]);
    expect(plan.moves.filter(({ why }) => why === 'room')).toHaveLength(1);
  });

  it('moves no pinned machine for it', () => {
    const notes = 'handover: pin';
    const plan = planMoves(
      fabric({
        h1: [machine('big', { gb: 20 })],
        h2: [machine('a', { gb: 12, notes })],
        h3: [machine('b', { gb: 12, notes })],
      }),
      drained,
    );
    expect(plan.moves).toEqual([]);
    expect(plan.stuck).toMatchObject([{ name: 'big', short: 'too little memory', choices: ['leave'] }]);
  });

  it('lets running machines go before those that are off', () => {
    const own = [machine('off', { gb: 24, state: 'off' }), machine('on', { gb: 8 })];
    const plan = planMoves(fabric({ h1: own, h2: [] }), drained);
    expect(waysOf(plan)).toEqual([['on', 'h2', 'asked']]);
    expect(plan.stuck).toMatchObject([{ name: 'off', short: 'too little memory' }]);
  });
});

describe('placing machines', () => {
  const home = { kind: 'place' as const, machines: [{ machine: 'id-a', to: 'h1' }] };

  it('puts them where they are wanted, else where they may be, else says why not', () => {
    const full = { h1: [machine('x', { gb: 24 })], h2: [machine('a', { gb: 8 })], h3: [] };
    expect(waysOf(planMoves(fabric({ ...full, h1: [] }), { ...home, otherwise: [] }))).toEqual([
      ['a', 'h1', 'asked'],
    ]);
    expect(waysOf(planMoves(fabric(full), { ...home, otherwise: ['h3'] }))).toEqual([['a', 'h3', 'asked']]);
    const none = planMoves(fabric(full), { ...home, otherwise: [] });
    expect(none.moves).toEqual([]);
    expect(none.stuck).toMatchObject([
      { name: 'a', reasons: [{ code: 'memory', host: 'h1', evidence: '4 GB free on h1, 8 GB wanted.' }] },
    ]);
  });

  it('counts what is there already as nothing to do, and says what no host shows', () => {
    const machines = [...home.machines, { machine: 'id-gone', to: 'h1' }];
    const plan = planMoves(fabric({ h1: [machine('a')], h2: [] }), { ...home, machines, otherwise: [] });
    expect(plan).toMatchObject({ asked: 0, moves: [], stuck: [], missing: ['id-gone'] });
  });

  it('does not count on room that a machine leaves which cannot leave', () => {
    const input = fabric({
      h1: [machine('a', { gb: 20 })],
      h2: [machine('b', { gb: 20 })],
      h3: [machine('c', { gb: 20 })],
    });
    const machines = [
      { machine: 'id-a', to: 'h2' },
      { machine: 'id-c', to: 'h1' },
    ];
    const plan = planMoves(input, { kind: 'place', machines, otherwise: [] });
    expect(plan.moves).toEqual([]);
    expect(plan.stuck.map(({ name }) => name)).toEqual(['a', 'c']);
  });
});

describe('a plan within what was approved', () => {
  const envelope = {
    machines: ['id-a', 'id-b'],
    destinations: ['h2'],
    delegations: [],
    settings: [],
    folders: null,
    shutDown: false,
  };

  it('leaves what came later, and says so', () => {
    const own = ['a', 'b', 'later'].map((name) => machine(name));
    const plan = planMoves(inputWithin(fabric({ h1: own, h2: [], h3: [] }), envelope), drained);
    expect(waysOf(plan)).toEqual([
      ['a', 'h2', 'asked'],
      ['b', 'h2', 'asked'],
    ]);
    expect(plan.stuck).toMatchObject([{ name: 'later', short: 'not approved' }]);
  });

  it('plans the rest around a machine that failed', () => {
    const held = { 'id-a': 'it failed twice (0x8007000E)' };
    const own = [machine('a'), machine('b')];
    const plan = planMoves(inputWithin(fabric({ h1: own, h2: [] }, { held }), envelope), drained);
    expect(waysOf(plan)).toEqual([['b', 'h2', 'asked']]);
    expect(plan.stuck[0]?.reasons[0]?.evidence).toBe('a stays: it failed twice (0x8007000E).');
  });

  it('asks for no other host although the approved one is full', () => {
    const input = fabric({ h1: [machine('a', { gb: 8 })], h2: [machine('x', { gb: 24 })], h3: [] });
    const plan = planMoves(inputWithin(input, envelope), drained);
    expect(plan.moves).toEqual([]);
    expect(plan.stuck[0]?.reasons.map(({ code, host }) => [code, host])).toEqual([
      ['memory', 'h2'],
      ['outside', 'h3'],
    ]);
  });

  it('copies disks to the folder that was approved, where a host has its disk with room on it', () => {
    const local = machine('a', { disks: [{ path: 'D:\\vms\\a.vhdx', bytes: 80 * GB, kind: 'local' }] });
    const disk = (path: string, free: number) => ({ path, total: 400 * GB, free: free * GB });
    const approved = { ...envelope, destinations: ['h2', 'h3'] };
    const planned = (free: number | null, folders: Readonly<Record<string, string>>) => {
      const disks = [disk('D:\\', 350), ...(free === null ? [] : [disk('E:\\', free)])];
      const hosts = [
        heard('h1', facts('h1', [local])),
        heard('h2', facts('h2', [])),
        heard('h3', facts('h3', [], { disks, gb: 32 })),
      ];
      return planMoves(inputWithin(planInput(hosts), { ...approved, folders }), drained);
    };
    const FOLDER = 'E:\\vms\\approved';
    const folders = { 'id-a': FOLDER };
    expect(planned(150, folders).moves).toMatchObject([{ to: 'h3', storage: FOLDER }]);
    const reasonsOf = (...world: Parameters<typeof planned>) =>
      planned(...world).stuck[0]?.reasons.map(({ code, evidence }) => [code, evidence]);
    const none = ['space', `h2 has no disk for ${FOLDER}, the folder that was approved.`];
    expect(reasonsOf(90, folders)).toEqual([
      none,
      ['space', `70 GB free on E:\\ of h3, 80 GB wanted in ${FOLDER}, which was approved.`],
    ]);
    expect(reasonsOf(null, folders)).toEqual([
      none,
      ['space', `h3 has no disk for ${FOLDER}, the folder that was approved.`],
    ]);
    expect(reasonsOf(150, {})).toEqual([
      ['storage', 'a has disks on its host, and it was not approved to copy them.'],
    ]);
  });

  it('shuts nothing down that was not to be', () => {
    const choices = { 'id-a': 'shut-down' as const };
    const input = fabric({ h1: [machine('a')], h2: [] }, { choices });
    expect(planMoves(inputWithin(input, envelope), drained).moves).toEqual([]);
    const { moves } = planMoves(inputWithin(input, { ...envelope, shutDown: true }), drained);
    expect(moves).toMatchObject([{ name: 'a', how: 'cold', first: 'shut-down' }]);
  });
});
