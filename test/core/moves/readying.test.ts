import type { First } from '../../../src/core/moves/envelope';
import { owesStart } from '../../../src/core/moves/move-step';
import { newMove } from '../../../src/core/moves/new-moves';
import { notBegun } from '../../../src/core/moves/readying';
import { machineBefore, moveOutcome } from '../../support/move-journal';

const machine = { machine: 'id', name: 'web-01', from: 'hyper-v01', to: 'hyper-v02', storage: null };

/** A machine that its host was told to stop, whose move did not begin. */
function left(first: First, state: 'running' | 'paused') {
  const before = machineBefore({ state, heartbeat: 'none' });
  return {
    ...newMove({ ...machine, first }),
    readied: { at: 0, worker: 'w1', before, doneAt: 0 },
    outcome: moveOutcome('left', { at: 1 }),
  };
}

describe('a machine that was made ready and not moved', () => {
  it.each<[First, 'running' | 'paused', boolean, string]>([
    ['shut-down', 'running', true, 'It is started again where it is.'],
    ['save', 'running', true, 'It is started again where it is.'],
    ['save', 'paused', false, 'It stays saved where it is.'],
    ['eject', 'running', false, 'could not begin.'],
  ])('by %s is started again where it ran: it was %s', (first, state, isOwed, said) => {
    const step = left(first, state);
    expect(owesStart(step)).toBe(isOwed);
    expect(notBegun(step).summary.endsWith(said)).toBe(true);
  });
});
