import { thread } from '../../../src/bot/reports/thread';
import { NOW, policy, secondApprover } from '../../support/request-record';
import { rendered } from '../support/rendered';
import { everyState } from '../support/states';
import { approved, decision, inState, planned, proved, step, ended } from '../support/usual-request';

const keys = (name: string): string[] => {
  const record = everyState[name];
  return record ? thread(record, policy).map(({ key }) => key) : [];
};

describe('the thread of a request', () => {
  it.each([
    ['planning', ['card']],
    ['waiting', ['card']],
    ['approved', ['card', 'approved-p1']],
    ['waiting for a new plan', ['card', 'stale-p1']],
    ['stale', ['card', 'approved-p1', 'stale-p1']],
    ['done and proved', ['card', 'approved-p1', 'outcome']],
    ['denied', ['card', 'outcome']],
    ['refused', ['card', 'outcome']],
    ['already so', ['card', 'outcome']],
  ])('of one that is %s has these messages in this order', (name, wanted) => {
    expect(keys(name)).toEqual(wanted);
  });

  it('keeps the approval of the first plan apart from that of the second', () => {
    const first = approved(inState('waiting'));
    const plan = planned({ number: 2 });
    const voided = [{ plan: 1, sentence: 'It changed.', at: NOW }];
    const second = { ...first, plan, voided, state: 'approved' as const };
    const decisions = [...first.decisions, decision(second, 'approve')];
    const wanted = thread({ ...second, decisions }, policy).map(({ key }) => key);
    expect(wanted).toEqual(['card', 'approved-p1', 'stale-p1', 'approved-p2']);
  });

  it('says that a plan is approved only when it has all the approvals it needs', () => {
    const two = { 'delegation-add': { ...policy['delegation-add'], quorum: 2 } } as typeof policy;
    const one = approved(inState('waiting'));
    expect(thread(one, two).map(({ key }) => key)).toEqual(['card']);
    const both = { ...one, decisions: [...one.decisions, decision(one, 'approve', '', secondApprover)] };
    const [, approval] = thread(both, two);
    expect(approval?.message.text).toBe(
      '👍 Plan 1 of R-1042 was approved by <@U0APPROVER> and <@U0APPROVER2>.',
    );
  });

  it('ends with a report to the requester: what was written where, and how far it is proved', () => {
    const done = approved(inState('done', { steps: [step()], proof: proved, ending: ended }));
    const outcome = thread(done, policy).at(-1);
    expect(outcome && `\n${rendered(outcome.message)}`).toBe(`
> <@U0REQUESTER> R-1042 is done and proved: hyper-v01 was given the right to act as any user on hyper-v02.
<@U0REQUESTER> ✅ *Done and proved* · R-1042
| hyper-v01 was given the right to act as any user on hyper-v02.
Approved by <@U0APPROVER>.
| Written on dc1: 4 values added to hyper-v01.
| Proof: read back on 2 of 2 domain controllers · the values for migration are there · the KDC grants cifs.
| If a move was refused before: hyper-v01 remembers that for about 15 minutes. Wait, or run there: klist purge -li 0x3e7`);
  });
});
