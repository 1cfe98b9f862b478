import { requestLines } from '../../../src/jobs/audit/request-lines';
import { everyMoveState, machineId } from '../../bot/support/move-states';

describe('a request with moves on a terminal', () => {
  it('has each machine that may move, and what became of each', () => {
    const record = everyMoveState['moves partial'];
    const lines = record ? requestLines(record) : [];
    expect(lines).toContain('          machines, each to hyper-v02');
    expect(lines).toContain(`            > sql-01 (${machineId(3)}) from hyper-v01, disks to D:\\Hyper-V`);
    expect(
      lines.filter((line) => line.startsWith('Move ')).map((line) => line.replace(/.* \(.*\) /, '')),
    ).toEqual([
      'hyper-v01 > hyper-v02: moved',
      'hyper-v01 > hyper-v02: moved',
      'hyper-v01 > hyper-v02: failed',
    ]);
    expect(lines.join('\n')).toContain('move.failed: sql-01 did not move to hyper-v02');
  });

  it('says of a move that goes on who began it', () => {
    const record = everyMoveState['moves running'];
    const lines = record ? requestLines(record) : [];
    expect(lines.find((line) => line.includes('not resolved yet'))).toContain('sql-01');
  });
});
