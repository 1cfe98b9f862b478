import { rulesHash } from '../../../src/core/policy/rules';
import { touchesOf } from '../../../src/core/policy/touches';
import type { RequestRecord } from '../../../src/core/request/record';
import { refuseWarrant, type Court } from '../../../src/core/request/warrant';
import type { Decision } from '../../../src/core/request/statement';
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

const minute = 60_000;
const court: Court = { verifier: testKeys().verifier, policy, times, now: NOW + minute };

function judge(record: RequestRecord, change: Partial<Court> & { hasBegun?: boolean } = {}): string | null {
  const plan = record.plan;
  if (!plan) throw new Error('the record has no plan');
  const problem = refuseWarrant(record, plan, {
    ...court,
    touches: touchesOf(plan),
    hasBegun: false,
    ...change,
  });
  return problem?.code ?? null;
}

/** The approved record with its decision changed and signed again, as only a thief of the key could. */
function redecided(change: Partial<Decision>): RequestRecord {
  const record = approvedRecord();
  return {
    ...record,
    decisions: record.decisions.map(({ statement }) => signed({ ...statement, ...change })),
  };
}

const wider = { ...onePart, destinations: onePart.destinations.map((each) => ({ ...each, name: 'dc1' })) };

describe('the warrant of an approved plan', () => {
  it('holds for an approval by an approver, in time, of exactly this plan', () => {
    expect(judge(approvedRecord())).toBeNull();
  });

  const refused: [string, RequestRecord, string][] = [
    ['no decision at all', approvedRecord(approver, { decisions: [] }), 'decision.missing'],
    [
      'a decision with somebody else’s signature',
      approvedRecord(approver, {
        decisions: approvedRecord().decisions.map((d) => ({ ...d, signature: 'x' })),
      }),
      'decision.forged',
    ],
    [
      'a decision signed by an unknown key',
      approvedRecord(approver, {
        decisions: approvedRecord().decisions.map((d) => signed(d.statement, testKeys('k2').signer)),
      }),
      'decision.forged',
    ],
    [
      'a plan edited after the decision',
      approvedRecord(approver, { plan: planOf(intake(), { directory: wider }) }),
      'plan.altered',
    ],
    ['a decision about another request', redecided({ intake: 'b'.repeat(32) }), 'plan.altered'],
    ['a decision about another fingerprint', redecided({ fingerprint: 'f'.repeat(64) }), 'plan.altered'],
    ['a decision about other hosts parts', redecided({ hostsDigest: 'f'.repeat(64) }), 'plan.altered'],
    ['a denial', redecided({ verdict: 'deny' }), 'decision.denied'],
    ['an approval by the requester', redecided({ by: requester }), 'decision.self'],
    [
      'an approval by nobody’s approver',
      redecided({ by: { ...approver, user: 'U0OTHER' } }),
      'decision.not-approver',
    ],
    ['a decision after decide-by', redecided({ decideBy: NOW - 1 }), 'decision.times'],
    [
      'a decision that gives itself longer to start',
      redecided({ startBy: NOW + 16 * minute }),
      'decision.times',
    ],
    [
      'a decision that gives itself longer to end',
      redecided({ endBy: NOW + 721 * minute }),
      'decision.times',
    ],
    ['a decision from before the request', redecided({ at: NOW - minute }), 'decision.times'],
    ['a decision from the future', redecided({ at: NOW + 2 * minute }), 'clock.skew'],
    ['a decision under other rules', redecided({ rules: 'f'.repeat(64) }), 'policy.disagrees'],
  ];
  it.each(refused)('refuses %s', (_, record, code) => {
    expect(judge(record)).toBe(code);
  });

  it('refuses a first effect after start-by, and lets a begun run go on until end-by', () => {
    const late = { now: NOW + 16 * minute };
    expect(judge(approvedRecord(), late)).toBe('decision.stale');
    expect(judge(approvedRecord(), { ...late, hasBegun: true })).toBeNull();
    expect(judge(approvedRecord(), { now: NOW + 721 * minute, hasBegun: true })).toBe('decision.stale');
  });

  it('counts distinct approvers, not decisions', () => {
    const two = {
      'delegation-add': {
        requesters: 'anyone' as const,
        approvers: [approver.user, secondApprover.user],
        quorum: 2,
      },
    };
    const rules = (by: RequestRecord['decisions']) =>
      by.map(({ statement }) => signed({ ...statement, rules: hash }));
    const hash = planHash(two);
    const first = approvedRecord().decisions;
    const second = approvedRecord(secondApprover).decisions;
    const same = { ...approvedRecord(), decisions: rules([...first, ...first]) };
    const both = { ...approvedRecord(), decisions: rules([...first, ...second]) };
    expect(judge(same, { policy: two })).toBe('decision.too-few');
    expect(judge(both, { policy: two })).toBeNull();
  });

  it('lets one approver stand for all only by breaking a glass that the rule lets that person break', () => {
    const alone = (breakGlass: string[], change: Partial<Decision> = {}) => {
      const two = {
        'delegation-add': {
          requesters: 'anyone' as const,
          approvers: [approver.user, secondApprover.user],
          quorum: 2,
          breakGlass,
        },
      };
      const said = { rules: planHash(two), breaksGlass: true, reason: 'The cluster is down.', ...change };
      return judge(redecided(said), { policy: two });
    };
    expect(alone([approver.user])).toBeNull();
    expect(alone([approver.user], { breaksGlass: false })).toBe('decision.too-few');
    expect(alone([secondApprover.user])).toBe('decision.too-few');
    expect(alone([approver.user], { reason: 'now' })).toBe('glass.why');
    // A guard is never lowered: who asked is no approver, whatever glass is broken.
    expect(alone([requester.user, approver.user], { by: requester })).toBe('decision.self');
  });

  it('refuses when this worker’s own list of approvers is empty', () => {
    const empty = { 'delegation-add': { requesters: 'anyone' as const, approvers: [], quorum: 1 } };
    const record = { ...approvedRecord(), decisions: redecided({ rules: planHash(empty) }).decisions };
    expect(judge(record, { policy: empty })).toBe('decision.no-approvers');
  });
});

function planHash(rules: Court['policy']): string {
  return rulesHash(rules, [{ kind: 'delegation-add', host: null }]);
}
