import { advance } from '../../../src/core/request/advance';
import { MAX_REPLANS } from '../../../src/core/request/next';
import { newReversal, reversalId } from '../../../src/core/request/new-record';
import type { RequestRecord } from '../../../src/core/request/record';
import { approvedRecord, approver, intake, NOW, planOf, times } from '../../support/request-record';
import { day, inShort, minute, outcome, running, stopped, type Course } from './running';

const parent = approvedRecord(approver, { label: 'R-1001', card: { channel: 'C9' } });
const due = NOW + 10 * 60 * minute;
const held: RequestRecord = { ...newReversal(parent, due), label: 'R-1002', rev: 1, since: NOW };
const warned: RequestRecord = { ...held, reverses: { plan: 1, due, warned: true } };
const { reverses } = held;
const run = (courses: readonly Course[], part: Partial<RequestRecord> = {}): RequestRecord =>
  running(courses, { id: held.id, parent: held.parent, reverses, ...part });
const gone = outcome('changed', { removed: ['a'] });
const proof = { level: 'converged' as const, converged: 2, servers: 2, checks: [], note: '' };
const voided = (count: number) =>
  Array.from({ length: count }, (_, at) => ({ plan: at + 1, sentence: 'changed', at: NOW }));

describe('a reversal', () => {
  it('begins approved, held until it is due, with the statements of its parent', () => {
    expect(newReversal(parent, due)).toMatchObject({
      id: reversalId(parent.id, 1),
      state: 'approved',
      intake: parent.intake,
      card: { channel: 'C9' },
      parent: { id: parent.id, label: 'R-1001' },
      reverses: { plan: 1, due, warned: false },
      plan: null,
      decisions: [],
      steps: [],
      until: null,
    });
  });

  it('has one id for one plan of one parent, and another for another', () => {
    expect(reversalId('a', 1)).toMatch(/^[0-9a-f]{32}$/);
    expect(reversalId('a', 1)).toBe(reversalId('a', 1));
    expect(new Set([reversalId('a', 1), reversalId('a', 2), reversalId('b', 1)]).size).toBe(3);
  });

  const before = due - 900_000;
  it.each<[title: string, record: RequestRecord, now: number, next: string]>([
    ['is held until it is time to warn', held, NOW, `hold until ${before - NOW}`],
    ['is held to the last moment before', held, before - 1, `hold until ${before - NOW}`],
    ['warns then', held, before, 'warn'],
    ['warns late rather than never', held, due - 1, 'warn'],
    ['is held until it is due once it has warned', warned, before, `hold until ${due - NOW}`],
    ['is held until it is due however early it was warned of', warned, NOW, `hold until ${due - NOW}`],
    ['begins when it is due', warned, due, 'ask-effector'],
    ['begins when it is due without a warning', held, due, 'ask-effector'],
    ['begins years later', held, due + 1000 * day, 'ask-effector'],
    [
      'is planned again however long that takes',
      { ...held, state: 'planning' },
      due + 30 * day,
      'ask-effector',
    ],
    ['takes away step by step', run([{ outcome: gone }, {}]), NOW, 'ask-effector'],
    ['goes on long after every approval', run([{ outcome: gone }, {}]), NOW + 100 * day, 'ask-effector'],
    ['resolves what was begun', run([{ begun: true }, { outcome: outcome('failed') }]), NOW, 'ask-effector'],
    [
      'goes on with the others after a failure',
      run([{ outcome: outcome('failed') }, {}]),
      NOW,
      'ask-effector',
    ],
    ['is stuck when one failed', run([{ outcome: gone }, { outcome: outcome('failed') }]), NOW, 'end stuck'],
    [
      'is stuck when one failed and one was stale',
      run([{ outcome: outcome('stale') }, { outcome: outcome('failed') }]),
      NOW,
      'end stuck',
    ],
    ['is planned again when stale', run([{ outcome: outcome('stale') }]), NOW, 'turn-stale'],
    [
      'is planned again when stale after an effect',
      run([{ outcome: gone }, { outcome: outcome('stale') }]),
      NOW,
      'turn-stale',
    ],
    ['waits for a person', run([{ by: 'hand' }]), NOW, 'await-hand'],
    [
      'looks what the person does',
      run([{ by: 'hand' }], { state: 'awaiting-hand' }),
      NOW + 100 * day,
      'look in 30 s',
    ],
    ['is read back', run([{ outcome: gone }]), NOW, 'ask-effector'],
    ['is done with its proof', run([{ outcome: gone }], { proof }), NOW, 'end done'],
    [
      'is watched like others',
      run([{ outcome: gone }], { proof: { ...proof, converged: 1 } }),
      NOW,
      'look in 30 s',
    ],
    ['replans', { ...held, state: 'stale', voided: voided(MAX_REPLANS) }, NOW, 'replan'],
    [
      'is stuck when it is stale once more',
      { ...held, state: 'stale', voided: voided(MAX_REPLANS + 1) },
      NOW,
      'end stuck',
    ],
    ['is over when it is', { ...held, state: 'done', ending: { problem: null, at: NOW } }, NOW, 'nothing'],
  ])('%s', (_title, record, now, next) => {
    expect(inShort(record, now)).toBe(next);
  });

  it('warns a tenth of a short time before, so that nobody hears at once of what ends in seconds', () => {
    const short = { ...newReversal(parent, NOW + 60_000), since: NOW };
    expect(inShort(short, NOW)).toBe('hold until 54000');
    expect(inShort(short, NOW + 53_999)).toBe('hold until 54000');
    expect(inShort(short, NOW + 54_000)).toBe('warn');
  });

  it('warns once: after the warning it is held, and never warns again', () => {
    const seen: string[] = [];
    let record = held;
    for (let now = NOW; now <= due; now += 10 * minute) {
      const next = advance(record, now, times);
      if (next.do === 'warn') record = warned;
      seen.push(next.do);
    }
    expect(seen.filter((each) => each === 'warn')).toHaveLength(1);
    expect(seen.at(-1)).toBe('ask-effector');
  });

  it('is not stopped by anybody: it only takes away', () => {
    expect(inShort(stopped(held))).toBe(inShort(held));
    expect(inShort(stopped(run([{}])))).toBe('ask-effector');
  });

  it('says what it is about when it is stuck, why, and what to do', () => {
    const failed = outcome('failed', { problem: { code: 'c', summary: 'Access denied.', remedy: 'Ask.' } });
    expect(advance(run([{ outcome: failed }]), NOW, times)).toEqual({
      do: 'end',
      state: 'stuck',
      problem: {
        code: 'reversal.stuck',
        summary: 'What R-1001 added for a time could not all be taken away again. Access denied.',
        remedy: 'Ask.',
      },
    });
    const stale = { ...held, state: 'stale' as const, voided: voided(4) };
    expect(advance(stale, NOW, times)).toMatchObject({
      problem: {
        summary: 'What R-1001 added for a time could not all be taken away again.',
        remedy: 'Take it away with /undelegate, or ask a domain administrator.',
      },
    });
  });

  it('is no reversal without its mark: then the time of an approval counts', () => {
    expect(inShort({ ...held, reverses: null }, NOW)).toBe('end failed');
    expect(planOf(intake()).number).toBe(held.reverses?.plan);
  });
});
