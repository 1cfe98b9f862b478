import type { MachineReading } from '../../../src/core/hyperv-port';
import type { PlanInput } from '../../../src/core/fabric/plan-input';
import { planMoves } from '../../../src/core/fabric/plan-moves';
import { facts, GB, heard, machine, planInput } from '../../support/plan-world';
import { inputAfter } from '../../support/plan-replay';

const averages = [
  { host: 'h1', load: 70, memory: 60 },
  { host: 'h2', load: 5, memory: 10 },
];
const evening = { kind: 'even-out' as const, hosts: null, averages };

function fabric(busy: readonly MachineReading[], change: Partial<PlanInput> = {}) {
  return planInput([heard('h1', facts('h1', busy)), heard('h2', facts('h2', []))], change);
}

const ten = Array.from({ length: 10 }, (_, at) => machine(`m${at}`, { gb: 5, processors: 1 }));

describe('evening hosts out', () => {
  it('moves as few machines as bring hosts near each other, and then none', () => {
    const input = fabric(ten);
    const plan = planMoves(input, evening);
    expect(plan.moves).toHaveLength(4);
    const [one, other] = plan.forecast.map(({ after }) => after.memory);
    expect(Math.abs((one ?? 0) - (other ?? 0))).toBeLessThanOrEqual(20);
    expect(planMoves(inputAfter(input, plan), evening).moves).toEqual([]);
  });

  it('moves nothing where hosts were alike over the hold period, or nobody knows how they were', () => {
    const alike = averages.map((each) => ({ ...each, load: 50, memory: 50 }));
    expect(planMoves(fabric(ten), { ...evening, averages: alike }).moves).toEqual([]);
    expect(planMoves(fabric(ten), { ...evening, averages: averages.slice(0, 1) }).moves).toEqual([]);
    expect(planMoves(fabric(ten), { ...evening, averages: [] }).moves).toEqual([]);
  });

  it('moves nothing where hosts are alike now', () => {
    expect(planMoves(fabric(ten.slice(0, 2)), evening).moves).toEqual([]);
  });

  it('moves a machine for processors as well as for memory', () => {
    const busy = [machine('a', { processors: 8, load: 90 }), machine('b', { processors: 8, load: 80 })];
    expect(planMoves(fabric(busy), evening).moves).toHaveLength(1);
  });

  it('moves one machine back and forth for nothing: where it gains nothing it stays', () => {
    expect(planMoves(fabric([machine('only', { gb: 40 })]), evening).moves).toEqual([]);
  });

  it('copies no disks, moves nothing that is off, and nothing to a cordoned host', () => {
    const disks = [{ path: 'D:\\a.vhdx', bytes: GB, kind: 'local' as const }];
    expect(planMoves(fabric(ten.map((each) => ({ ...each, disks }))), evening).moves).toEqual([]);
    expect(planMoves(fabric(ten, { cordoned: ['h2'] }), evening).moves).toEqual([]);
    expect(planMoves(fabric(ten), { ...evening, hosts: ['h1'] }).moves).toEqual([]);
  });
});
