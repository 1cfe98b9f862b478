import { readMoves } from '../../../src/jobs/hyperv/move-answer';

const job = {
  id: 'job-1',
  machine: 'web',
  to: 'hyper-v02',
  type: 32_768,
  startedAt: 5,
  percent: 40,
  state: 4,
  code: '0',
  message: '',
};
const readOne = (change: object) => readMoves([{ ...job, ...change }], 'hyper-v01')?.[0];

describe('what a host shows of its moves', () => {
  it.each<[string, object, object]>([
    ['a move to another host', {}, { from: 'hyper-v01', to: 'hyper-v02', state: 'running', failure: null }],
    ['a destination in full', { to: 'HYPER-V02.mabofeng.com' }, { from: 'hyper-v01', to: 'hyper-v02' }],
    ['a move of storage', { to: '', type: 32_769 }, { from: 'hyper-v01', to: 'hyper-v01' }],
    [
      'a move of storage by its own name',
      { to: 'hyper-v01', type: 32_769 },
      { from: 'hyper-v01', to: 'hyper-v01' },
    ],
    ['a move that comes in', { to: 'hyper-v01' }, { from: null, to: 'hyper-v01' }],
    ['a job without a time', { startedAt: -1 }, { startedAt: null }],
    ['one that is over', { state: 7, percent: 100 }, { state: 'done', failure: null }],
    ['one that is over with a warning', { state: 32_768 }, { state: 'done', failure: null }],
    ['one that is suspended', { state: 5 }, { state: 'running' }],
    [
      'one that was killed',
      { state: 9, code: '21502', message: 'why' },
      { state: 'failed', failure: { code: '21502', message: 'why' } },
    ],
    [
      'one that failed below',
      { state: 10, code: '32768', message: 'No credentials (0x8009030e).' },
      { failure: { code: '0x8009030E', message: 'No credentials (0x8009030e).' } },
    ],
    [
      'one that says nothing more',
      { state: 10, code: '32768', message: 'failed' },
      { failure: { code: '32768' } },
    ],
  ])('%s', (_, change, expected) => {
    expect(readOne(change)).toMatchObject(expected);
  });

  it('is nothing, and no answer, where it is none', () => {
    expect(readMoves(null, 'hyper-v01')).toEqual([]);
    expect(readMoves([{ ...job, percent: 'half' }], 'hyper-v01')).toBeNull();
    expect(readMoves('text', 'hyper-v01')).toBeNull();
  });
});
