import { reversalThread, thread } from '../../../src/bot/reports/thread';
import { NOW, policy, secondApprover } from '../../support/request-record';
import { rendered } from '../support/rendered';
import { everyReversal, everyState } from '../support/states';
import { approved, change, decision, inState, planned, proved, step, ended } from '../support/usual-request';

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
    ['running', ['card', 'approved-p1']],
    ['running and written', ['card', 'approved-p1', 'written']],
    ['awaiting-hand', ['card', 'approved-p1', `hand-${change.guid}-userAccountControl`]],
    ['done by hand', ['card', 'approved-p1', `hand-${change.guid}-userAccountControl`, 'outcome']],
    ['stopped', ['card', 'approved-p1', 'outcome']],
    ['only shown', ['card', 'outcome']],
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

  it('tells that all is written while it is watched how it comes to every domain controller', () => {
    const messages = (name: string) => {
      const record = everyState[name];
      return record ? thread(record, policy).map(({ message }) => message.text) : [];
    };
    const text =
      '✍ R-1042 is written on dc1. On 1 of 2 domain controllers so far; watched until it is on all of them.';
    expect(messages('running and written')).toContain(text);
    const record = everyState['running and written'];
    const everywhere = record && { ...record, proof: { ...proved, level: 'converged' as const } };
    expect(everywhere && thread(everywhere, policy).at(-1)?.message.text).toBe(
      '✍ R-1042 is written on dc1. On 2 of 2 domain controllers.',
    );
  });

  it('shows on the card what became of taking it away again', () => {
    const record = everyState['done for a time'] ?? inState('done');
    const [card] = thread(record, policy, { reversal: everyReversal['done'] ?? null });
    expect(card && rendered(card.message)).toContain('↩ Was taken away again <!date^');
    const [without] = thread(record, policy);
    expect(without && rendered(without.message)).toContain('; then it is taken away again.');
  });
});

describe('the replies about a reversal', () => {
  const replies = (name: string) => {
    const record = everyReversal[name];
    return record ? reversalThread(record) : [];
  };

  it.each([
    ['not due yet', []],
    ['nearly due', ['reversal-warning']],
    ['running', ['reversal-warning']],
    ['awaiting-hand', ['reversal-warning', `hand-${change.guid}-msDS-AllowedToDelegateTo`]],
    ['done', ['reversal-outcome']],
    ['already so', ['reversal-outcome']],
    ['stuck', ['reversal-outcome']],
    ['failed without a plan', ['reversal-outcome']],
  ])('of one that is %s have these keys', (name, keys) => {
    expect(replies(name).map(({ key }) => key)).toEqual(keys);
  });

  it('are none of any other request', () => {
    for (const record of Object.values(everyState)) expect(reversalThread(record)).toEqual([]);
  });

  it.each([
    [
      'nearly due',
      `
> ⏱ <@U0REQUESTER> What R-1042 added goes again: <!date^1795400100^{date_short_pretty} {time}|2026-11-23 02:15 UTC>. To keep it longer: \`/hv extend R-1042 8h\`; somebody has to approve that.
⏱ <@U0REQUESTER> What R-1042 added goes again: <!date^1795400100^{date_short_pretty} {time}|2026-11-23 02:15 UTC>. To keep it longer: \`/hv extend R-1042 8h\`; somebody has to approve that.`,
    ],
    [
      'done',
      `
> <@U0REQUESTER> ↩ Taken away again: what R-1042 had added for a time.
<@U0REQUESTER> ↩ *Taken away again*: what R-1042 had added for a time.
| hyper-v01 lost the right to act as any user on hyper-v02.
| Written on dc1: 4 values removed from hyper-v01.
| Proof: read back on 2 of 2 domain controllers · the KDC refuses cifs now.
| Tickets that hyper-v01 holds already stay good until they end, for up to ten hours. To end them now, run there: klist purge -li 0x3e7`,
    ],
    [
      'already so',
      `
> <@U0REQUESTER> ↩ Nothing was left to take away: what R-1042 had added is gone already.
<@U0REQUESTER> ↩ *Nothing was left to take away*: what R-1042 had added is gone already.`,
    ],
    [
      'stuck',
      `
> <@U0REQUESTER> 🛑 Not taken away again: R-1043 is stuck and needs a person. What R-1042 added may still be there. A person has to look at it; \`/hv undo R-1042\` asks for it to be taken away.
<@U0REQUESTER> 🛑 *Not taken away again*: R-1043 is stuck and needs a person. What R-1042 added may still be there. A person has to look at it; \`/hv undo R-1042\` asks for it to be taken away.
| hyper-v01 may still be able to act as any user on hyper-v02: not all is certain.
| By the journal: Written on dc1: 4 values removed from hyper-v01.
| Read back on dc1, cifs/hyper-v02 is there again.
| To do: Find out who else edits hyper-v01.`,
    ],
    [
      'failed without a plan',
      `
> <@U0REQUESTER> 🛑 Not taken away again: R-1043 failed. What R-1042 added may still be there. A person has to look at it; \`/hv undo R-1042\` asks for it to be taken away.
<@U0REQUESTER> 🛑 *Not taken away again*: R-1043 failed. What R-1042 added may still be there. A person has to look at it; \`/hv undo R-1042\` asks for it to be taken away.
| Nothing was changed in the directory.
| dc1 did not answer.
| To do: See that it runs.`,
    ],
  ])('say of one that is %s what is so, and what to do', (name, text) => {
    const message = replies(name)[0]?.message;
    expect(message && `\n${rendered(message)}`).toBe(text);
  });
});
