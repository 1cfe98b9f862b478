import { keptLines, remainingLines } from '../../../../src/bot/cards/moves/remaining-lines';
import type { Plan } from '../../../../src/core/delegation/plan';
import { intake, NOW, recordOf, signed } from '../../../support/request-record';
import { moveStep } from '../../support/move-states';
import { moveOutcome } from '../../../support/move-journal';

const staying = {
  machine: '7',
  name: 'sql-07',
  host: 'a',
  short: 'pass-through disk',
  reasons: [],
  choices: [],
};
// SAFETY: only what is foreseen to stay is read of a plan.
const plan = { forecast: { staying: [staying] } } as unknown as Plan;

describe('what is left on a host', () => {
  it('is told by name for each host that is not empty, with why where the plan has said so', () => {
    const remaining = [
      { host: 'a', machines: ['sql-07', 'web-01'] },
      { host: 'b', machines: [] },
      { host: 'c', machines: ['sql-07'] },
    ];
    expect(remainingLines({ remaining, plan, moves: [] })).toEqual([
      '■ Left on a: 2 machines: sql-07 (pass-through disk) and web-01.',
      '■ Left on c: 1 machine: sql-07.',
    ]);
  });

  it('is nothing before anybody has looked', () => {
    expect(remainingLines({ remaining: null, plan, moves: [] })).toEqual([]);
  });
});

describe('that a drain keeps machines off', () => {
  const moved = moveStep(1, {
    outcome: moveOutcome('moved', { at: NOW }),
  });
  const record = recordOf({
    intake: signed(intake({ command: 'drain hyper-v01' })),
    state: 'done',
    moves: [moved],
    ending: { problem: null, at: NOW },
  });

  it('is told at its end, with what ends it', () => {
    expect(keptLines(record)).toEqual([
      '⛔ No machine is put on hyper-v01 before its machines are back (/hv return hyper-v01), or somebody says /hv uncordon hyper-v01.',
    ]);
  });

  it('is not told while it goes on, or where nothing has left', () => {
    expect(keptLines({ ...record, state: 'running', ending: null })).toEqual([]);
    expect(keptLines({ ...record, moves: [moveStep(1)] })).toEqual([]);
  });
});
