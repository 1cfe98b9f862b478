import fc from 'fast-check';
import { planMoves } from '../../../src/core/fabric/plan-moves';
import type { PlanInput, Task } from '../../../src/core/fabric/plan-input';
import { anyFabric } from '../../support/arbitrary-fabric';
import { faultsOf, placesAfter } from '../../support/plan-replay';

const anyTask: fc.Arbitrary<Task> = fc.record({
  kind: fc.constant('drain'),
  hosts: fc.constantFrom(['h1'], ['h2'], ['h1', 'h2']),
  to: fc.constantFrom(null, null, null, ['h2', 'h3']),
});

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

  it('moves each machine that it was asked about away, or says why not and what could be chosen', () => {
    fc.assert(
      fc.property(anyFabric, anyTask, (input, task) => {
        const plan = planMoves(input, task);
        const places = placesAfter(input, plan);
        const stuck = new Map(plan.stuck.map((each) => [each.machine, each]));
        const asked = input.hosts.filter(({ host }) => task.hosts.includes(host));
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
});
