import { keptEmpty } from '../../../src/core/moves/kept-empty';
import type { MoveOutcome } from '../../../src/core/moves/move-step';
import type { RequestRecord } from '../../../src/core/request/record';
import { moveStep } from '../../bot/support/move-states';
import { intake, NOW, recordOf, signed } from '../../support/request-record';
import { machineBefore, moveOutcome } from '../../support/move-journal';

const ending = { problem: null, at: NOW };
const drain = (change: Partial<RequestRecord>, command = 'drain hyper-v01,hyper-v02'): RequestRecord =>
  recordOf({ intake: signed(intake({ command })), ...change });
const begun = { at: NOW, worker: 'w1', before: machineBefore({ at: NOW }) };
const ended = (...kinds: MoveOutcome['kind'][]) => ({
  state: 'partial' as const,
  ending,
  moves: kinds.map((kind, at) =>
    moveStep(at + 1, {
      outcome: moveOutcome(kind, { at: NOW }),
    }),
  ),
});

describe('the hosts that a request keeps machines off', () => {
  it.each<[string, readonly string[], RequestRecord]>([
    ['none before its approval', [], drain({ state: 'waiting' })],
    ['those of an approved drain', ['hyper-v01', 'hyper-v02'], drain({ state: 'approved' })],
    ['those of a drain under way', ['hyper-v01', 'hyper-v02'], drain({ state: 'running' })],
    [
      'none while it waits for its window',
      [],
      drain({ state: 'running' }, 'drain hyper-v01 --at "Sat 02:00"'),
    ],
    [
      'those of a drain that has begun in its window',
      ['hyper-v01'],
      drain(
        { state: 'running', moves: [moveStep(1, { intent: begun })] },
        'drain hyper-v01 --at "Sat 02:00"',
      ),
    ],
    ['none while it is planned anew', [], drain({ state: 'planning' })],
    ['none after it was stopped before any move', [], drain({ state: 'stopped', ending })],
    ['none after nothing could be moved', [], drain(ended('failed', 'failed'))],
    ['those of a drain that has moved one', ['hyper-v01', 'hyper-v02'], drain(ended('failed', 'moved'))],
    ['those of a drain that left one to a person', ['hyper-v01', 'hyper-v02'], drain(ended('stuck'))],
    ['none of any other moves', [], drain({ state: 'running' }, 'migrate web-01 -> hyper-v02')],
    ['none where the command cannot be read', [], drain({ state: 'running' }, 'drain ???')],
  ])('are %s', (_, hosts, record) => {
    expect(keptEmpty(record)).toEqual(hosts);
  });
});
