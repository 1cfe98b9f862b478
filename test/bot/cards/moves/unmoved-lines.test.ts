import { unmovedLines } from '../../../../src/bot/cards/moves/unmoved-lines';
import { newMove } from '../../../../src/core/moves/new-moves';
import { over } from '../../support/move-states';
import { machineBefore } from '../../../support/move-journal';

describe('a machine that was saved for its move and not moved', () => {
  it.each<['running' | 'paused', string]>([
    ['paused', 'web-01 is still on hyper-v01, saved.'],
    ['running', 'web-01 is still on hyper-v01.'],
  ])('is said to be so where it is not started again: it was %s', (state, said) => {
    const before = machineBefore({ state, heartbeat: 'none' });
    const way = { machine: 'id', name: 'web-01', from: 'hyper-v01', to: 'hyper-v02', storage: null };
    const readied = { at: 0, worker: 'w1', before, doneAt: 1 };
    const [line] = unmovedLines([{ ...newMove({ ...way, first: 'save' }), readied, ...over('failed') }]);
    expect(line).toContain(said);
  });
});
