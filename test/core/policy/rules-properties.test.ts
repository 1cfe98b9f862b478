import fc from 'fast-check';
import { refuseRequester, rulesHash } from '../../../src/core/policy/rules';
import { isApproved, refuseUnreachable, rulesToVoteBy, tally } from '../../../src/core/policy/votes';
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
      fc.property(policies, person, person, (policy, requester, approver) => {
        const mayVote = 'rules' in rulesToVoteBy(policy, touches, { requester, approver });
        const isSame =
          requester.user === approver.user &&
          requester.team === approver.team &&
          requester.enterprise === approver.enterprise;
        const { approvers = [], quorum = 1 } = policy['delegation-add'] ?? {};
        expect(mayVote).toBe(!isSame && approvers.includes(approver.user));
        // A quorum that cannot be had lets nobody approve, not even the first of them.
        const able = new Set(approvers.filter((each) => each !== requester.user)).size;
        expect(refuseUnreachable(policy, touches, { requester, votes: [] }) === null).toBe(
          able >= quorum && able > 0,
        );
      }),
    );
  });

  it('counts people and no votes, each only for the rules that it is for', () => {
    const both = [...touches, { kind: 'trust-mode', host: 'hyper-v01' } as const];
    const names = fc.subarray(['delegation-add', 'trust-mode']);
    const votes = fc.array(fc.record({ by: person, rules: names, breaksGlass: fc.constant(false) }));
    const rule = fc.record({
      requesters: fc.constant('anyone' as const),
      approvers: fc.array(user),
      quorum: fc.integer({ min: 1, max: 3 }),
    });
    const rules = fc.record({ 'delegation-add': rule, 'trust-mode': rule });
    fc.assert(
      fc.property(rules, person, votes, (policy, requester, given) => {
        const by = (name: 'delegation-add' | 'trust-mode') =>
          new Set(given.filter((vote) => vote.rules.includes(name)).map((vote) => JSON.stringify(vote.by)))
            .size;
        const wanted =
          by('delegation-add') >= policy['delegation-add'].quorum &&
          by('trust-mode') >= policy['trust-mode'].quorum;
        expect(isApproved(tally(policy, both, { requester, votes: given }))).toBe(wanted);
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
