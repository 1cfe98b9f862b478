import type { DirectoryPart } from '../../../src/core/delegation/plan';
import { planKinds } from '../../../src/core/delegation/plan-change';
import { writtenBy } from '../../../src/core/request/decision-times';
import { planDigests } from '../../../src/core/request/fingerprint';
import { rulesFor, rulesHash } from '../../../src/core/policy/rules';
import { ruleName } from '../../../src/core/policy/votes';
import { touchesOf } from '../../../src/core/policy/touches';
import type { RequestRecord } from '../../../src/core/request/record';
import type { Decision } from '../../../src/core/request/statement';
import { approvedAt, refuseWarrant, type Court } from '../../../src/core/request/warrant';
import {
  approvedRecord,
  approver,
  intake,
  NOW,
  onePart,
  planOf,
  policy,
  requester,
  secondApprover,
  signed,
  testKeys,
  times,
} from '../../support/request-record';
import { day, minute, running } from './running';

const court: Court = { verifier: testKeys().verifier, policy, times, now: NOW + minute };
const byHand = running([{}, { by: 'hand' }]);
const ofWorker = running([{}, {}]);

function judge(record: RequestRecord, change: Partial<Court> & { hasBegun?: boolean } = {}): string | null {
  const { plan } = record;
  if (!plan) throw new Error('the record has no plan');
  const problem = refuseWarrant(record, plan, {
    ...court,
    touches: touchesOf(plan),
    hasBegun: false,
    ...change,
  });
  return problem?.code ?? null;
}

/** The decisions changed and signed again, as only a thief of the key could. */
function redecided(record: RequestRecord, change: Partial<Decision>): RequestRecord {
  const decisions = record.decisions.map(({ statement }) => signed({ ...statement, ...change }));
  return { ...record, decisions };
}

describe('the warrant of a plan with a step by hand', () => {
  it('gives seven days instead of twelve hours, and no longer to begin', () => {
    const [decision] = byHand.decisions;
    expect(decision?.statement).toMatchObject({ startBy: NOW + 15 * minute, endBy: NOW + 7 * day });
    expect(ofWorker.decisions[0]?.statement.endBy).toBe(NOW + 12 * 60 * minute);
    expect(writtenBy({ ...planOf(intake()), directory: onePart }, NOW, times)).toBe(NOW + 12 * 60 * minute);
  });

  it('lets a begun run go on until then', () => {
    expect(judge(byHand, { now: NOW + 7 * day, hasBegun: true })).toBeNull();
    expect(judge(byHand, { now: NOW + 7 * day + 1, hasBegun: true })).toBe('decision.stale');
    expect(judge(byHand, { now: NOW + 16 * minute })).toBe('decision.stale');
    expect(judge(ofWorker, { now: NOW + 12 * 60 * minute + 1, hasBegun: true })).toBe('decision.stale');
  });

  it('refuses more than this worker’s own settings give, and seven days for what a worker does', () => {
    expect(judge(redecided(byHand, { endBy: NOW + 7 * day + 1 }))).toBe('decision.times');
    expect(judge(redecided(ofWorker, { endBy: NOW + 12 * 60 * minute + 1 }))).toBe('decision.times');
    expect(judge(byHand, { times: { ...times, handMinutes: 60 } })).toBe('decision.times');
  });

  it('takes nobody’s word for who carries it out but the decided plan’s', () => {
    const { plan } = ofWorker;
    if (!plan) throw new Error('no plan');
    const changes = plan.directory.changes.map((change) => ({ ...change, by: 'hand' as const }));
    const edited = { ...ofWorker, plan: { ...plan, directory: { ...plan.directory, changes } } };
    expect(judge(redecided(edited, { endBy: NOW + 7 * day }))).toBe('plan.altered');
  });
});

describe('the warrant of a plan with a trust mode', () => {
  const trust: DirectoryPart['changes'][number] = {
    kind: 'trust-mode',
    guid: onePart.changes[0]?.guid ?? '',
    dn: 'CN=a',
    name: 'hyper-v01',
    by: 'worker',
    attribute: 'userAccountControl',
    before: 0x1000,
    after: 0x100_1000,
  };
  const rule = { requesters: 'anyone' as const, approvers: [approver.user, secondApprover.user], quorum: 1 };
  const both = { 'delegation-add': rule, 'trust-mode': rule };
  const plan = planOf(intake(), { directory: { ...onePart, changes: [...onePart.changes, trust] } });
  const decidedUnder = (rules: Court['policy']): RequestRecord => {
    const applied = rulesFor(rules, touchesOf(plan)).filter((each) => each.rule);
    const votesFor = applied.map(ruleName);
    const words = { ...planDigests(intake(), plan), rules: rulesHash(rules, touchesOf(plan)), votesFor };
    return redecided(approvedRecord(approver, { plan }), words);
  };

  it('needs both kinds in the policy: whoever may ask for a delegation may not for a trust mode', () => {
    expect(planKinds(plan.directory)).toEqual(['delegation-add', 'trust-mode']);
    expect(judge(decidedUnder(both), { policy: both })).toBeNull();
    // A kind without a rule: nobody may ask for it, and nobody approve it.
    expect(judge(decidedUnder(policy))).toBe('request.not-allowed');
    const closed = { ...both, 'trust-mode': { ...rule, requesters: [approver.user] } };
    expect(judge(decidedUnder(closed), { policy: closed })).toBe('request.not-allowed');
    const others = { ...both, 'trust-mode': { ...rule, approvers: [secondApprover.user] } };
    // A vote for a rule that its person is no approver of voids all of it.
    expect(judge(decidedUnder(others), { policy: others })).toBe('decision.not-approver');
    const two = { ...both, 'trust-mode': { ...rule, quorum: 2 } };
    expect(judge(decidedUnder(two), { policy: two })).toBe('decision.too-few');
    expect(judge(decidedUnder(policy), { policy: both })).toBe('policy.disagrees');
  });
});

describe('when a plan was approved', () => {
  const when = (record: RequestRecord, now = NOW + 1000 * day): number | string => {
    const { plan } = record;
    if (!plan) throw new Error('the record has no plan');
    const answer = approvedAt(record, plan, { verifier: court.verifier, now });
    return 'problem' in answer ? answer.problem.code : answer.at;
  };

  it('is known for ever, whatever time and policy say by now', () => {
    expect(when(approvedRecord())).toBe(NOW);
    expect(when(redecided(approvedRecord(), { endBy: 0, startBy: 0, rules: 'x', by: requester }))).toBe(NOW);
  });

  it('is the first of several approvals of this plan', () => {
    const [first] = approvedRecord().decisions;
    const [second] = approvedRecord(secondApprover).decisions;
    if (!first || !second) throw new Error('no decision');
    const late = signed({ ...second.statement, at: NOW + minute });
    const other = signed({ ...second.statement, plan: 2, at: NOW - minute });
    for (const decisions of [
      [first, late],
      [late, first],
      [other, late, first],
    ]) {
      expect(when({ ...approvedRecord(), decisions })).toBe(NOW);
    }
  });

  it.each<[title: string, record: RequestRecord, code: string]>([
    ['nobody decided', approvedRecord(approver, { decisions: [] }), 'decision.missing'],
    ['only another plan was decided', redecided(approvedRecord(), { plan: 2 }), 'decision.missing'],
    ['it was denied', redecided(approvedRecord(), { verdict: 'deny' }), 'decision.denied'],
    [
      'another plan stands there now',
      redecided(approvedRecord(), { directoryDigest: 'f'.repeat(64) }),
      'plan.altered',
    ],
    ['it is another request’s', redecided(approvedRecord(), { intake: 'b'.repeat(32) }), 'plan.altered'],
    [
      'the decision is not the bot’s',
      approvedRecord(approver, {
        decisions: approvedRecord().decisions.map((d) => ({ ...d, signature: 'x' })),
      }),
      'decision.forged',
    ],
  ])('is not known when %s', (_title, record, code) => {
    expect(when(record)).toBe(code);
  });

  it('is not believed when it lies ahead', () => {
    expect(when(approvedRecord(), NOW - minute)).toBe('clock.skew');
  });
});
