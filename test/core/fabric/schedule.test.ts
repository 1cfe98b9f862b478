import type { PlanInput } from '../../../src/core/fabric/plan-input';
import { planMoves } from '../../../src/core/fabric/plan-moves';
import { facts, GB, heard, machine, planInput } from '../../support/plan-world';
import { faultsOf } from '../../support/plan-replay';

const { migration } = facts('h', []);

/** Bytes per millisecond with which a gigabyte of memory takes 1.3 s: memory and what changes of it. */
const SPEED = GB / 1_000;

function drainOf(sizes: readonly number[], most: number, change: Partial<PlanInput> = {}) {
  const machines = sizes.map((gb, at) => machine(`m${at}`, { gb }));
  const hosts = ['h1', 'h2', 'h3'].map((host) =>
    heard(
      host,
      facts(host, host === 'h1' ? machines : [], { migration: { ...migration, most, mostStorage: 1 } }),
    ),
  );
  const speeds = { h1: SPEED, h2: SPEED, h3: SPEED };
  const input = planInput(hosts, { speeds, links: 'each', ...change });
  return { input, plan: planMoves(input, { kind: 'drain', hosts: ['h1'], to: null }) };
}

describe('a schedule', () => {
  it('begins with the longest and takes no longer than it has to', () => {
    const { plan } = drainOf([1, 2, 3, 4], 2);
    expect(plan.moves.map(({ name }) => name).slice(0, 2)).toEqual(['m3', 'm2']);
    expect(plan.makespanMs).toBeCloseTo(6_500, 3);
    expect(plan.boundMs).toBeCloseTo(6_500, 3);
  });

  it('finds the order that the longest first does not', () => {
    // The longest first takes 11 s of these: 5 + 3 + 3 and 5 + 4 … of 20, that 10 and 10 would do.
    const { plan } = drainOf([3, 3, 4, 5, 5], 2);
    expect(plan.makespanMs / 1.3).toBeCloseTo(10_000, 3);
  });

  it('knows that equally long moves take whole rounds', () => {
    const { plan } = drainOf([2, 2, 2, 2, 2], 2);
    expect(plan.boundMs).toBeCloseTo(3 * 2_600, 3);
    expect(plan.makespanMs).toBeCloseTo(3 * 2_600, 3);
  });

  it('shares a link among the moves that go over it', () => {
    const { plan } = drainOf([4, 4], 2, { links: 'shared' });
    expect(plan.moves.map(({ startMs, ms }) => [startMs, Math.round(ms)])).toEqual([
      [0, 10_400],
      [0, 10_400],
    ]);
  });

  it('keeps to a limit of the whole plan', () => {
    const { plan } = drainOf([4, 4, 4], 2, { mostAtOnce: 1 });
    expect(plan.moves.map(({ startMs }) => Math.round(startMs))).toEqual([0, 5_200, 10_400]);
  });

  it('leaves moves that go on already their slots', () => {
    const underWay = [{ machine: 'id-m0', from: 'h1', to: 'h2', storage: false, leftMs: 10_000 }];
    const { plan } = drainOf([8, 4, 4], 2, { underWay });
    expect(plan.moves.map(({ name, startMs }) => [name, Math.round(startMs)])).toEqual([
      ['m1', 0],
      ['m2', 5_200],
    ]);
    expect(plan.stuck).toMatchObject([{ name: 'm0', short: 'being moved or backed up' }]);
  });

  it('says of a host that lets nothing move that it does not', () => {
    const { plan } = drainOf([4], 0);
    expect(plan.moves).toEqual([]);
    expect(plan.stuck[0]?.reasons.map(({ code }) => code)).toEqual(['slots', 'slots']);
  });
});

describe('an order of moves', () => {
  // 28 GB are for machines on each host of 32, so 14 and 16 cannot be there together with 12.
  const world = (third: number) => {
    const hosts = [
      heard('h1', facts('h1', [machine('a', { gb: 16 })], { gb: 32 })),
      heard('h2', facts('h2', [machine('b', { gb: 16 })], { gb: 32 })),
      heard('h3', facts('h3', [], { gb: third })),
    ];
    const machines = [
      { machine: 'id-a', to: 'h2' },
      { machine: 'id-b', to: 'h1' },
    ];
    return { input: planInput(hosts), task: { kind: 'place' as const, machines, otherwise: ['h3'] } };
  };

  it('parks a machine where two wait for each other', () => {
    const { input, task } = world(32);
    const plan = planMoves(input, task);
    expect(plan.moves.map(({ name, from, to, why }) => [name, from, to, why])).toEqual([
      ['b', 'h2', 'h3', 'parking'],
      ['a', 'h1', 'h2', 'asked'],
      ['b', 'h3', 'h1', 'asked'],
    ]);
    expect(faultsOf(input, plan)).toEqual([]);
  });

  it('says where there is no place to park', () => {
    const { input, task } = world(8);
    const plan = planMoves(input, task);
    expect(plan.moves).toEqual([]);
    expect(plan.stuck.map(({ short }) => short)).toEqual(['no room meanwhile', 'no room meanwhile']);
  });

  it('parks nothing where it could not go on from', () => {
    const { input, task } = world(32);
    const delegated = input.delegated.filter(({ from }) => from !== 'h3');
    expect(planMoves({ ...input, delegated, noDelegate: true }, task).moves).toEqual([]);
    expect(planMoves({ ...input, delegated }, task).needs.delegations).toEqual([{ from: 'h3', to: 'h1' }]);
  });
});
