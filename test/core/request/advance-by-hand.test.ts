import type { RequestRecord } from '../../../src/core/request/record';
import { approvedRecord, approver, NOW } from '../../support/request-record';
import { day, inShort, minute, outcome, running, stopped, type Course } from './running';

const done = outcome('changed', { added: ['a'] });
const byHand = outcome('by-hand', { added: ['b'] });
const proof = { level: 'converged' as const, converged: 2, servers: 2, checks: [], note: '' };
const hand = (part: Course = {}): Course => ({ by: 'hand', ...part });
const awaiting = (...courses: readonly Course[]): RequestRecord =>
  running(courses, { state: 'awaiting-hand' });

describe('a step by hand', () => {
  it.each<[title: string, record: RequestRecord, now: number, next: string]>([
    ['comes after what the worker does', running([{}, hand()]), NOW, 'ask-effector'],
    ['comes after it, whatever the order of the plan', running([hand(), {}]), NOW, 'ask-effector'],
    ['is waited for then', running([{ outcome: done }, hand()]), NOW, 'await-hand'],
    ['is waited for where it is all there is', running([hand(), hand()]), NOW, 'await-hand'],
    ['is looked at again and again', awaiting({ outcome: done }, hand()), NOW, 'look in 30 s'],
    ['is waited for seven days', awaiting(hand()), NOW + 7 * day, 'look in 30 s'],
    ['is looked at once more after that', awaiting(hand()), NOW + 7 * day + 1, 'ask-effector'],
    ['fails ten minutes later', awaiting(hand()), NOW + 7 * day + 10 * minute + 1, 'end failed'],
    [
      'fails then though nobody had waited yet',
      running([hand()]),
      NOW + 7 * day + 10 * minute + 1,
      'end failed',
    ],
    [
      'is partial then where something was done',
      awaiting({ outcome: done }, hand()),
      NOW + 7 * day + 10 * minute + 1,
      'end partial',
    ],
    [
      'is partial after that where a person did a part',
      awaiting(hand({ outcome: byHand }), hand()),
      NOW + 8 * day,
      'end partial',
    ],
    ['lets the worker have seven days too', running([{}, hand()]), NOW + 7 * day, 'ask-effector'],
    [
      'is not waited for after a failure',
      running([{ outcome: outcome('failed') }, hand()]),
      NOW,
      'end failed',
    ],
    [
      'is not waited for after a failure beside an effect',
      running([{ outcome: done }, { outcome: outcome('failed') }, hand()]),
      NOW,
      'end partial',
    ],
    [
      'is not waited for when the plan is stale',
      running([{ outcome: outcome('stale') }, hand()]),
      NOW,
      'turn-stale',
    ],
    [
      'is waited for when the other was so already',
      running([{ outcome: outcome('already-so') }, hand()]),
      NOW,
      'await-hand',
    ],
    ['makes the plan stale when it is', running([hand({ outcome: outcome('stale') })]), NOW, 'turn-stale'],
    [
      'is partial when it is stale after an effect',
      running([{ outcome: done }, hand({ outcome: outcome('stale') })]),
      NOW,
      'end partial',
    ],
    [
      'is proved once it is done',
      running([{ outcome: done }, hand({ outcome: byHand })]),
      NOW,
      'ask-effector',
    ],
    ['is done with its proof', running([hand({ outcome: byHand })], { proof }), NOW, 'end done'],
    [
      'counts as an effect when only the trust mode was set',
      running([hand({ outcome: outcome('by-hand', { trusted: true }) }), hand()]),
      NOW + 8 * day,
      'end partial',
    ],
    [
      'counts as an effect when values were only kept',
      running([{ outcome: outcome('changed', { kept: ['a'] }) }, hand()]),
      NOW + 8 * day,
      'end partial',
    ],
  ])('%s', (_title, record, now, next) => {
    expect(inShort(record, now)).toBe(next);
  });

  it('is what makes seven days of twelve hours', () => {
    const late = NOW + 12 * 60 * minute + 1;
    expect(inShort(running([{}]), late)).toBe('end failed');
    expect(inShort(running([{}, hand()]), late)).toBe('ask-effector');
  });
});

describe('a stop', () => {
  it.each<[title: string, record: RequestRecord, next: string]>([
    ['ends what was approved and not begun', approvedRecord(), 'end stopped'],
    ['ends a run before its first step', running([{}, {}]), 'end stopped'],
    ['ends it between two steps', running([{ outcome: done }, {}]), 'end stopped'],
    ['waits for a step that was begun to be resolved', running([{ begun: true }, {}]), 'ask-effector'],
    ['waits for it in the middle too', running([{ outcome: done }, { begun: true }, {}]), 'ask-effector'],
    ['waits for it while a person is waited for', awaiting({ begun: true }, hand()), 'ask-effector'],
    ['ends it once that is known', running([{ begun: true, outcome: done }, {}]), 'end stopped'],
    ['ends it after a failure', running([{ begun: true, outcome: outcome('failed') }, {}]), 'end stopped'],
    ['ends it rather than planning it again', running([{ outcome: outcome('stale') }]), 'end stopped'],
    ['looks once more at what a person does', awaiting({ outcome: done }, hand()), 'ask-effector'],
    ['looks at it before a person is waited for', running([{ outcome: done }, hand()]), 'ask-effector'],
    ['comes too late when all is done', running([{ begun: true, outcome: done }]), 'ask-effector'],
    ['leaves a proved result alone', running([{ begun: true, outcome: done }], { proof }), 'end done'],
  ])('%s', (_title, record, next) => {
    expect(inShort(stopped(record))).toBe(next);
  });

  it('resolves what was begun however late', () => {
    expect(inShort(stopped(running([{ begun: true }])), NOW + 30 * day)).toBe('ask-effector');
  });

  it('ends the waiting for a person when that look comes to nothing', () => {
    const record = stopped(awaiting({ outcome: done }, hand()));
    expect(inShort(record, NOW + 10 * minute + 1)).toBe('end stopped');
  });

  it('is what a withdrawal is not', () => {
    const record = stopped(running([{}]));
    const [said] = record.instructions;
    if (!said) throw new Error('nothing was said');
    const withdrawn = { ...said, statement: { ...said.statement, what: 'withdraw' as const, by: approver } };
    expect(inShort({ ...record, instructions: [withdrawn] })).toBe('ask-effector');
  });
});

describe('a result that is being watched', () => {
  const partly = { ...proof, level: 'proved' as const, converged: 1 };
  const written = (at: number) => running([{ outcome: { ...done, at } }], { proof: partly });

  it.each<[title: string, record: RequestRecord, now: number, next: string]>([
    ['is looked at while it is not everywhere', written(NOW), NOW, 'look in 30 s'],
    ['is looked at until the time of convergence is over', written(NOW), NOW + 900_000 - 1, 'look in 30 s'],
    ['is done then', written(NOW), NOW + 900_000, 'end done'],
    ['is done as soon as it is everywhere', { ...written(NOW), proof }, NOW, 'end done'],
    [
      'counts from the last of its steps',
      running([{ outcome: done }, { outcome: { ...done, at: NOW + minute } }], { proof: partly }),
      NOW + 900_000,
      'look in 30 s',
    ],
    [
      'is done when nobody had to be asked',
      running([{ outcome: done }], { proof: { ...proof, converged: 0, servers: 0 } }),
      NOW,
      'end done',
    ],
    [
      'is asked for until ten minutes are over',
      running([{ outcome: done }]),
      NOW + 10 * minute - 1,
      'ask-effector',
    ],
    ['is done without a proof then', running([{ outcome: done }]), NOW + 10 * minute, 'end done'],
  ])('%s', (_title, record, now, next) => {
    expect(inShort(record, now)).toBe(next);
  });
});
