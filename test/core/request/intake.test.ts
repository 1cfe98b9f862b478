import { newReversal } from '../../../src/core/request/new-record';
import { touchesAsked } from '../../../src/core/policy/touches';
import type { RequestRecord } from '../../../src/core/request/record';
import { readIntake, type Court } from '../../../src/core/request/warrant';
import {
  approvedRecord,
  approver,
  intake,
  NOW,
  policy,
  signed,
  testKeys,
  times,
} from '../../support/request-record';
import { onboardAsk, retireAsk, undoAsk } from '../delegation/asks';
import { asked } from '../delegation/many-hosts';

const minute = 60_000;
const court: Court = { verifier: testKeys().verifier, policy, times, now: NOW + minute };
const read = (record: RequestRecord, change: Partial<Court> = {}) => {
  const answer = readIntake(record, { ...court, ...change });
  return 'problem' in answer ? answer.problem.code : JSON.stringify(answer.ask);
};

describe('reading an intake', () => {
  const base = approvedRecord();

  it('gives the ask of a signed intake', () => {
    expect(read(base)).toContain('"hyper-v01"');
  });

  const cases: [string, RequestRecord, string][] = [
    [
      'an edited requester',
      { ...base, intake: { ...base.intake, statement: intake({ by: approver }) } },
      'intake.forged',
    ],
    [
      'another request’s intake',
      { ...base, intake: signed(intake({ id: 'b'.repeat(32) })) },
      'intake.swapped',
    ],
    [
      'an intake from the future',
      { ...base, intake: signed(intake({ at: NOW + 2 * minute })) },
      'clock.skew',
    ],
    [
      'a command that is none',
      { ...base, intake: signed(intake({ command: 'delegate everything' })) },
      'intake.unreadable',
    ],
  ];
  it.each(cases)('refuses %s', (_, record, code) => {
    expect(read(record)).toBe(code);
  });

  it('refuses a requester whom the worker’s own policy does not know', () => {
    const closed = { 'delegation-add': { requesters: [], approvers: [approver.user], quorum: 1 } };
    expect(read(base, { policy: closed })).toBe('request.not-allowed');
    expect(read(base, { policy: {} })).toBe('request.not-allowed');
  });
});

describe('reading the intake of a reversal', () => {
  const parent = approvedRecord();
  const reversal = newReversal(parent, NOW);

  it('gives the ask of its parent, whose signed intake it carries', () => {
    expect(reversal.id).not.toBe(parent.id);
    expect(read(reversal)).toBe(read(parent));
  });

  it('asks no policy: what was approved is taken away whatever is thought of it by now', () => {
    expect(read(reversal, { policy: {} })).toBe(read(parent));
    expect(read(parent, { policy: {} })).toBe('request.not-allowed');
  });

  it.each<[title: string, record: RequestRecord, code: string]>([
    [
      'that names another parent',
      { ...reversal, parent: { id: 'b'.repeat(32), label: 'R-1' } },
      'intake.swapped',
    ],
    ['that names no parent', { ...reversal, parent: null }, 'intake.swapped'],
    ['that is marked as none', { ...reversal, reverses: null }, 'intake.swapped'],
    ['with another intake', { ...reversal, intake: signed(intake({ id: reversal.id })) }, 'intake.swapped'],
    [
      'with an edited intake',
      { ...reversal, intake: { ...reversal.intake, statement: intake({ by: approver }) } },
      'intake.forged',
    ],
  ])('refuses one %s', (_title, record, code) => {
    expect(read(record)).toBe(code);
  });

  it('refuses a request that is marked as a reversal to slip past the policy', () => {
    expect(read({ ...parent, reverses: reversal.reverses }, { policy: {} })).toBe('intake.swapped');
    const self = { id: parent.id, label: parent.label };
    // Then it is its own reversal: it may only take away what it was approved to add.
    expect(read({ ...parent, reverses: reversal.reverses, parent: self }, { policy: {} })).toBe(read(parent));
  });
});

describe('the kinds that an ask surely leads to', () => {
  it.each([
    [asked('delegate a -> b'), ['delegation-add']],
    [asked('delegate a -> b', { protocol: 'kerberos' }), ['delegation-add']],
    [asked('delegate a -> b', { protocol: 'any' }), ['delegation-add', 'trust-mode']],
    [onboardAsk('a'), ['delegation-add', 'trust-mode']],
    [asked('undelegate a -> b'), ['delegation-remove']],
    [retireAsk('a'), ['delegation-remove']],
    [undoAsk(), []],
  ])('are known before there is a plan: %j', (ask, kinds) => {
    expect([...new Set(touchesAsked(ask).map(({ kind }) => kind))]).toEqual(kinds);
  });
});
