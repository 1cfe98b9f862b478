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

  it('makes no move that gains too little', () => {
    const small = Array.from({ length: 40 }, (_, at) => machine(`s${at}`, { gb: 1, load: 0 }));
    const with1 = (gainPercent: number) => {
      const input = fabric(small);
      return planMoves({ ...input, settings: { ...input.settings, gainPercent } }, evening).moves.length;
    };
    expect(with1(1)).toBeGreaterThan(0);
    expect(with1(2)).toBe(0);
  });

  it('looks again at what it leaves: a machine goes on where it could not go at once', () => {
    const hosts = ['h1', 'h2', 'h3'].map((host) =>
      heard(host, facts(host, host === 'h1' ? [...ten, machine('m10', { gb: 5, processors: 1 })] : [])),
    );
    const delegated = [
      { from: 'h1', to: 'h2' },
      { from: 'h2', to: 'h3' },
    ];
    const input = planInput(hosts, { delegated, noDelegate: true });
    const plan = planMoves(input, evening);
    expect(plan.moves.some(({ to }) => to === 'h3')).toBe(true);
    expect(planMoves(inputAfter(input, plan), evening).moves).toEqual([]);
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
