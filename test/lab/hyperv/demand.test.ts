import { demandAt } from '../../../lab/hyperv/demand';
import { practiceFabric } from '../../../lab/hyperv/practice-fabric';
import { readingOf } from '../../../lab/hyperv/readings';

const NOW = 1_764_000_000_000;
const MINUTE = 60_000;
const { hosts, machines } = practiceFabric(NOW);
const day = Array.from({ length: 24 * 60 }, (_, at) => NOW + at * MINUTE);

describe('what machines ask for', () => {
  it.each(machines.map((machine) => [machine.name, machine] as const))(
    'is as usual at first, changes, and stays within what %s can have',
    (_, machine) => {
      const { load, memory } = machine;
      const first = demandAt(machine, NOW);
      expect(first.load).toBeCloseTo(load);
      expect(first.memoryBytes / memory.demandBytes).toBeCloseTo(1);
      const all = day.map((at) => demandAt(machine, at));
      const loads = all.map((each) => each.load);
      const bytes = all.map((each) => each.memoryBytes);
      expect(Math.max(...loads)).toBeLessThanOrEqual(1);
      expect(Math.max(...bytes)).toBeLessThanOrEqual(memory.assignedBytes);
      expect(Math.max(...loads) / Math.min(...loads)).toBeGreaterThan(1.5);
      expect(Math.max(...bytes) / Math.min(...bytes)).toBeGreaterThan(1.1);
    },
  );

  it('shows in what is read of a machine and of its host', () => {
    const [host] = hosts;
    if (!host) throw new Error('no host');
    const read = (at: number) => readingOf(host, { machines, moves: [], copies: [] }, at).facts;
    const loads = day.map((at) => read(at)?.load ?? 0);
    expect(Math.max(...loads)).toBeGreaterThan(Math.min(...loads) + 3);
    const named = (at: number) => read(at)?.machines.find(({ name }) => name === 'sql-01');
    const [early, late] = [named(NOW), named(NOW + 50 * MINUTE)];
    expect(late?.load).not.toBe(early?.load);
    expect(late?.memory.demand).not.toBe(early?.memory.demand);
    expect(late?.memory.assigned).toBe(early?.memory.assigned);
  });
});
