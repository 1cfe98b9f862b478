import { card } from '../../../src/bot/cards/card';
import { policy } from '../../support/request-record';
import { essence, rendered } from '../support/rendered';
import { everyState } from '../support/states';
import { inState } from '../support/usual-request';

/** What each state's card says, without the lines that all of them share (see `essence`). */
const cards: Readonly<Record<string, string>> = {
  planning: `
> R-1042 is being looked into: hyper-v01 is meant to act as any user on hyper-v02.
# hyper-v01 is meant to act as any user on hyper-v02
🔎 *Reading the directory* · R-1042 · asked by <@U0REQUESTER>
| Nothing is changed before somebody approves.
[Withdraw]`,
  'planning, held up': `
> R-1042 is being looked into: hyper-v01 is meant to act as any user on hyper-v02.
# hyper-v01 is meant to act as any user on hyper-v02
🔎 *Reading the directory* · R-1042 · asked by <@U0REQUESTER>
| Held up: dc1 does not answer.
| To do: It is asked again by itself.
| Nothing is changed before somebody approves.
[Withdraw]`,
  waiting: `
> R-1042 waits for approval: hyper-v01 will be able to act as any user on hyper-v02.
# hyper-v01 will be able to act as any user on hyper-v02
🔐 *Waiting for approval* · R-1042 · asked by <@U0REQUESTER>
| Change: msDS-AllowedToDelegateTo of hyper-v01
Needs 1 approval from any of <@U0APPROVER>, <@U0APPROVER2>.
[Approve] [Deny…] [Withdraw]`,
  'waiting for a new plan': `
> R-1042 waits for approval: hyper-v01 will be able to act as any user on hyper-v02.
# hyper-v01 will be able to act as any user on hyper-v02
🔐 *Waiting for approval* · R-1042 · asked by <@U0REQUESTER>
| Change: msDS-AllowedToDelegateTo of hyper-v01
| Plan 1 no longer held: cifs/hyper-v04 was added to hyper-v01 since the plan was made. Nothing was written, and its approvals are void.
Needs 1 approval from any of <@U0APPROVER>, <@U0APPROVER2>.
[Approve] [Deny…] [Withdraw]`,
  approved: `
> R-1042 is approved and about to be carried out: hyper-v01 will be able to act as any user on hyper-v02.
# hyper-v01 will be able to act as any user on hyper-v02
👍 *Approved* · R-1042 · asked by <@U0REQUESTER>
| Change: msDS-AllowedToDelegateTo of hyper-v01
Approved by <@U0APPROVER>.
| Nothing is written yet: the worker looks again first.`,
  running: `
> R-1042 is being carried out: hyper-v01 will be able to act as any user on hyper-v02.
# hyper-v01 will be able to act as any user on hyper-v02
▶ *Running* · R-1042 · asked by <@U0REQUESTER>
| Change: msDS-AllowedToDelegateTo of hyper-v01
Approved by <@U0APPROVER>.
| Not finished yet: the result comes in this thread.`,
  'done and proved': `
> R-1042 is done and proved: hyper-v01 was given the right to act as any user on hyper-v02.
# hyper-v01 was given the right to act as any user on hyper-v02
✅ *Done and proved* · R-1042 · asked by <@U0REQUESTER>
| Changed: msDS-AllowedToDelegateTo of hyper-v01
Approved by <@U0APPROVER>.
| Written on dc1: 4 values added to hyper-v01.
| Proof: read back on 2 of 2 domain controllers · the values for migration are there · the KDC grants cifs.
| If a move was refused before: hyper-v01 remembers that for about 15 minutes. Wait, or run there: klist purge -li 0x3e7`,
  'done, not proved here': `
> R-1042 is done, though not proved here: hyper-v01 was given the right to act as any user on hyper-v02.
# hyper-v01 was given the right to act as any user on hyper-v02
✅ *Done, not proved here* · R-1042 · asked by <@U0REQUESTER>
| Changed: msDS-AllowedToDelegateTo of hyper-v01
Approved by <@U0APPROVER>.
| Found written on dc1 after an interruption: 4 values added to hyper-v01.
| Proof: read back on 2 of 2 domain controllers · cifs is not proved here.
| If a move was refused before: hyper-v01 remembers that for about 15 minutes. Wait, or run there: klist purge -li 0x3e7`,
  'written, proof failed': `
> R-1042 is written, but the proof failed: hyper-v01 was given the right to act as any user on hyper-v02.
# hyper-v01 was given the right to act as any user on hyper-v02
⚠ *Written, not proved* · R-1042 · asked by <@U0REQUESTER>
| Changed: msDS-AllowedToDelegateTo of hyper-v01
Approved by <@U0APPROVER>.
| Written on dc1: 4 values added to hyper-v01.
| Proof: read back on 1 of 2 domain controllers · the KDC still refuses cifs.
| Written, but the KDC still refuses the ticket.
| If a move was refused before: hyper-v01 remembers that for about 15 minutes. Wait, or run there: klist purge -li 0x3e7`,
  partial: `
> R-1042 was carried out in part only: hyper-v01 may be able to act as any user on hyper-v02: not all is certain.
# hyper-v01 may be able to act as any user on hyper-v02: not all is certain
⚠ *Partly done* · R-1042 · asked by <@U0REQUESTER>
| Changed: msDS-AllowedToDelegateTo of hyper-v01
Approved by <@U0APPROVER>.
| Written on dc1: 4 values added to hyper-v01.
| hyper-v01 has changed since.
| To do: Ask again for what is missing.`,
  failed: `
> R-1042 failed: hyper-v01 got no new right on hyper-v02.
# hyper-v01 got no new right on hyper-v02
❌ *Failed* · R-1042 · asked by <@U0REQUESTER>
| Planned: msDS-AllowedToDelegateTo of hyper-v01
Approved by <@U0APPROVER>.
| Nothing was changed in the directory.
| The account may not write msDS-AllowedToDelegateTo of hyper-v01 (50).
| To do: Give it that right in the OU, then ask again.`,
  'failed, not known': `
> R-1042 failed: hyper-v01 may be able to act as any user on hyper-v02: not all is certain.
# hyper-v01 may be able to act as any user on hyper-v02: not all is certain
❌ *Failed* · R-1042 · asked by <@U0REQUESTER>
| Planned: msDS-AllowedToDelegateTo of hyper-v01
Approved by <@U0APPROVER>.
| Not known: whether hyper-v01 was written. Look at msDS-AllowedToDelegateTo before you ask again.
| The time for changes is over.
| To do: Ask again.`,
  stuck: `
> R-1042 is stuck and needs a person: hyper-v01 may be able to act as any user on hyper-v02: not all is certain.
# hyper-v01 may be able to act as any user on hyper-v02: not all is certain
🛑 *Stuck* · R-1042 · asked by <@U0REQUESTER>
| Planned: msDS-AllowedToDelegateTo of hyper-v01
Approved by <@U0APPROVER>.
| By the journal: Written on dc1: 4 values added to hyper-v01.
| Read back on dc1, cifs/hyper-v02 is not there.
| To do: Look at the object.`,
  stale: `
> R-1042 is being planned again, because the directory has changed: hyper-v01 will be able to act as any user on hyper-v02.
# hyper-v01 will be able to act as any user on hyper-v02
♻ *Plan out of date* · R-1042 · asked by <@U0REQUESTER>
| Change: msDS-AllowedToDelegateTo of hyper-v01
Approved by <@U0APPROVER>.
| Plan 1 no longer held: cifs/hyper-v04 was added to hyper-v01 since the plan was made. Nothing was written, and its approvals are void.
| A new plan is being made, to be approved again.
[Withdraw]`,
  'stale for good': `
> R-1042 was given up, because the directory kept changing: hyper-v01 got no new right on hyper-v02.
# hyper-v01 got no new right on hyper-v02
♻ *Plan out of date* · R-1042 · asked by <@U0REQUESTER>
| Planned: msDS-AllowedToDelegateTo of hyper-v01
| Plan 4 no longer held: cifs/hyper-v04 was added to hyper-v01 since the plan was made. Nothing was written, and its approvals are void.
| The directory changed each time between plan and approval, four plans in a row.
| To do: Find out who else edits these objects, then ask again.`,
  denied: `
> R-1042 was denied: hyper-v01 got no new right on hyper-v02.
# hyper-v01 got no new right on hyper-v02
🚫 *Denied* · R-1042 · asked by <@U0REQUESTER>
| Planned: msDS-AllowedToDelegateTo of hyper-v01
Denied by <@U0APPROVER>.
| Reason: use hyper-v05 instead
| Nothing was changed. Talk to the approver, or ask for something else.`,
  expired: `
> R-1042 expired without a decision: hyper-v01 got no new right on hyper-v02.
# hyper-v01 got no new right on hyper-v02
⌛ *Expired* · R-1042 · asked by <@U0REQUESTER>
| Planned: msDS-AllowedToDelegateTo of hyper-v01
| Nobody decided in time. Nothing was changed. Ask again if it is still needed.`,
  withdrawn: `
> R-1042 was withdrawn: hyper-v01 got no new right on hyper-v02.
# hyper-v01 got no new right on hyper-v02
↩ *Withdrawn* · R-1042 · asked by <@U0REQUESTER>
| Planned: msDS-AllowedToDelegateTo of hyper-v01
Withdrawn by <@U0REQUESTER>.
| Nothing was changed.`,
  'already so': `
> R-1042 needs no change: hyper-v01 already has the right to act as any user on hyper-v02.
# hyper-v01 already has the right to act as any user on hyper-v02
☑ *Already so* · R-1042 · asked by <@U0REQUESTER>
| The directory holds all of it already. Nothing was changed, and nothing has to be approved.`,
  refused: `
> R-1042 was refused: hyper-v01 got no new right on hyper-v02.
# hyper-v01 got no new right on hyper-v02
⛔ *Refused* · R-1042 · asked by <@U0REQUESTER>
| Nothing was changed.
| ⛔ No computer is called hyper-v02.
| To do: Did you mean hyper-v03?
| ⛔ hyper-v01 is disabled.
| To do: Enable it, or use another host.`,
};

describe('the card of a request', () => {
  it('shows everything that an approver decides about, the power first and the small print last', () => {
    expect(`\n${rendered(card(inState('waiting'), policy))}`).toBe(`
> R-1042 waits for approval: hyper-v01 will be able to act as any user on hyper-v02. Asked by <@U0REQUESTER>.
# hyper-v01 will be able to act as any user on hyper-v02
🔐 *Waiting for approval* · R-1042 · asked by <@U0REQUESTER>
| Change: msDS-AllowedToDelegateTo of hyper-v01 (CN=HYPER-V01,OU=Hyper-V,DC=mabofeng,DC=com)
| +  cifs/hyper-v02
| +  cifs/hyper-v02.mabofeng.com
| +  Microsoft Virtual System Migration Service/hyper-v02
| +  Microsoft Virtual System Migration Service/hyper-v02.mabofeng.com
| =  cifs/hyper-v03
| Risk: who controls hyper-v01 can then act as anyone on hyper-v02, whichever services are named: a ticket for one can be turned into a ticket for another.
| Reason given: Patch night
| Ticket: CHG-881
Needs 1 approval from any of <@U0APPROVER>, <@U0APPROVER2>.
[Approve] [Deny…] [Withdraw]
Plan 1 · 8d87b7f3 · read from dc1 · <!date^1795399200^{date_short_pretty} {time}|2026-11-23 02:00 UTC> · decide by <!date^1795428000^{date_short_pretty} {time}|2026-11-23 10:00 UTC>`);
  });

  it.each(Object.keys(everyState))('says in its own words what %s means', (name) => {
    const record = everyState[name];
    expect(record && `\n${essence(card(record, policy)).join('\n')}`).toBe(cards[name]);
  });
});
