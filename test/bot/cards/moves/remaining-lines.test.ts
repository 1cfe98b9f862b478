import { remainingLines } from '../../../../src/bot/cards/moves/remaining-lines';
import type { Plan } from '../../../../src/core/delegation/plan';

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
    expect(remainingLines({ remaining, plan })).toEqual([
      '■ Left on a: 2 machines: sql-07 (pass-through disk) and web-01.',
      '■ Left on c: 1 machine: sql-07.',
    ]);
  });

  it('is nothing before anybody has looked', () => {
    expect(remainingLines({ remaining: null, plan })).toEqual([]);
  });
});
