import fc from 'fast-check';
import { advance } from '../../../src/core/request/advance';
import { refuseApprover, refuseRequester, rulesHash } from '../../../src/core/request/policy';
import { ARROWS, mayGo, type State } from '../../../src/core/request/states';
import type { Policy } from '../../../src/core/settings';
import { approvedRecord, approver, NOW } from '../../support/request-record';

const user = fc.constantFrom('U0A', 'U0B', 'U0C', 'U0D');
const person = fc.record({
  enterprise: fc.constantFrom(null, 'E1'),
  team: fc.constantFrom('T1', 'T2'),
  user,
});
const policies: fc.Arbitrary<Policy> = fc.record(
  {
    'delegation-add': fc.record({
      requesters: fc.oneof(fc.constant('anyone' as const), fc.array(user)),
      approvers: fc.array(user),
      quorum: fc.integer({ min: 1, max: 5 }),
    }),
  },
  { requiredKeys: [] },
);
const kinds = ['delegation-add'] as const;

describe('the policy', () => {
  it('lets nobody decide the own request, and nobody who is not named', () => {
    fc.assert(
      fc.property(policies, person, person, (policy, requester, by) => {
        const isAllowed = refuseApprover(policy, kinds, { requester, approver: by }) === null;
        const isSame =
          requester.user === by.user && requester.team === by.team && requester.enterprise === by.enterprise;
        const isNamed = policy['delegation-add']?.approvers.includes(by.user) ?? false;
        expect(isAllowed).toBe(!isSame && isNamed);
      }),
    );
  });

  it('lets nobody ask for a kind that it does not name', () => {
    fc.assert(fc.property(person, (by) => expect(refuseRequester({}, kinds, by)).not.toBeNull()));
  });

  it('has one hash for one meaning, and another for another', () => {
    fc.assert(
      fc.property(policies, policies, (one, other) => {
        const isSame = JSON.stringify(one) === JSON.stringify(other);
        expect(rulesHash(one, kinds) === rulesHash(other, kinds)).toBe(isSame);
      }),
    );
  });
});

describe('advance, on whatever somebody may have written', () => {
  const outcome = fc.option(
    fc.record({
      kind: fc.constantFrom('changed' as const, 'already-so' as const, 'failed' as const, 'stale' as const),
      inferred: fc.boolean(),
      added: fc.array(fc.constant('cifs/x')),
      removed: fc.array(fc.constant('cifs/y')),
      at: fc.constant(NOW),
      server: fc.constant('dc1'),
      problem: fc.constant(null),
    }),
  );
  const step = fc.record({
    guid: fc.constantFrom('a', 'b'),
    intent: fc.option(fc.constant({ at: NOW, worker: 'w' })),
    outcome,
  });
  const records = fc
    .record({
      state: fc.constantFrom(...(Object.keys(ARROWS) as State[])),
      steps: fc.array(step, { maxLength: 3 }),
      hasPlan: fc.boolean(),
      hasDecision: fc.boolean(),
    })
    .map(({ state, steps, hasPlan, hasDecision }) => {
      const base = approvedRecord(approver, { state, steps });
      return { ...base, plan: hasPlan ? base.plan : null, decisions: hasDecision ? base.decisions : [] };
    });

  it('never throws, never leaves the state table, and sends nothing to a worker that is neither planned, approved nor running', () => {
    fc.assert(
      fc.property(records, fc.integer({ min: -1_000, max: 100_000_000 }), (record, later) => {
        const next = advance(record, NOW + later);
        const moves = {
          end: next.do === 'end' ? next.state : record.state,
          replan: 'planning',
          'turn-stale': 'stale',
        } as const;
        const to = next.do in moves ? moves[next.do as keyof typeof moves] : record.state;
        expect(mayGo(record.state, to)).toBe(true);
        const mayAsk = ['planning', 'approved', 'running'].includes(record.state);
        expect(next.do !== 'ask-directory' || mayAsk).toBe(true);
      }),
      { numRuns: 2_000 },
    );
  });
});
