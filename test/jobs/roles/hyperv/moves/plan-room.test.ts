import fc from 'fast-check';
import type { DrainAsk } from '../../../../../src/core/commands/ask';
import type { MovePlan } from '../../../../../src/core/fabric/plan';
import { planMoves } from '../../../../../src/core/fabric/plan-moves';
import type { PlanInput } from '../../../../../src/core/fabric/plan-input';
import type { Planner } from '../../../../../src/core/fabric/planner-port';
import { drainToPlan } from '../../../../../src/core/moves/plan-drain';
import type { PlannedMoves } from '../../../../../src/core/moves/plan-migrate';
import { refuseEnvelope } from '../../../../../src/core/moves/refuse-envelope';
import { Fault } from '../../../../../src/core/problem';
import { planDrained } from '../../../../../src/jobs/roles/hyperv/moves/plan-room';
import { anyFabric } from '../../../../support/arbitrary-fabric';
import { planInPlace } from '../../../../support/plan-in-place';
import { faultsOf } from '../../../../support/plan-replay';
import { facts, heard, machine, planInput } from '../../../../support/plan-world';

/** As a drain is planned that says nothing of storage and delegations. */
const anyWorld = anyFabric.map((world) => ({
  ...world,
  noStorage: false,
  noDelegate: false,
  mostAtOnce: null,
}));
const RUNS = { numRuns: 400 };
const anyHosts = fc.constantFrom<string[][]>(['h1'], ['h2'], ['h1', 'h2']);

function askFor(hosts: readonly string[], makeRoom: boolean): DrainAsk {
  const said = { window: null, reason: null, ticket: null, planOnly: false };
  const flags = { noStorage: false, noDelegate: false, makeRoom, returns: null };
  return { verb: 'drain', hosts, to: null, most: null, ...flags, ...said };
}

async function planned(world: PlanInput, ask: DrainAsk, planner = planInPlace): Promise<PlannedMoves> {
  const wanted = drainToPlan(world.hosts, world, ask);
  return wanted.kind === 'to-plan' ? planDrained({ planner }, wanted, ask) : wanted;
}

/** The forecast as if each move began when the one before it is over. */
function oneByOne(input: PlanInput, { forecast }: Extract<PlannedMoves, { kind: 'plan' }>): MovePlan {
  const moves = forecast.moves.map((move, at) => ({
    ...move,
    how: move.kind === 'live' ? ('live' as const) : ('cold' as const),
    first: null,
    startMs: at * 10,
    ms: 9,
    why: 'asked' as const,
  }));
  return { ...planMoves(input, { kind: 'drain', hosts: [], to: null }), moves, makespanMs: 1e12 };
}

const verdictOf = (plan: PlannedMoves, check: string) =>
  plan.verdicts.find((each) => each.check === check)?.sentence;

describe('any drain', () => {
  it('has nothing of another host in its plan unless that was asked for', async () => {
    let offers = 0;
    await fc.assert(
      fc.asyncProperty(anyWorld, anyHosts, async (world, hosts) => {
        const plan = await planned(world, askFor(hosts, false));
        if (verdictOf(plan, 'room.offer') !== undefined) offers += 1;
        if (plan.kind !== 'plan') return;
        expect(plan.envelope.machines.every(({ from, room }) => hosts.includes(from) && !room)).toBe(true);
        expect(plan.forecast.moves.every(({ from }) => hosts.includes(from))).toBe(true);
      }),
      RUNS,
    );
    expect(offers).toBeGreaterThan(3);
  });

  it('that makes room moves more than without, in an order that has room, and lies inside its own ask', async () => {
    let roomy = 0;
    await fc.assert(
      fc.asyncProperty(anyWorld, anyHosts, async (world, hosts) => {
        const ask = askFor(hosts, true);
        const plan = await planned(world, ask);
        if (plan.kind !== 'plan') return;
        const { envelope, forecast } = plan;
        const makers = envelope.machines.filter(({ room }) => room).map(({ id }) => id);
        expect(refuseEnvelope(envelope, ask, { hosts: world.hosts.map(({ host }) => host), words: [] })).toBe(
          null,
        );
        if (makers.length === 0) return;
        roomy += 1;
        const first = forecast.moves.slice(0, makers.length).map((move) => move.machine);
        expect(first.toSorted()).toEqual(makers);
        // Which disk of its destination a machine's own go to is no matter of the order.
        const faults = faultsOf(world, oneByOne(world, plan)).filter((fault) => !fault.endsWith('is full'));
        expect(faults).toEqual([]);
        const without = await planned(world, askFor(hosts, false));
        const alone = without.kind === 'plan' ? without.envelope.machines.length : 0;
        expect(envelope.machines.length - makers.length).toBeGreaterThan(alone);
      }),
      RUNS,
    );
    expect(roomy).toBeGreaterThan(3);
  });
});

describe('room that others would make', () => {
  /** 20 GB that fit nowhere before 12 GB have gone from one host to the other. */
  const tight = (extra: Partial<PlanInput> = {}): PlanInput =>
    planInput(
      [
        heard('h1', facts('h1', [machine('big', { gb: 20 }), machine('small', { gb: 1 })], { gb: 32 })),
        heard('h2', facts('h2', [machine('a', { gb: 12 })], { gb: 32 })),
        heard('h3', facts('h3', [machine('b', { gb: 12 })], { gb: 32 })),
      ],
      extra,
    );

  it('is only offered where it was not asked for', async () => {
    const plan = await planned(tight(), askFor(['h1'], false));
    expect(plan.kind === 'plan' && plan.envelope.machines.map(({ name }) => name)).toEqual(['small']);
    expect(verdictOf(plan, 'room.offer')).toBe(
      '--make-room would place 1 of those that stay: 1 machine of another host would move out of the way.',
    );
  });

  it('has no destination besides that would need anything new for what makes room', async () => {
    const hosts = [...tight().hosts, heard('h4', facts('h4', [machine('c', { gb: 27 })], { gb: 32 }))];
    const destinations = async (isOpen: boolean): Promise<unknown> => {
      const { delegated } = planInput(hosts);
      const pairs = delegated.filter(({ from, to }) => isOpen || from === 'h1' || to !== 'h4');
      const plan = await planned(planInput(hosts, { delegated: pairs }), askFor(['h1'], true));
      return (
        plan.kind === 'plan' && [plan.envelope.machines.some(({ room }) => room), plan.envelope.destinations]
      );
    };
    expect(await destinations(true)).toEqual([true, ['h2', 'h3', 'h4']]);
    expect(await destinations(false)).toEqual([true, ['h2', 'h3']]);
  });

  it('is said to be none where it was asked for and nothing comes of it', async () => {
    const rules = ['a', 'b'].map((match) => ({ match, pin: true }));
    const plan = await planned(tight({ rules }), askFor(['h1'], true));
    expect(plan.kind === 'plan' && plan.envelope.machines.map(({ name }) => name)).toEqual(['small']);
    expect(verdictOf(plan, 'room.none')).toBeDefined();
  });

  it('is not looked for where a machine stays for another reason', async () => {
    const tasks: unknown[] = [];
    const noting: Planner = {
      ...planInPlace,
      plan(input, task) {
        tasks.push(task);
        return planInPlace.plan(input, task);
      },
    };
    await planned(tight({ rules: [{ match: 'big', pin: true }] }), askFor(['h1'], true), noting);
    expect(tasks).toEqual([{ kind: 'drain', hosts: ['h1'], to: null }]);
  });

  it('keeps no plan waiting that nobody has asked to make room when it cannot be planned', async () => {
    const failing: Planner = {
      ...planInPlace,
      plan: (input, task) =>
        'makeRoom' in task
          ? Promise.reject(
              new Fault({ code: 'planning.too-long', retry: 'later', message: 'It takes too long.' }),
            )
          : planInPlace.plan(input, task),
    };
    const plan = await planned(tight(), askFor(['h1'], false), failing);
    expect(plan.kind).toBe('plan');
    expect(verdictOf(plan, 'room.offer')).toBeUndefined();
    await expect(planned(tight(), askFor(['h1'], true), failing)).rejects.toThrow('too long');
  });

  it('is not made by moving a machine twice, nor by one that leaves a host to which nothing comes', async () => {
    const spoilt = (change: (plan: MovePlan) => MovePlan['moves']): Planner => ({
      ...planInPlace,
      async plan(input, task) {
        const plan = await planInPlace.plan(input, task);
        return 'makeRoom' in task ? { ...plan, moves: change(plan) } : plan;
      },
    });
    const parking = spoilt(({ moves }) =>
      moves.map((move) => (move.why === 'room' ? { ...move, why: 'parking' as const } : move)),
    );
    const vain = spoilt(({ moves }) => moves.map((move) => ({ ...move, to: 'h4' })));
    for (const planner of [parking, vain]) {
      const plan = await planned(tight(), askFor(['h1'], true), planner);
      expect(plan.kind === 'plan' && plan.envelope.machines.map(({ name }) => name)).toEqual(['small']);
      expect(verdictOf(plan, 'room.none')).toBeDefined();
    }
  });
});
