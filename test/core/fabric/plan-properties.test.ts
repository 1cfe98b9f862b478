import fc from 'fast-check';
import { planMoves } from '../../../src/core/fabric/plan-moves';
import { inputWithin } from '../../../src/core/fabric/plan-within';
import type { PlanInput, Task } from '../../../src/core/fabric/plan-input';
import { anyFabric } from '../../support/arbitrary-fabric';
import { faultsOf, inputAfter, placesAfter } from '../../support/plan-replay';

const anyDrain = fc
  .record({
    kind: fc.constant('drain' as const),
    hosts: fc.constantFrom(['h1'], ['h2'], ['h1', 'h2']),
    to: fc.constantFrom(null, null, null, ['h2', 'h3']),
    room: fc.constantFrom({}, { makeRoom: true as const }),
  })
  .map(({ room, ...task }) => ({ ...task, ...room }));

const IDS = [1, 2, 3, 4, 5, 6].flatMap((host) => [0, 1, 2, 3, 4, 5, 6, 7].map((at) => `id-m${host}${at}`));
/** Of every other machine, on either disk. */
const FOLDERS = Object.fromEntries(
  IDS.filter((_, at) => at % 2 === 0).map((id, at) => [id, at % 2 === 0 ? 'E:\\vms' : 'D:\\approved']),
);
const NAMES: readonly string[] = ['h1', 'h2', 'h3', 'h4', 'h5', 'h6'];

const anyPlace = fc.record({
  kind: fc.constant('place' as const),
  machines: fc.uniqueArray(fc.record({ machine: fc.constantFrom(...IDS), to: fc.constantFrom(...NAMES) }), {
    selector: ({ machine }) => machine,
    maxLength: 16,
  }),
  otherwise: fc.subarray([...NAMES], { maxLength: 2 }),
});

const anyEvening = fc.record({
  kind: fc.constant('even-out' as const),
  hosts: fc.constantFrom(null, null, ['h1', 'h2', 'h3']),
  averages: fc.constant([
    { host: 'h1', load: 90, memory: 10 },
    { host: 'h2', load: 5, memory: 5 },
  ]),
});

const anyTask: fc.Arbitrary<Task> = fc.oneof(anyDrain, anyPlace, anyEvening);

const RUNS = { numRuns: 400 };

/** The same fabric with everything in another order. */
function turned(input: PlanInput): PlanInput {
  return {
    ...input,
    hosts: input.hosts
      .toReversed()
      .map((host) =>
        host.facts ? { ...host, facts: { ...host.facts, machines: host.facts.machines.toReversed() } } : host,
      ),
    delegated: input.delegated.toReversed(),
  };
}

describe('every plan', () => {
  it('keeps every limit at every instant', () => {
    fc.assert(
      fc.property(anyFabric, anyTask, (input, task) => {
        expect(faultsOf(input, planMoves(input, task))).toEqual([]);
      }),
      RUNS,
    );
  });

  it('is the same in whatever order hosts and machines come', () => {
    fc.assert(
      fc.property(anyFabric, anyTask, (input, task) => {
        expect(planMoves(turned(input), task)).toEqual(planMoves(input, task));
      }),
      RUNS,
    );
  });

  it('of hosts to be emptied moves each machine away, or says why not and what could be chosen', () => {
    fc.assert(
      fc.property(anyFabric, anyDrain, (input, task) => {
        const plan = planMoves(input, task);
        const places = placesAfter(input, plan);
        const stuck = new Map(plan.stuck.map((each) => [each.machine, each]));
        const asked = input.hosts.filter(({ host }) => new Set<string>(task.hosts).has(host));
        for (const { host, facts } of asked) {
          for (const { id } of facts?.machines ?? []) {
            const told = stuck.get(id);
            const says = [
              told !== undefined,
              (told?.reasons ?? []).length > 0,
              told?.choices.includes('leave') === true,
            ];
            const stays = places.get(id) === host;
            expect(says).toEqual([stays, stays, stays]);
          }
        }
      }),
      RUNS,
    );
  });

  it('of machines to be placed puts each where it may be, or says why not', () => {
    fc.assert(
      fc.property(anyFabric, anyPlace, (input, task) => {
        const plan = planMoves(input, task);
        const before = placesAfter(input, { ...plan, moves: [] });
        const after = placesAfter(input, plan);
        const stuck = new Map(plan.stuck.map((each) => [each.machine, each.reasons.length]));
        for (const { machine, to } of task.machines) {
          if (!before.has(machine) || before.get(machine) === to) continue;
          const isWell = [to, ...task.otherwise].includes(after.get(machine) ?? '');
          const isThere = isWell && after.get(machine) !== before.get(machine);
          expect((stuck.get(machine) ?? 0) > 0).toBe(!isThere);
        }
        expect(plan.moves.every(({ why }) => why !== 'room')).toBe(true);
      }),
      RUNS,
    );
  });

  it('of hosts to be evened out leaves nothing for a plan that is made again at once', () => {
    let moved = 0;
    fc.assert(
      fc.property(anyFabric, anyEvening, (input, task) => {
        const plan = planMoves(input, task);
        moved += plan.moves.length;
        expect(planMoves(inputAfter(input, plan), task).moves).toEqual([]);
      }),
      RUNS,
    );
    expect(moved).toBeGreaterThan(10);
  });

  it('stays within what was approved, whatever has changed since', () => {
    const anyEnvelope = fc.record({
      machines: fc.subarray(IDS, { minLength: 30 }),
      destinations: fc.subarray([...NAMES], { minLength: 2 }),
      delegations: fc.constantFrom([], [{ from: 'h1', to: 'h3' }]),
      settings: fc.subarray([...NAMES], { minLength: 3 }),
      folders: fc.constantFrom(null, {}, FOLDERS),
      shutDown: fc.boolean(),
    });
    let moved = 0;
    fc.assert(
      fc.property(anyFabric, fc.oneof(anyDrain, anyTask), anyEnvelope, (input, task, envelope) => {
        const plan = planMoves(inputWithin(input, envelope), task);
        const { moves, needs } = plan;
        expect(faultsOf(input, plan)).toEqual([]);
        moved += moves.length;
        for (const { machine, to, storage } of moves) {
          expect(envelope.machines).toContain(machine);
          expect(envelope.destinations).toContain(to);
          expect([null, envelope.folders ? envelope.folders[machine] : storage]).toContain(storage);
        }
        for (const pair of needs.delegations) expect(envelope.delegations).toContainEqual(pair);
        for (const { host } of needs.settings) expect(envelope.settings).toContain(host);
      }),
      RUNS,
    );
    expect(moved).toBeGreaterThan(10);
  });
});
