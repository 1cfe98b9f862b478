import { card } from '../../../src/bot/cards/card';
import { essence, rendered } from '../support/rendered';
import { everyMoveState } from '../support/move-states';
import { everySetUpState } from '../support/set-up-states';
import { everyState } from '../support/states';
import { inState, rules } from '../support/usual-request';

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
| Plan 1 no longer held: cifs/hyper-v04 was added to hyper-v01 since the plan was made. Nothing was changed, and its approvals are void.
Needs 1 approval from any of <@U0APPROVER>, <@U0APPROVER2>.
[Approve] [Deny…] [Withdraw]`,
  approved: `
> R-1042 is approved and about to be carried out: hyper-v01 will be able to act as any user on hyper-v02.
# hyper-v01 will be able to act as any user on hyper-v02
👍 *Approved* · R-1042 · asked by <@U0REQUESTER>
| Change: msDS-AllowedToDelegateTo of hyper-v01
Approved by <@U0APPROVER>.
| Nothing is written yet: the worker looks again first.
[Pause] [Stop]`,
  running: `
> R-1042 is being carried out: hyper-v01 will be able to act as any user on hyper-v02.
# hyper-v01 will be able to act as any user on hyper-v02
▶ *Running* · R-1042 · asked by <@U0REQUESTER>
| Change: msDS-AllowedToDelegateTo of hyper-v01
Approved by <@U0APPROVER>.
| Not finished yet: the result comes in this thread.
[Pause] [Stop]`,
  'running with a broken glass': `
> R-1042 is being carried out: hyper-v01 will be able to act as any user on hyper-v02.
# hyper-v01 will be able to act as any user on hyper-v02
▶ *Running* · R-1042 · asked by <@U0REQUESTER>
| Change: msDS-AllowedToDelegateTo of hyper-v01
🧨 *Break-glass*: <@U0APPROVER> approved alone. It is reviewed when it is over.
| Reason for it: The cluster is down and nobody else answers.
| Not finished yet: the result comes in this thread.
[Pause] [Stop]`,
  'done with a broken glass': `
> R-1042 is done and proved: hyper-v01 was given the right to act as any user on hyper-v02.
# hyper-v01 was given the right to act as any user on hyper-v02
✅ *Done and proved* · R-1042 · asked by <@U0REQUESTER>
| Changed: msDS-AllowedToDelegateTo of hyper-v01
🧨 *Break-glass*: <@U0APPROVER> approved alone. To be reviewed by another approver.
| Reason for it: The cluster is down and nobody else answers.
| Written on dc1: 4 values added to hyper-v01.
| Proof: read back on 2 of 2 domain controllers · the values for migration are there · the KDC grants cifs.
| If a move was refused before: hyper-v01 remembers that for about 15 minutes. Wait, or run there: klist purge -li 0x3e7
[Review…] [Undo…]`,
  'done and reviewed': `
> R-1042 is done and proved: hyper-v01 was given the right to act as any user on hyper-v02.
# hyper-v01 was given the right to act as any user on hyper-v02
✅ *Done and proved* · R-1042 · asked by <@U0REQUESTER>
| Changed: msDS-AllowedToDelegateTo of hyper-v01
🧨 *Break-glass*: <@U0APPROVER> approved alone. Reviewed by <@U0APPROVER2>: wrong, something has to follow.
| Reason for it: The cluster is down and nobody else answers.
| Review: One call would have done.
| Written on dc1: 4 values added to hyper-v01.
| Proof: read back on 2 of 2 domain controllers · the values for migration are there · the KDC grants cifs.
| If a move was refused before: hyper-v01 remembers that for about 15 minutes. Wait, or run there: klist purge -li 0x3e7
[Undo…]`,
  'hosts planning': `
> R-1042 is being looked into: hyper-v01 and hyper-v02: to be set up for live migration.
# hyper-v01 and hyper-v02: to be set up for live migration
🔎 *Reading the hosts* · R-1042 · asked by <@U0REQUESTER>
| Nothing is changed before somebody approves.
[Withdraw]`,
  'hosts waiting': `
> R-1042 waits for approval: hyper-v01 and hyper-v02 will be set up for live migration.
# hyper-v01 and hyper-v02 will be set up for live migration
🔐 *Waiting for approval* · R-1042 · asked by <@U0REQUESTER>
| Change: how hyper-v01, hyper-v02 move machines
Needs 1 approval from any of <@U0APPROVER>, <@U0APPROVER2>.
[Approve] [Deny…] [Withdraw]`,
  'hosts running': `
> R-1042 is being carried out: hyper-v01 and hyper-v02: being set up for live migration.
# hyper-v01 and hyper-v02: being set up for live migration
▶ *Running* · R-1042 · asked by <@U0REQUESTER>
| Change: how hyper-v01, hyper-v02 move machines
Approved by <@U0APPROVER>.
| Not finished yet: the result comes in this thread.
[Pause] [Stop]`,
  'hosts done': `
> R-1042 is done: hyper-v01 and hyper-v02: set up for live migration.
# hyper-v01 and hyper-v02: set up for live migration
✅ *Done* · R-1042 · asked by <@U0REQUESTER>
| Change: how hyper-v01, hyper-v02 move machines
Approved by <@U0APPROVER>.
| Set and read back: hyper-v01.
| Not set: hyper-v02 was so already.
[Undo…]`,
  'hosts partial': `
> R-1042 was carried out in part only: Only hyper-v01 was set up for live migration.
# Only hyper-v01 was set up for live migration
⚠ *Partly done* · R-1042 · asked by <@U0REQUESTER>
| Change: how hyper-v01, hyper-v02 move machines
Approved by <@U0APPROVER>.
| Set and read back: hyper-v01.
| Not changed: hyper-v02.
| hyper-v02: Access denied.
| To do: Ask its owner.
[Retry] [Undo…]`,
  'hosts undo planning': `
> R-1042 is being looked into: R-1041 is meant to be undone.
# R-1041 is meant to be undone
🔎 *Reading the hosts* · R-1042 · undo of R-1041 · asked by <@U0REQUESTER>
| Nothing is changed before somebody approves.
[Withdraw]`,
  'hosts undo waiting': `
> R-1042 waits for approval: hyper-v01 and hyper-v02 will be set back to before R-1041.
# hyper-v01 and hyper-v02 will be set back to before R-1041
🔐 *Waiting for approval* · R-1042 · undo of R-1041 · asked by <@U0REQUESTER>
| Change: how hyper-v01, hyper-v02 move machines
Needs 1 approval from any of <@U0APPROVER>, <@U0APPROVER2>.
[Approve] [Deny…] [Withdraw]`,
  'hosts undo done': `
> R-1042 is done: hyper-v01 and hyper-v02: set back to before R-1041.
# hyper-v01 and hyper-v02: set back to before R-1041
✅ *Done* · R-1042 · undo of R-1041 · asked by <@U0REQUESTER>
| Change: how hyper-v01, hyper-v02 move machines
Approved by <@U0APPROVER>.
| Set and read back: hyper-v01 and hyper-v02.
[Undo…]`,
  'hosts undo already so': `
> R-1042 needs no change: Nothing is left to undo of R-1041.
# Nothing is left to undo of R-1041
☑ *Already so* · R-1042 · undo of R-1041 · asked by <@U0REQUESTER>
| The hosts are so already. Nothing was changed, and nothing has to be approved.`,
  'hosts waiting, by hand': `
> R-1042 waits for approval: hyper-v01 and hyper-v02 will be set up for live migration.
# hyper-v01 and hyper-v02 will be set up for live migration
🔐 *Waiting for approval* · R-1042 · asked by <@U0REQUESTER>
| Change: how hyper-v01, hyper-v02 move machines
| ✋ A person carries this out; Handover looks and tells.
Needs 1 approval from any of <@U0APPROVER>, <@U0APPROVER2>.
[Approve] [Deny…] [Withdraw]`,
  'hosts awaiting a person': `
> R-1042 waits for a person’s step: hyper-v01 and hyper-v02 will be set up for live migration.
# hyper-v01 and hyper-v02 will be set up for live migration
✋ *Waiting for a person’s step* · R-1042 · asked by <@U0REQUESTER>
| Change: how hyper-v01, hyper-v02 move machines
| ✋ A person carries this out; Handover looks and tells.
Approved by <@U0APPROVER>.
| Done by hand and seen: hyper-v01.
| Waits for a person to set hyper-v02; this thread says how.
| Anybody with the right to do so may do it. Handover looks by itself, and says here what it sees.
[Look now] [Stop]`,
  'hosts only shown': `
> R-1042 is only shown, since the mode is “observe”: hyper-v01 and hyper-v02 would be set up for live migration.
# hyper-v01 and hyper-v02 would be set up for live migration
👁 *Only shown* · R-1042 · asked by <@U0REQUESTER>
| Change: how hyper-v01, hyper-v02 move machines
| Nothing was changed. Handover is in the mode “observe” for this: it shows what it would change, and nothing is carried out.
| Only observed.`,
  'hosts already so': `
> R-1042 needs no change: hyper-v01 and hyper-v02: set up for live migration already.
# hyper-v01 and hyper-v02: set up for live migration already
☑ *Already so* · R-1042 · asked by <@U0REQUESTER>
| Change: how hyper-v01, hyper-v02 move machines
| The hosts are so already. Nothing was changed, and nothing has to be approved.`,
  'done and proved': `
> R-1042 is done and proved: hyper-v01 was given the right to act as any user on hyper-v02.
# hyper-v01 was given the right to act as any user on hyper-v02
✅ *Done and proved* · R-1042 · asked by <@U0REQUESTER>
| Changed: msDS-AllowedToDelegateTo of hyper-v01
Approved by <@U0APPROVER>.
| Written on dc1: 4 values added to hyper-v01.
| Proof: read back on 2 of 2 domain controllers · the values for migration are there · the KDC grants cifs.
| If a move was refused before: hyper-v01 remembers that for about 15 minutes. Wait, or run there: klist purge -li 0x3e7
[Undo…]`,
  'done, not proved here': `
> R-1042 is done, though not proved here: hyper-v01 was given the right to act as any user on hyper-v02.
# hyper-v01 was given the right to act as any user on hyper-v02
✅ *Done, not proved here* · R-1042 · asked by <@U0REQUESTER>
| Changed: msDS-AllowedToDelegateTo of hyper-v01
Approved by <@U0APPROVER>.
| Found written on dc1 after an interruption: 4 values added to hyper-v01.
| Proof: read back on 2 of 2 domain controllers · cifs is not proved here.
| If a move was refused before: hyper-v01 remembers that for about 15 minutes. Wait, or run there: klist purge -li 0x3e7
[Undo…]`,
  'written, proof failed': `
> R-1042 is written, but the proof failed: hyper-v01 was given the right to act as any user on hyper-v02.
# hyper-v01 was given the right to act as any user on hyper-v02
⚠ *Written, not proved* · R-1042 · asked by <@U0REQUESTER>
| Changed: msDS-AllowedToDelegateTo of hyper-v01
Approved by <@U0APPROVER>.
| Written on dc1: 4 values added to hyper-v01.
| Proof: read back on 1 of 2 domain controllers · the KDC still refuses cifs.
| Written, but the KDC still refuses the ticket.
| If a move was refused before: hyper-v01 remembers that for about 15 minutes. Wait, or run there: klist purge -li 0x3e7
[Undo…]`,
  partial: `
> R-1042 was carried out in part only: hyper-v01 may be able to act as any user on hyper-v02: not all is certain.
# hyper-v01 may be able to act as any user on hyper-v02: not all is certain
⚠ *Partly done* · R-1042 · asked by <@U0REQUESTER>
| Changed: msDS-AllowedToDelegateTo of hyper-v01
Approved by <@U0APPROVER>.
| Written on dc1: 4 values added to hyper-v01.
| hyper-v01 has changed since.
| To do: Ask again for what is missing.
[Retry] [Undo…]`,
  failed: `
> R-1042 failed: hyper-v01 got no new right on hyper-v02.
# hyper-v01 got no new right on hyper-v02
❌ *Failed* · R-1042 · asked by <@U0REQUESTER>
| Planned: msDS-AllowedToDelegateTo of hyper-v01
Approved by <@U0APPROVER>.
| Nothing was changed in the directory.
| The account may not write msDS-AllowedToDelegateTo of hyper-v01 (50).
| To do: Give it that right in the OU, then ask again.
[Re-request]`,
  'failed, not known': `
> R-1042 failed: hyper-v01 may be able to act as any user on hyper-v02: not all is certain.
# hyper-v01 may be able to act as any user on hyper-v02: not all is certain
❌ *Failed* · R-1042 · asked by <@U0REQUESTER>
| Planned: msDS-AllowedToDelegateTo of hyper-v01
Approved by <@U0APPROVER>.
| Not known: whether hyper-v01 was written. Look at msDS-AllowedToDelegateTo before you ask again.
| The time for changes is over.
| To do: Ask again.
[Re-request]`,
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
| Plan 1 no longer held: cifs/hyper-v04 was added to hyper-v01 since the plan was made. Nothing was changed, and its approvals are void.
| A new plan is being made, to be approved again.
[Withdraw]`,
  'stale for good': `
> R-1042 was given up, because the directory kept changing: hyper-v01 got no new right on hyper-v02.
# hyper-v01 got no new right on hyper-v02
♻ *Plan out of date* · R-1042 · asked by <@U0REQUESTER>
| Planned: msDS-AllowedToDelegateTo of hyper-v01
| Plan 4 no longer held: cifs/hyper-v04 was added to hyper-v01 since the plan was made. Nothing was changed, and its approvals are void.
| The directory changed each time between plan and approval, four plans in a row.
| To do: Find out who else edits these objects, then ask again.
[Re-request]`,
  denied: `
> R-1042 was denied: hyper-v01 got no new right on hyper-v02.
# hyper-v01 got no new right on hyper-v02
🚫 *Denied* · R-1042 · asked by <@U0REQUESTER>
| Planned: msDS-AllowedToDelegateTo of hyper-v01
Denied by <@U0APPROVER>.
| Reason: use hyper-v05 instead
| Nothing was changed.
| To do: talk to the approver, or ask for something else; “Re-request” asks for the same again.
[Re-request]`,
  expired: `
> R-1042 expired without a decision: hyper-v01 got no new right on hyper-v02.
# hyper-v01 got no new right on hyper-v02
⌛ *Expired* · R-1042 · asked by <@U0REQUESTER>
| Planned: msDS-AllowedToDelegateTo of hyper-v01
| Nobody decided in time. Nothing was changed.
| To do: nothing, or “Re-request” if it is still needed.
[Re-request]`,
  withdrawn: `
> R-1042 was withdrawn: hyper-v01 got no new right on hyper-v02.
# hyper-v01 got no new right on hyper-v02
↩ *Withdrawn* · R-1042 · asked by <@U0REQUESTER>
| Planned: msDS-AllowedToDelegateTo of hyper-v01
Withdrawn by <@U0REQUESTER>.
| Nothing was changed. Who needs it after all asks anew.`,
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
  'waiting, for a time': `
> R-1042 waits for approval: hyper-v01 will be able to act as any user on hyper-v02.
# hyper-v01 will be able to act as any user on hyper-v02
🔐 *Waiting for approval* · R-1042 · asked by <@U0REQUESTER>
| Change: msDS-AllowedToDelegateTo of hyper-v01
| ⏱ For 8 h, counted from when it is written; then Handover takes it away again.
Needs 1 approval from any of <@U0APPROVER>, <@U0APPROVER2>.
[Approve] [Deny…] [Withdraw]`,
  'waiting, partly by hand': `
> R-1042 waits for approval: hyper-v01 will be able to act as any user on hyper-v02.
# hyper-v01 will be able to act as any user on hyper-v02
🔐 *Waiting for approval* · R-1042 · asked by <@U0REQUESTER>
| Change: msDS-AllowedToDelegateTo of hyper-v01
| Change, by a person: userAccountControl of hyper-v01 (CN=HYPER-V01,OU=Hyper-V,DC=mabofeng,DC=com): + TRUSTED_TO_AUTH_FOR_DELEGATION (“Use any authentication protocol”), 0x1000 → 0x1001000; nothing else
| ✋ A person carries out what is marked “by a person”; Handover looks and tells.
Needs 1 approval from any of <@U0APPROVER>, <@U0APPROVER2>.
[Approve…] [Deny…] [Withdraw]`,
  'waiting, keeping values': `
> R-1042 waits for approval: hyper-v01 will be able to act as any user on hyper-v02.
# hyper-v01 will be able to act as any user on hyper-v02
🔐 *Waiting for approval* · R-1042 · asked by <@U0REQUESTER>
| Change: msDS-AllowedToDelegateTo of hyper-v01
| ≡  cifs/hyper-v02
| ≡  cifs/hyper-v02.mabofeng.com
| ≡  Microsoft Virtual System Migration Service/hyper-v02
| ≡  Microsoft Virtual System Migration Service/hyper-v02.mabofeng.com
| (≡ was there for a time only; with this it stays for good, or for the time that is said below.)
Needs 1 approval from any of <@U0APPROVER>, <@U0APPROVER2>.
[Approve] [Deny…] [Withdraw]`,
  'waiting, a mesh of 64': `
> R-1042 waits for approval: 64 hosts will be able to act as any user on each other.
# 64 hosts will be able to act as any user on each other
🔐 *Waiting for approval* · R-1042 · asked by <@U0REQUESTER>
| Change: 64 objects, 16,128 values in all. Values of msDS-AllowedToDelegateTo. “cifs of X in D” is cifs/X and cifs/X.D; “migration of X in D” is the same two of Microsoft Virtual System Migration Service. “x[01-03]” is x01, x02 and x03. A line below several hosts is true of each of them, and never means a host’s own values; “every other of them” is all of them but itself.
| Each of these 64 hosts in OU=Hyper-V,DC=mabofeng,DC=com:
| hyper-v-rack-[01-64]
Needs 1 approval from any of <@U0APPROVER>, <@U0APPROVER2>.
[Approve…] [Deny…] [Withdraw]`,
  'running and written': `
> R-1042 is written and watched until every domain controller has it: hyper-v01 will be able to act as any user on hyper-v02.
# hyper-v01 will be able to act as any user on hyper-v02
⏳ *Written, being proved* · R-1042 · asked by <@U0REQUESTER>
| Change: msDS-AllowedToDelegateTo of hyper-v01
Approved by <@U0APPROVER>.
| Written on dc1: 4 values added to hyper-v01.
| On 1 of 2 domain controllers so far; watched until it is on all of them.
| Not finished yet: the result comes in this thread.
[Stop]`,
  'awaiting-hand': `
> R-1042 waits for a person’s step: hyper-v01 will be able to act as any user on hyper-v02.
# hyper-v01 will be able to act as any user on hyper-v02
✋ *Waiting for a person’s step* · R-1042 · asked by <@U0REQUESTER>
| Change: msDS-AllowedToDelegateTo of hyper-v01
| Change, by a person: userAccountControl of hyper-v01 (CN=HYPER-V01,OU=Hyper-V,DC=mabofeng,DC=com): + TRUSTED_TO_AUTH_FOR_DELEGATION (“Use any authentication protocol”), 0x1000 → 0x1001000; nothing else
| ✋ A person carries out what is marked “by a person”; Handover looks and tells.
Approved by <@U0APPROVER>.
| Written on dc1: 4 values added to hyper-v01.
| Waits for a person to set “Use any authentication protocol” for hyper-v01; this thread says how.
| Anybody with the right to do so may do it. Handover looks by itself, and says here what it sees.
[Look now] [Stop]`,
  'awaiting-hand, some seen': `
> R-1042 waits for a person’s step: hyper-v01 will be able to act as any user on hyper-v02.
# hyper-v01 will be able to act as any user on hyper-v02
✋ *Waiting for a person’s step* · R-1042 · asked by <@U0REQUESTER>
| Change, by a person: msDS-AllowedToDelegateTo of hyper-v01
| ✋ A person carries this out; Handover looks and tells.
Approved by <@U0APPROVER>.
| Waits for a person to add 4 values to hyper-v01; this thread says how.
| Anybody with the right to do so may do it. Handover looks by itself, and says here what it sees.
| Seen so far: hyper-v01 has 3 of 4 values; cifs/hyper-v02 is missing.
| To do: Add what is missing.
[Look now] [Stop]`,
  'done by hand': `
> R-1042 is done and proved: hyper-v01 was given the right to act as any user on hyper-v02.
# hyper-v01 was given the right to act as any user on hyper-v02
✅ *Done and proved* · R-1042 · asked by <@U0REQUESTER>
| Changed: msDS-AllowedToDelegateTo of hyper-v01
| Changed, by a person: userAccountControl of hyper-v01 (CN=HYPER-V01,OU=Hyper-V,DC=mabofeng,DC=com): + TRUSTED_TO_AUTH_FOR_DELEGATION (“Use any authentication protocol”), 0x1000 → 0x1001000; nothing else
Approved by <@U0APPROVER>.
| Written on dc1: 4 values added to hyper-v01.
| Done by hand and seen on dc1: “Use any authentication protocol” set for hyper-v01.
| Proof: read back on 2 of 2 domain controllers · the values for migration are there · the KDC grants cifs.
| If a move was refused before: hyper-v01 remembers that for about 15 minutes. Wait, or run there: klist purge -li 0x3e7
[Undo…]`,
  'done for a time': `
> R-1042 is done and proved: hyper-v01 was given the right to act as any user on hyper-v02.
# hyper-v01 was given the right to act as any user on hyper-v02
✅ *Done and proved* · R-1042 · asked by <@U0REQUESTER>
| Changed: msDS-AllowedToDelegateTo of hyper-v01
⏱ Until <!date^1795428000^{date_short_pretty} {time}|2026-11-23 10:00 UTC>; then it is taken away again.
Approved by <@U0APPROVER>.
| Written on dc1: 4 values added to hyper-v01.
| Proof: read back on 2 of 2 domain controllers · the values for migration are there · the KDC grants cifs.
| If a move was refused before: hyper-v01 remembers that for about 15 minutes. Wait, or run there: klist purge -li 0x3e7
[Extend by 8 h] [Undo…]`,
  'done, keeping values': `
> R-1042 is done and proved: hyper-v01 keeps the right to act as any user on hyper-v02.
# hyper-v01 keeps the right to act as any user on hyper-v02
✅ *Done and proved* · R-1042 · asked by <@U0REQUESTER>
| Changed: msDS-AllowedToDelegateTo of hyper-v01
| ≡  cifs/hyper-v02
| ≡  cifs/hyper-v02.mabofeng.com
| ≡  Microsoft Virtual System Migration Service/hyper-v02
| ≡  Microsoft Virtual System Migration Service/hyper-v02.mabofeng.com
| (≡ was there for a time only; with this it stays for good, or for the time that is said below.)
Approved by <@U0APPROVER>.
| 4 values of hyper-v01 stay for good; they were there for a time only.
| Proof: read back on 2 of 2 domain controllers · the values for migration are there · the KDC grants cifs.
| If a move was refused before: hyper-v01 remembers that for about 15 minutes. Wait, or run there: klist purge -li 0x3e7`,
  'partial, of several': `
> R-1042 was carried out in part only: 8 hosts may be able to act as any user on each other: not all is certain.
# 8 hosts may be able to act as any user on each other: not all is certain
⚠ *Partly done* · R-1042 · asked by <@U0REQUESTER>
| Planned: 8 objects, 224 values in all. Values of msDS-AllowedToDelegateTo. “cifs of X in D” is cifs/X and cifs/X.D; “migration of X in D” is the same two of Microsoft Virtual System Migration Service. “x[01-03]” is x01, x02 and x03. A line below several hosts is true of each of them, and never means a host’s own values; “every other of them” is all of them but itself.
| Each of these 8 hosts in OU=Hyper-V,DC=mabofeng,DC=com:
| hv[01-08]
Approved by <@U0APPROVER>.
| Written on dc1: 112 values added to hv01, hv02, hv03 and hv04.
| Not written: hv05 was as planned already when the write was due.
| Written on dc1: 26 of 28 values added to hv06.
| Not changed: hv07 and hv08.
| Not changed of hv06: cifs/hv01 and cifs/hv01.mabofeng.com.
| The account may not write msDS-AllowedToDelegateTo of hv03 (50).
| To do: Give it that right in the OU, then retry.
[Retry] [Undo…]`,
  stopped: `
> R-1042 was stopped: 4 hosts were given the right to act as any user on 8 hosts (28 pairs); the rest was stopped.
# 4 hosts were given the right to act as any user on 8 hosts (28 pairs); the rest was stopped
⏹ *Stopped* · R-1042 · asked by <@U0REQUESTER>
| Planned: 8 objects, 224 values in all. Values of msDS-AllowedToDelegateTo. “cifs of X in D” is cifs/X and cifs/X.D; “migration of X in D” is the same two of Microsoft Virtual System Migration Service. “x[01-03]” is x01, x02 and x03. A line below several hosts is true of each of them, and never means a host’s own values; “every other of them” is all of them but itself.
| Each of these 8 hosts in OU=Hyper-V,DC=mabofeng,DC=com:
| hv[01-08]
Approved by <@U0APPROVER>. Stopped by <@U0REQUESTER>.
| Written on dc1: 112 values added to hv01, hv02, hv03 and hv04.
| Not written: hv05 was as planned already when the write was due.
| Written on dc1: 26 of 28 values added to hv06.
| Not changed: hv07 and hv08.
| Not changed of hv06: cifs/hv01 and cifs/hv01.mabofeng.com.
| To do: “Retry” asks again for what is missing, “Undo…” takes back what was changed.
[Retry] [Undo…]`,
  'stopped before anything': `
> R-1042 was stopped: hyper-v01 got no new right on hyper-v02.
# hyper-v01 got no new right on hyper-v02
⏹ *Stopped* · R-1042 · asked by <@U0REQUESTER>
| Planned: msDS-AllowedToDelegateTo of hyper-v01
Approved by <@U0APPROVER>. Stopped by <@U0REQUESTER>.
| Nothing was changed in the directory.
| To do: nothing, or “Retry” if it is still wanted.
[Retry]`,
  'stopped while a person was waited for': `
> R-1042 was stopped: hyper-v01 was given the right to act as any user on hyper-v02; the rest was stopped.
# hyper-v01 was given the right to act as any user on hyper-v02; the rest was stopped
⏹ *Stopped* · R-1042 · asked by <@U0REQUESTER>
| Planned: msDS-AllowedToDelegateTo of hyper-v01
| Planned, by a person: userAccountControl of hyper-v01 (CN=HYPER-V01,OU=Hyper-V,DC=mabofeng,DC=com): + TRUSTED_TO_AUTH_FOR_DELEGATION (“Use any authentication protocol”), 0x1000 → 0x1001000; nothing else
Approved by <@U0APPROVER>. Stopped by <@U0REQUESTER>.
| Written on dc1: 4 values added to hyper-v01.
| Not changed: userAccountControl of hyper-v01.
| To do: “Retry” asks again for what is missing, “Undo…” takes back what was changed.
[Retry] [Undo…]`,
  'an undo that waits': `
> R-1042 waits for approval: hyper-v01 will no longer be able to act as any user on hyper-v02.
# hyper-v01 will no longer be able to act as any user on hyper-v02
🔐 *Waiting for approval* · R-1042 · undo of R-1041 · asked by <@U0REQUESTER>
| Change: msDS-AllowedToDelegateTo of hyper-v01
| −  cifs/hyper-v02
| −  cifs/hyper-v02.mabofeng.com
| −  Microsoft Virtual System Migration Service/hyper-v02
| −  Microsoft Virtual System Migration Service/hyper-v02.mabofeng.com
Needs 1 approval from any of <@U0APPROVER>, <@U0APPROVER2>.
[Approve] [Deny…] [Withdraw]`,
  'a retry that waits': `
> R-1042 waits for approval: hyper-v01 will be able to act as any user on hyper-v02.
# hyper-v01 will be able to act as any user on hyper-v02
🔐 *Waiting for approval* · R-1042 · again, after R-1041 · asked by <@U0REQUESTER>
| Change: msDS-AllowedToDelegateTo of hyper-v01
Needs 1 approval from any of <@U0APPROVER>, <@U0APPROVER2>.
[Approve] [Deny…] [Withdraw]`,
  'only shown': `
> R-1042 is only shown, since the mode is “observe”: hyper-v01 would be able to act as any user on hyper-v02.
# hyper-v01 would be able to act as any user on hyper-v02
👁 *Only shown* · R-1042 · asked by <@U0REQUESTER>
| Planned: msDS-AllowedToDelegateTo of hyper-v01
| Nothing was changed. Handover is in the mode “observe” for this: it shows what it would change, and nothing is carried out.
| The mode of delegation-add is observe.
| To do: The owner of handover.yaml can set another mode.`,
};

describe('the card of a request', () => {
  it('shows everything that an approver decides about, the power first and the small print last', () => {
    expect(`\n${rendered(card(inState('waiting'), rules))}`).toBe(`
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
Plan 1 · 79d6e8ae · read from dc1 · <!date^1795399200^{date_short_pretty} {time}|2026-11-23 02:00 UTC> · decide by <!date^1795428000^{date_short_pretty} {time}|2026-11-23 10:00 UTC>`);
  });

  // Those of moves: see moves/.
  const elsewhere = { ...everyMoveState, ...everySetUpState };
  it.each(Object.keys(everyState).filter((name) => !Object.hasOwn(elsewhere, name)))(
    'says in its own words what %s means',
    (name) => {
      const record = everyState[name];
      expect(record && `\n${essence(card(record, rules)).join('\n')}`).toBe(cards[name]);
    },
  );
});
