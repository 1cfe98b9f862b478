import fc from 'fast-check';
import { refuseApprover, refuseRequester, rulesHash } from '../../../src/core/policy/rules';
import type { Policy } from '../../../src/core/settings';

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
const touches = [{ kind: 'delegation-add', host: 'hyper-v01' }] as const;

describe('the policy', () => {
  it('lets nobody decide the own request, and nobody who is not named', () => {
    fc.assert(
      fc.property(policies, person, person, (policy, requester, by) => {
        const isAllowed = refuseApprover(policy, touches, { requester, approver: by }) === null;
        const isSame =
          requester.user === by.user && requester.team === by.team && requester.enterprise === by.enterprise;
        const { approvers = [], quorum = 1 } = policy['delegation-add'] ?? {};
        const able = new Set(approvers.filter((user) => user !== requester.user)).size;
        // A quorum that cannot be had lets nobody approve, not even the first of them.
        expect(isAllowed).toBe(!isSame && approvers.includes(by.user) && able >= quorum);
      }),
    );
  });

  it('lets nobody ask for a kind that it does not name', () => {
    fc.assert(fc.property(person, (by) => expect(refuseRequester({}, touches, by)).not.toBeNull()));
  });

  it('has one hash for one meaning, and another for another', () => {
    fc.assert(
      fc.property(policies, policies, (one, other) => {
        const isSame = JSON.stringify(one) === JSON.stringify(other);
        expect(rulesHash(one, touches) === rulesHash(other, touches)).toBe(isSame);
      }),
    );
  });
});
