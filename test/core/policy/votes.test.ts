import { Policy } from '../../../src/core/policy/schema';
import type { Touch } from '../../../src/core/policy/touches';
import { userGroupsToAsk } from '../../../src/core/policy/user-groups';
import {
  isApproved,
  refuseUnreachable,
  rulesToVoteBy,
  tally,
  voters,
  type Vote,
} from '../../../src/core/policy/votes';

const policy = Policy.parse({
  hostGroups: { production: ['prod-*'] },
  deny: ['U0GONE'],
  'delegation-add': {
    requesters: 'anyone',
    approvers: ['U0A', 'U0B', 'U0GONE'],
    denyApprovers: ['U0B'],
    groups: {
      production: { requesters: 'anyone', approvers: ['U0P', 'U0Q'], quorum: 2, breakGlass: ['U0P', 'U0X'] },
    },
  },
  'trust-mode': { requesters: 'anyone', approvers: ['U0A', 'U0T'] },
  'delegation-remove': { requesters: 'anyone', approvers: [] },
});
const who = (user: string) => ({ enterprise: null, team: 'T1', user });
const lab: Touch = { kind: 'delegation-add', host: 'lab-1' };
const production: Touch = { kind: 'delegation-add', host: 'prod-1' };
const trust: Touch = { kind: 'trust-mode', host: 'lab-1' };
const removal: Touch = { kind: 'delegation-remove', host: 'lab-1' };
const requester = who('U0REQ');
const PRODUCTION = 'delegation-add of hosts in production';

function vote(user: string, touches: readonly Touch[]): readonly string[] | string {
  const voting = rulesToVoteBy(policy, touches, { requester, approver: who(user) });
  return 'problem' in voting ? voting.problem.code : voting.rules;
}
const cast = (user: string, rules: readonly string[], breaksGlass = false): Vote => ({
  by: who(user),
  rules,
  breaksGlass,
});
const isOver = (touches: readonly Touch[], ...votes: readonly Vote[]): boolean =>
  isApproved(tally(policy, touches, { requester, votes }));

describe('who votes', () => {
  it('does so by every rule that names the person, and by no other', () => {
    expect(vote('U0A', [lab, trust])).toEqual(['delegation-add', 'trust-mode']);
    expect(vote('U0T', [lab, trust])).toEqual(['trust-mode']);
    expect(vote('U0P', [lab, production])).toEqual([PRODUCTION]);
  });

  it.each<[string, string, readonly Touch[], string]>([
    ['somebody whom no rule names', 'U0T', [lab], 'decision.not-approver'],
    ['who is denied by the rule', 'U0B', [lab], 'decision.not-approver'],
    ['who is denied everything', 'U0GONE', [lab], 'person.denied'],
    ['who asked', 'U0REQ', [lab], 'decision.self'],
    ['a window', 'rule:patch-night', [lab], 'decision.waived'],
    ['anybody where a list is empty', 'U0A', [removal], 'decision.no-approvers'],
    ['anybody where nothing is touched', 'U0A', [], 'decision.not-approver'],
  ])('is never %s', (_, user, touches, code) => {
    expect(vote(user, touches)).toBe(code);
  });

  it('may deny what an empty list keeps from being approved', () => {
    expect(vote('U0A', [lab, removal])).toEqual(['delegation-add']);
    expect(refuseUnreachable(policy, [lab, removal], { requester, votes: [] })?.code).toBe(
      'decision.no-approvers',
    );
  });

  it('is told to who wants to follow the request', () => {
    expect(voters(policy, [lab, production]).toSorted()).toEqual(['U0A', 'U0P', 'U0Q']);
  });
});

describe('a plan that several rules apply to', () => {
  it('needs the approvers of each, though nobody is one of all', () => {
    const team = cast('U0A', ['delegation-add']);
    const one = cast('U0P', [PRODUCTION]);
    const two = cast('U0Q', [PRODUCTION]);
    expect(refuseUnreachable(policy, [lab, production], { requester, votes: [] })).toBeNull();
    expect(isOver([lab, production], team, one)).toBe(false);
    expect(isOver([lab, production], one, two)).toBe(false);
    expect(isOver([lab, production], team, one, two)).toBe(true);
  });

  it('counts nobody twice', () => {
    expect(isOver([production], cast('U0P', [PRODUCTION]), cast('U0P', [PRODUCTION]))).toBe(false);
  });

  it('is approved by nobody if one of them can never have its quorum', () => {
    const asker = refuseUnreachable(policy, [production], { requester: who('U0P'), votes: [] });
    expect(asker).toMatchObject({
      code: 'decision.no-approvers',
      summary: `A ${PRODUCTION} needs 2 distinct approvers, and handover.yaml names 1 besides the requester.`,
    });
  });

  it('is never approved when no rule applies', () => {
    expect(isOver([], cast('U0A', ['delegation-add']))).toBe(false);
    expect(isOver([{ kind: 'trust-mode', host: 'x' }])).toBe(false);
  });
});

describe('a Slack user group', () => {
  const group = 'S0MOVERS';
  const dn = 'CN=HV Approvers,DC=mabofeng,DC=com';
  const moving = Policy.parse({
    'live-move': { requesters: 'anyone', approvers: [], approverUserGroup: group, denyApprovers: ['U0B'] },
    'delegation-add': { requesters: 'anyone', approvers: [], approverGroup: dn },
  });
  const move: Touch = { kind: 'live-move', host: 'lab-1' };
  const by = (user: string, userGroups: readonly string[], touched: readonly Touch[], rules = moving) => {
    const voting = rulesToVoteBy(rules, touched, { requester, approver: who(user), userGroups });
    return 'problem' in voting ? voting.problem.code : voting.rules;
  };

  it('lets its members approve moves, but for who asked and who is denied', () => {
    expect(by('U0M', [group], [move])).toEqual(['live-move']);
    expect(by('U0M', ['S0OTHER'], [move])).toBe('decision.not-approver');
    expect(by('U0M', [], [move])).toBe('decision.not-approver');
    expect(by('U0B', [group], [move])).toBe('decision.not-approver');
    expect(by('U0REQ', [group], [move])).toBe('decision.self');
    expect(refuseUnreachable(moving, [move], { requester, votes: [] })).toBeNull();
  });

  it('approves nothing else, whatever a rule or a decision says', () => {
    expect(by('U0M', [group], [move, lab])).toEqual(['live-move']);
    expect(by('U0M', [dn], [lab])).toBe('decision.not-approver');
    const rule = { requesters: 'anyone' as const, approvers: ['U0A'], quorum: 1, approverUserGroup: group };
    // No file can say so: the schema refuses it.
    const odd = { 'delegation-add': rule } as unknown as Policy;
    expect(by('U0M', [group], [lab], odd)).toBe('decision.not-approver');
    expect(Policy.safeParse(odd).error?.issues[0]).toMatchObject({
      path: ['delegation-add', 'approverUserGroup'],
      message: expect.stringContaining('may approve live-move and storage-move only'),
    });
  });

  it('is asked about where a rule does not name the person, and nowhere else', () => {
    const both = Policy.parse({
      ...moving,
      'storage-move': { requesters: 'anyone', approvers: ['U0M'], approverUserGroup: 'S0DISKS' },
    });
    const copied: Touch = { kind: 'storage-move', host: 'lab-1' };
    expect(userGroupsToAsk(both, [move, copied, lab], 'U0M')).toEqual([group]);
    expect(userGroupsToAsk(both, [move, copied], 'U0N')).toEqual([group, 'S0DISKS']);
    expect(userGroupsToAsk(both, [move], 'U0B')).toEqual([]);
  });
});

describe('breaking the glass', () => {
  it('stands for a whole quorum, where the rule names the person', () => {
    expect(isOver([production], cast('U0P', [PRODUCTION], true))).toBe(true);
    expect(isOver([production], cast('U0Q', [PRODUCTION], true))).toBe(false);
  });

  it('stands for no other rule', () => {
    expect(isOver([lab, production], cast('U0P', [PRODUCTION], true))).toBe(false);
    expect(isOver([lab, production], cast('U0P', [PRODUCTION], true), cast('U0A', ['delegation-add']))).toBe(
      true,
    );
  });

  it('is no vote by a rule that its person is no approver of', () => {
    expect(vote('U0X', [production])).toBe('decision.not-approver');
    expect(isOver([production], cast('U0X', [], true))).toBe(false);
  });
});
