import { leftMs } from '../../../src/core/moves/left-time';
import { everyMoveState, machineId } from '../../bot/support/move-states';
import { NOW } from '../../support/request-record';

const record = everyMoveState['moves running'];
if (!record) throw new Error('there is no such state');
const [moved, waiting, begun] = record.moves;
if (!moved?.outcome || !waiting || !begun) throw new Error('the state has other moves');
const forecast = {
  ...(record.plan?.forecast ?? { staying: [], summary: [], hosts: [], ms: 0 }),
  moves: [moved, waiting, begun].map(({ machine, name }) => ({
    machine,
    name,
    from: 'a',
    to: 'b',
    kind: 'live' as const,
    storage: null,
    bytes: 1_000,
    ms: 1,
  })),
};
const later = { ...moved, outcome: { ...moved.outcome, at: NOW + 60_000 } };

describe('how long moves still take', () => {
  it('is by the bytes that went over so far, what goes on with its share', () => {
    expect(leftMs([later, waiting, begun], forecast, [])).toBe(120_000);
    const half = [{ machine: machineId(3), percent: 50, since: NOW + 90_000 }];
    expect(leftMs([later, waiting, begun], forecast, half)).toBe(90_000);
    const failed = {
      ...later,
      machine: waiting.machine,
      outcome: { ...later.outcome, kind: 'failed' as const },
    };
    expect(leftMs([later, failed, begun], forecast, [])).toBe(60_000);
  });

  it('is not known before anything has come over, without a forecast, and of what is over', () => {
    expect(leftMs([waiting, begun], forecast, [])).toBeNull();
    expect(leftMs([later, waiting], null, [])).toBeNull();
    expect(leftMs([later], forecast, [])).toBeNull();
  });
});
