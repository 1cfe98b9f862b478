import type { Policy } from '../../../../../src/core/settings';
import { writeDecision } from '../../../../../src/core/request/decide';
import type { Decision } from '../../../../../src/core/request/statement';
import { MOVE_POLICY, MoveStage } from '../../../../support/move-stage';
import { approver, requester, signed, times } from '../../../../support/request-record';

const rule = { requesters: 'anyone' as const, approvers: ['U0SOMEBODY'], quorum: 1 };
const member = { ...requester, user: 'U0MEMBER' };
const policy: Policy = { ...MOVE_POLICY, 'live-move': { ...rule, approverUserGroup: 'S0MOVERS' } };

let stage: MoveStage;
afterEach(() => stage.stop());

/** A request to move web-01 that carries this decision, with the bot's own signature. */
async function decided(change: Partial<Decision>, rules = policy, isDelegated = true) {
  stage = await new MoveStage(rules).begin();
  if (isDelegated) stage.delegate(['hyper-v01', 'hyper-v02']);
  const record = await stage.ask('migrate web-01 -> hyper-v02');
  if (!record.plan) throw new Error('no plan');
  const settings = { policy: rules, times };
  const said = { verdict: 'approve' as const, votesFor: ['live-move'], by: member, reason: '', settings };
  const decision = { ...writeDecision(record, record.plan, { ...said, now: stage.clock.now() }), ...change };
  await stage.edit({ state: 'approved', decisions: [signed<Decision>(decision)] });
  await stage.clock.pass(120_000);
  return stage.record();
}

describe('an approval by a member of a Slack user group', () => {
  it('is counted by the bot’s word, for a rule of moves', async () => {
    expect(await decided({ userGroups: ['S0MOVERS'] })).toMatchObject({ state: 'done' });
    expect(stage.hostOf('web-01')).toBe('hyper-v02');
  });

  it.each<[string, Partial<Decision>, Policy, string]>([
    ['without that word', {}, policy, 'decision.not-approver'],
    ['of another group', { userGroups: ['S0OTHER'] }, policy, 'decision.not-approver'],
    ['by who asked', { userGroups: ['S0MOVERS'], by: requester }, policy, 'decision.self'],
    [
      'whom the worker denies',
      { userGroups: ['S0MOVERS'] },
      { ...policy, deny: [member.user] },
      'person.denied',
    ],
  ])('is not counted %s', async (_what, change, rules, code) => {
    const { state, ending } = await decided(change, rules);
    expect([state, ending?.problem?.code]).toEqual(['failed', code]);
    expect(stage.hostOf('web-01')).toBe('hyper-v01');
  });

  it('is not counted for a write to the directory, though the worker’s file said so', async () => {
    const group = 'CN=Approvers,DC=mabofeng,DC=com';
    const odd = {
      ...policy,
      'delegation-add': { ...rule, approverUserGroup: 'S0MOVERS', approverGroup: group },
      'trust-mode': { ...rule, approvers: [approver.user] },
      linkedAccounts: { [member.user]: 'CN=Member,DC=mabofeng,DC=com' },
    } as unknown as Policy;
    const said = { userGroups: ['S0MOVERS', group], votesFor: ['live-move', 'delegation-add'] };
    const { state, ending } = await decided(said, odd, false);
    expect([state, ending?.problem?.code]).toEqual(['failed', 'decision.not-approver']);
    expect(stage.directory.modifies).toEqual([]);
  });
});
