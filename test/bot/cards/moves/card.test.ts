import { card } from '../../../../src/bot/cards/card';
import { essence } from '../../support/rendered';
import { everyMoveState, someProgress } from '../../support/move-states';
import { rules } from '../../support/usual-request';

/** What each state's card says of moves, without the lines that all of them share (see `essence`). */
const cards: Readonly<Record<string, string>> = {
  'moves planning': `
> R-1042 is being looked into: web-01, web-02 and sql-01: to be moved to hyper-v02.
# web-01, web-02 and sql-01: to be moved to hyper-v02
🔎 *Reading the hosts* · R-1042 · asked by <@U0REQUESTER>
| Nothing is changed before somebody approves.
[Withdraw]`,
  'moves planning, nobody to ask': `
> R-1042 is being looked into: web-01, web-02 and sql-01: to be moved to hyper-v02.
# web-01, web-02 and sql-01: to be moved to hyper-v02
🔎 *Reading the hosts* · R-1042 · asked by <@U0REQUESTER>
| Held up: No Windows worker since 02:10.
| To do: Start it.
| Nothing is changed before somebody approves.
[Withdraw]`,
  'moves waiting': `
> R-1042 waits for approval: web-01, web-02 and sql-01 will move to hyper-v02.
# web-01, web-02 and sql-01 will move to hyper-v02
🔐 *Waiting for approval* · R-1042 · asked by <@U0REQUESTER>
| Change: where machines run
| →  web-01   hyper-v01 → hyper-v02   while it runs, 5.2 GB to copy, about 45 s
| →  web-02   hyper-v01 → hyper-v02   while it runs, 5.2 GB to copy, about 45 s
| →  sql-01   hyper-v01 → hyper-v02   while it runs, 1.8 TB to copy with its local disks, to D:\\Hyper-V, about 3 h 10 min
| All of it: about 3 h 10 min
| hyper-v02 ends at 61 % memory
Needs 1 approval from any of <@U0APPROVER>, <@U0APPROVER2>.
[Approve] [Deny…] [Withdraw]`,
  'moves waiting, with the delegation': `
> R-1042 waits for approval: hyper-v01 will be able to act as any user on hyper-v02; web-01, web-02 and sql-01 will move to hyper-v02.
# hyper-v01 will be able to act as any user on hyper-v02; web-01, web-02 and sql-01 will move to hyper-v02
🔐 *Waiting for approval* · R-1042 · asked by <@U0REQUESTER>
| Change: msDS-AllowedToDelegateTo of hyper-v01
| Change: where machines run
| →  web-01   hyper-v01 → hyper-v02   while it runs, 5.2 GB to copy, about 45 s
| →  web-02   hyper-v01 → hyper-v02   while it runs, 5.2 GB to copy, about 45 s
| →  sql-01   hyper-v01 → hyper-v02   while it runs, 1.8 TB to copy with its local disks, to D:\\Hyper-V, about 3 h 10 min
| All of it: about 3 h 10 min
| hyper-v02 ends at 61 % memory
Needs 1 approval from any of <@U0APPROVER>, <@U0APPROVER2>.
[Approve] [Deny…] [Withdraw]`,
  'moves waiting for a new plan': `
> R-1042 waits for approval: web-01, web-02 and sql-01 will move to hyper-v02.
# web-01, web-02 and sql-01 will move to hyper-v02
🔐 *Waiting for approval* · R-1042 · asked by <@U0REQUESTER>
| Change: where machines run
| →  web-01   hyper-v01 → hyper-v02   while it runs, 5.2 GB to copy, about 45 s
| →  web-02   hyper-v01 → hyper-v02   while it runs, 5.2 GB to copy, about 45 s
| →  sql-01   hyper-v01 → hyper-v02   while it runs, 1.8 TB to copy with its local disks, to D:\\Hyper-V, about 3 h 10 min
| All of it: about 3 h 10 min
| hyper-v02 ends at 61 % memory
| Plan 1 no longer held: hyper-v01 has been edited since the plan was made. Nothing was changed, and its approvals are void.
Needs 1 approval from any of <@U0APPROVER>, <@U0APPROVER2>.
[Approve] [Deny…] [Withdraw]`,
  'moves approved': `
> R-1042 is approved and about to be carried out: web-01, web-02 and sql-01 will move to hyper-v02.
# web-01, web-02 and sql-01 will move to hyper-v02
👍 *Approved* · R-1042 · asked by <@U0REQUESTER>
| Change: where machines run
| →  web-01   hyper-v01 → hyper-v02   while it runs, 5.2 GB to copy, about 45 s
| →  web-02   hyper-v01 → hyper-v02   while it runs, 5.2 GB to copy, about 45 s
| →  sql-01   hyper-v01 → hyper-v02   while it runs, 1.8 TB to copy with its local disks, to D:\\Hyper-V, about 3 h 10 min
| All of it: about 3 h 10 min
| hyper-v02 ends at 61 % memory
Approved by <@U0APPROVER>.
| Nothing is moved yet: the worker looks again first.
[Pause] [Stop]`,
  'moves running, the delegation first': `
> R-1042 is being carried out: web-01, web-02 and sql-01: being moved to hyper-v02.
# web-01, web-02 and sql-01: being moved to hyper-v02
▶ *Running* · R-1042 · asked by <@U0REQUESTER>
| Change: msDS-AllowedToDelegateTo of hyper-v01
| Change: where machines run
| →  web-01   hyper-v01 → hyper-v02   while it runs, 5.2 GB to copy, about 45 s
| →  web-02   hyper-v01 → hyper-v02   while it runs, 5.2 GB to copy, about 45 s
| →  sql-01   hyper-v01 → hyper-v02   while it runs, 1.8 TB to copy with its local disks, to D:\\Hyper-V, about 3 h 10 min
| All of it: about 3 h 10 min
| hyper-v02 ends at 61 % memory
Approved by <@U0APPROVER>.
| No machine has moved yet: the delegation that they need comes first.
| Not finished yet: the result comes in this thread.
[Pause] [Stop]`,
  'moves running': `
> R-1042 is being carried out: web-01, web-02 and sql-01: being moved to hyper-v02.
# web-01, web-02 and sql-01: being moved to hyper-v02
▶ *Moving* · R-1042 · asked by <@U0REQUESTER>
| Change: where machines run
| →  web-01   hyper-v01 → hyper-v02   while it runs, 5.2 GB to copy, about 45 s
| →  web-02   hyper-v01 → hyper-v02   while it runs, 5.2 GB to copy, about 45 s
| →  sql-01   hyper-v01 → hyper-v02   while it runs, 1.8 TB to copy with its local disks, to D:\\Hyper-V, about 3 h 10 min
| All of it: about 3 h 10 min
| hyper-v02 ends at 61 % memory
Approved by <@U0APPROVER>.
| ▰▰▰▰▱▱▱▱▱▱ 45 %   1 of 3 machines
| Moved, and well: web-01, on hyper-v02.
| sql-01   hyper-v01 → hyper-v02   ▰▰▰▱▱▱▱▱▱▱ 34 %
| Not begun yet: web-02.
| Not finished yet: the result comes in this thread.
[Pause] [Stop]`,
  'moves running, one failed': `
> R-1042 is being carried out: web-01, web-02 and sql-01: being moved to hyper-v02.
# web-01, web-02 and sql-01: being moved to hyper-v02
▶ *Moving* · R-1042 · asked by <@U0REQUESTER>
| Change: where machines run
| →  web-01   hyper-v01 → hyper-v02   while it runs, 5.2 GB to copy, about 45 s
| →  web-02   hyper-v01 → hyper-v02   while it runs, 5.2 GB to copy, about 45 s
| →  sql-01   hyper-v01 → hyper-v02   while it runs, 1.8 TB to copy with its local disks, to D:\\Hyper-V, about 3 h 10 min
| All of it: about 3 h 10 min
| hyper-v02 ends at 61 % memory
Approved by <@U0APPROVER>.
| ▰▰▰▰▰▰▰▰▱▱ 78 %   2 of 3 machines
| Moved, and well: web-02, on hyper-v02.
| sql-01   hyper-v01 → hyper-v02   ▰▰▰▱▱▱▱▱▱▱ 34 %
| ✖ web-01 did not move to hyper-v02: hyper-v01 may not delegate to cifs/hyper-v02. web-01 is still on hyper-v01.
| ✖ Also: Windows says 0x8009030E: No credentials are available.
| To do: Ask for it: /delegate hyper-v01 -> hyper-v02 cifs,migration.
| Not finished yet: the result comes in this thread.
[Pause] [Retry failed] [Stop]`,
  'moves running, held up': `
> R-1042 is being carried out: web-01, web-02 and sql-01: being moved to hyper-v02.
# web-01, web-02 and sql-01: being moved to hyper-v02
▶ *Moving* · R-1042 · asked by <@U0REQUESTER>
| Change: where machines run
| →  web-01   hyper-v01 → hyper-v02   while it runs, 5.2 GB to copy, about 45 s
| →  web-02   hyper-v01 → hyper-v02   while it runs, 5.2 GB to copy, about 45 s
| →  sql-01   hyper-v01 → hyper-v02   while it runs, 1.8 TB to copy with its local disks, to D:\\Hyper-V, about 3 h 10 min
| All of it: about 3 h 10 min
| hyper-v02 ends at 61 % memory
Approved by <@U0APPROVER>.
| Held up: web-02 waits: hyper-v02 is full.
| To do: It goes on by itself.
| ▰▰▰▱▱▱▱▱▱▱ 33 %   1 of 3 machines
| Moved, and well: web-01, on hyper-v02.
| Not begun yet: web-02 and sql-01.
| Not finished yet: the result comes in this thread.
[Pause] [Stop]`,
  'moves waiting, for a window': `
> R-1042 waits for approval: hyper-v01 will be able to act as any user on hyper-v02; web-01, web-02 and sql-01 will move to hyper-v02.
# hyper-v01 will be able to act as any user on hyper-v02; web-01, web-02 and sql-01 will move to hyper-v02
🔐 *Waiting for approval* · R-1042 · asked by <@U0REQUESTER>
🕘 Moves begin <!date^1795831200^{date_short_pretty} {time}|2026-11-28 02:00 UTC>, and none that would not be over by <!date^1795845600^{date_short_pretty} {time}|2026-11-28 06:00 UTC>. Delegations are written right after the approval.
| Change: msDS-AllowedToDelegateTo of hyper-v01
| Change: where machines run
| →  web-01   hyper-v01 → hyper-v02   while it runs, 5.2 GB to copy, about 45 s
| →  web-02   hyper-v01 → hyper-v02   while it runs, 5.2 GB to copy, about 45 s
| →  sql-01   hyper-v01 → hyper-v02   while it runs, 1.8 TB to copy with its local disks, to D:\\Hyper-V, about 3 h 10 min
| All of it: about 3 h 10 min
| hyper-v02 ends at 61 % memory
Needs 1 approval from any of <@U0APPROVER>, <@U0APPROVER2>.
[Approve] [Deny…] [Withdraw]`,
  'moves waiting, with a deadline': `
> R-1042 waits for approval: web-01, web-02 and sql-01 will move to hyper-v02.
# web-01, web-02 and sql-01 will move to hyper-v02
🔐 *Waiting for approval* · R-1042 · asked by <@U0REQUESTER>
🕘 No move begins that would not be over 30 min after the first has begun.
| Change: where machines run
| →  web-01   hyper-v01 → hyper-v02   while it runs, 5.2 GB to copy, about 45 s
| →  web-02   hyper-v01 → hyper-v02   while it runs, 5.2 GB to copy, about 45 s
| →  sql-01   hyper-v01 → hyper-v02   while it runs, 1.8 TB to copy with its local disks, to D:\\Hyper-V, about 3 h 10 min
| All of it: about 3 h 10 min
| hyper-v02 ends at 61 % memory
Needs 1 approval from any of <@U0APPROVER>, <@U0APPROVER2>.
[Approve] [Deny…] [Withdraw]`,
  'moves running, the window to come': `
> R-1042 is approved and waits for its window: web-01, web-02 and sql-01 will move to hyper-v02.
# web-01, web-02 and sql-01 will move to hyper-v02
🕘 *Waiting for its window* · R-1042 · asked by <@U0REQUESTER>
🕘 Moves begin <!date^1795831200^{date_short_pretty} {time}|2026-11-28 02:00 UTC>, and none that would not be over by <!date^1795845600^{date_short_pretty} {time}|2026-11-28 06:00 UTC>.
| Change: msDS-AllowedToDelegateTo of hyper-v01
| Change: where machines run
| →  web-01   hyper-v01 → hyper-v02   while it runs, 5.2 GB to copy, about 45 s
| →  web-02   hyper-v01 → hyper-v02   while it runs, 5.2 GB to copy, about 45 s
| →  sql-01   hyper-v01 → hyper-v02   while it runs, 1.8 TB to copy with its local disks, to D:\\Hyper-V, about 3 h 10 min
| All of it: about 3 h 10 min
| hyper-v02 ends at 61 % memory
Approved by <@U0APPROVER>.
| ▱▱▱▱▱▱▱▱▱▱ 0 %   0 of 3 machines
| Not begun yet: web-01, web-02 and sql-01.
| Not finished yet: the result comes in this thread.
[Pause] [Stop]`,
  'moves partial, one left': `
> R-1042 was carried out in part only: Only web-01 and web-02 moved to hyper-v02.
# Only web-01 and web-02 moved to hyper-v02
⚠ *Partly done* · R-1042 · asked by <@U0REQUESTER>
| Planned: msDS-AllowedToDelegateTo of hyper-v01
| Planned: where machines run
| →  web-01   hyper-v01 → hyper-v02
| →  web-02   hyper-v01 → hyper-v02
| →  sql-01   hyper-v01 → hyper-v02   with its local disks, to D:\\Hyper-V
Approved by <@U0APPROVER>.
| Moved, and well: web-01 and web-02, on hyper-v02.
| ■ sql-01 was left: it takes about 3 h 10 min, and the window had 58 min left.
| To do: Ask again for what has stayed.
[Retry]`,
  'moves waiting for Windows': `
> R-1042 waits for Windows to notice (up to 15 min): web-01, web-02 and sql-01: being moved to hyper-v02.
# web-01, web-02 and sql-01: being moved to hyper-v02
⏳ *Waiting for Windows to notice* · R-1042 · asked by <@U0REQUESTER>
| Change: msDS-AllowedToDelegateTo of hyper-v01
| Change: where machines run
| →  web-01   hyper-v01 → hyper-v02   while it runs, 5.2 GB to copy, about 45 s
| →  web-02   hyper-v01 → hyper-v02   while it runs, 5.2 GB to copy, about 45 s
| →  sql-01   hyper-v01 → hyper-v02   while it runs, 1.8 TB to copy with its local disks, to D:\\Hyper-V, about 3 h 10 min
| All of it: about 3 h 10 min
| hyper-v02 ends at 61 % memory
Approved by <@U0APPROVER>.
| Written on dc1: 4 values added to hyper-v01.
| On 2 of 2 domain controllers.
| ▱▱▱▱▱▱▱▱▱▱ 0 %   0 of 3 machines
| web-01 waits for Windows to notice the delegation of hyper-v01 (up to 15 min), and stays there meanwhile.
| To do: nothing. If it is urgent, on hyper-v01: klist purge -li 0x3e7
| Not begun yet: web-02 and sql-01.
| Not finished yet: the result comes in this thread.
[Pause] [Stop]`,
  'moves arrived, being looked at': `
> R-1042 is being carried out: web-01, web-02 and sql-01: being moved to hyper-v02.
# web-01, web-02 and sql-01: being moved to hyper-v02
▶ *Moving* · R-1042 · asked by <@U0REQUESTER>
| Change: where machines run
| →  web-01   hyper-v01 → hyper-v02   while it runs, 5.2 GB to copy, about 45 s
| →  web-02   hyper-v01 → hyper-v02   while it runs, 5.2 GB to copy, about 45 s
| →  sql-01   hyper-v01 → hyper-v02   while it runs, 1.8 TB to copy with its local disks, to D:\\Hyper-V, about 3 h 10 min
| All of it: about 3 h 10 min
| hyper-v02 ends at 61 % memory
Approved by <@U0APPROVER>.
| ▰▰▰▰▱▱▱▱▱▱ 45 %   0 of 3 machines
| web-01   hyper-v01 → hyper-v02   has arrived, and is watched until it is well
| web-02   hyper-v01 → hyper-v02   is being looked for on both hosts
| sql-01   hyper-v01 → hyper-v02   ▰▰▰▱▱▱▱▱▱▱ 34 %
| Not finished yet: the result comes in this thread.
[Pause] [Stop]`,
  'moves done': `
> R-1042 is done: web-01, web-02 and sql-01 were moved to hyper-v02.
# web-01, web-02 and sql-01 were moved to hyper-v02
✅ *Done* · R-1042 · asked by <@U0REQUESTER>
| Planned: where machines run
| →  web-01   hyper-v01 → hyper-v02
| →  web-02   hyper-v01 → hyper-v02
| →  sql-01   hyper-v01 → hyper-v02   with its local disks, to D:\\Hyper-V
Approved by <@U0APPROVER>.
| Moved, and well: web-01, web-02 and sql-01, on hyper-v02.`,
  'moves done, with the delegation': `
> R-1042 is done: web-01, web-02 and sql-01 were moved to hyper-v02.
# web-01, web-02 and sql-01 were moved to hyper-v02
✅ *Done* · R-1042 · asked by <@U0REQUESTER>
| Changed: msDS-AllowedToDelegateTo of hyper-v01
| Changed: where machines run
| →  web-01   hyper-v01 → hyper-v02
| →  web-02   hyper-v01 → hyper-v02
| →  sql-01   hyper-v01 → hyper-v02   with its local disks, to D:\\Hyper-V
Approved by <@U0APPROVER>.
| Written on dc1: 4 values added to hyper-v01.
| Moved, and well: web-01, web-02 and sql-01, on hyper-v02.
| Proof: read back on 2 of 2 domain controllers · the values for migration are there · the KDC grants cifs.
[Undo…]`,
  'moves done, one unwell': `
> R-1042 is done, and not every machine is well: web-01, web-02 and sql-01 were moved to hyper-v02.
# web-01, web-02 and sql-01 were moved to hyper-v02
⚠ *Moved, and not well* · R-1042 · asked by <@U0REQUESTER>
| Changed: where machines run
| →  web-01   hyper-v01 → hyper-v02
| →  web-02   hyper-v01 → hyper-v02
| →  sql-01   hyper-v01 → hyper-v02   with its local disks, to D:\\Hyper-V
Approved by <@U0APPROVER>.
| Moved, and well: web-01 and sql-01, on hyper-v02.
| ⚠ web-02 is on hyper-v02, and not as it was:
| ✖ Heartbeat: Its heartbeat was there before the move and is not now.
| To do: Look at its console; then Restart-VM by its id if it hangs.`,
  'moves partial': `
> R-1042 was carried out in part only: Only web-01 and web-02 moved to hyper-v02.
# Only web-01 and web-02 moved to hyper-v02
⚠ *Partly done* · R-1042 · asked by <@U0REQUESTER>
| Planned: where machines run
| →  web-01   hyper-v01 → hyper-v02
| →  web-02   hyper-v01 → hyper-v02
| →  sql-01   hyper-v01 → hyper-v02   with its local disks, to D:\\Hyper-V
Approved by <@U0APPROVER>.
| Moved, and well: web-01 and web-02, on hyper-v02.
| ✖ sql-01 did not move to hyper-v02: Windows says 21502: the move broke. sql-01 is still on hyper-v01.
| To do: Look the code up with this text; Handover does not know it.
[Retry failed]`,
  'moves failed': `
> R-1042 failed: web-01, web-02 and sql-01 were not moved to hyper-v02.
# web-01, web-02 and sql-01 were not moved to hyper-v02
❌ *Failed* · R-1042 · asked by <@U0REQUESTER>
| Planned: where machines run
| →  web-01   hyper-v01 → hyper-v02
| →  web-02   hyper-v01 → hyper-v02
| →  sql-01   hyper-v01 → hyper-v02   with its local disks, to D:\\Hyper-V
Approved by <@U0APPROVER>.
| ✖ web-01 did not move to hyper-v02: hyper-v01 may not delegate to cifs/hyper-v02. web-01 is still on hyper-v01.
| ✖ Also: Windows says 0x8009030E: No credentials are available.
| To do: Ask for it: /delegate hyper-v01 -> hyper-v02 cifs,migration.
| ✖ web-02 was not moved. web-02 is still on hyper-v01.
| ✖ The same goes for sql-01.
[Ask for this delegation] [Retry failed]`,
  'moves failed before any': `
> R-1042 failed: web-01, web-02 and sql-01 were not moved to hyper-v02.
# web-01, web-02 and sql-01 were not moved to hyper-v02
❌ *Failed* · R-1042 · asked by <@U0REQUESTER>
| Planned: where machines run
| →  web-01   hyper-v01 → hyper-v02
| →  web-02   hyper-v01 → hyper-v02
| →  sql-01   hyper-v01 → hyper-v02   with its local disks, to D:\\Hyper-V
Approved by <@U0APPROVER>.
| No machine was moved.
| No worker began in time.
| To do: Ask again.
[Re-request]`,
  'moves stuck': `
> R-1042 is stuck and needs a person: web-01: the move to hyper-v02 needs a person.
# web-01: the move to hyper-v02 needs a person
🛑 *Stuck* · R-1042 · asked by <@U0REQUESTER>
| Planned: where machines run
| →  web-01   hyper-v01 → hyper-v02
| →  web-02   hyper-v01 → hyper-v02
| →  sql-01   hyper-v01 → hyper-v02   with its local disks, to D:\\Hyper-V
Approved by <@U0APPROVER>.
| 🛑 web-01 is at hyper-v01; a second one of the same id is switched off at hyper-v02.
| To do: Get-VM -ComputerName hyper-v02 -Id 00000001-4a7b-4c1d-9e2f-7a6b5c4d3e2f | Remove-VM -Force
| Moved, and well: web-02, on hyper-v02.
| Not moved: sql-01.`,
  'moves stopped': `
> R-1042 was stopped: Only web-01 moved to hyper-v02.
# Only web-01 moved to hyper-v02
⏹ *Stopped* · R-1042 · asked by <@U0REQUESTER>
| Planned: where machines run
| →  web-01   hyper-v01 → hyper-v02
| →  web-02   hyper-v01 → hyper-v02
| →  sql-01   hyper-v01 → hyper-v02   with its local disks, to D:\\Hyper-V
Approved by <@U0APPROVER>. Stopped by <@U0REQUESTER>.
| Moved, and well: web-01, on hyper-v02.
| Not moved: web-02 and sql-01.
| To do: “Retry” asks again for what has not moved.
[Retry]`,
  'moves stopped before any': `
> R-1042 was stopped: web-01, web-02 and sql-01 were not moved to hyper-v02.
# web-01, web-02 and sql-01 were not moved to hyper-v02
⏹ *Stopped* · R-1042 · asked by <@U0REQUESTER>
| Planned: where machines run
| →  web-01   hyper-v01 → hyper-v02
| →  web-02   hyper-v01 → hyper-v02
| →  sql-01   hyper-v01 → hyper-v02   with its local disks, to D:\\Hyper-V
Approved by <@U0APPROVER>. Stopped by <@U0REQUESTER>.
| Not moved: web-01, web-02 and sql-01.
| To do: “Retry” asks again for what has not moved.
[Retry]`,
  'moves waiting, others make room': `
> R-1042 waits for approval: hyper-v01 will be emptied.
# hyper-v01 will be emptied
🔐 *Waiting for approval* · R-1042 · asked by <@U0REQUESTER>
| Change: where machines run
| 2 of 2 machines move to 1 host · 1 other makes room · about 2 min
| →  web-01   hyper-v01 → hyper-v02   while it runs, 5.2 GB to copy, about 45 s
| →  web-02   hyper-v01 → hyper-v02   while it runs, 5.2 GB to copy, about 45 s
| Of other hosts, moved first to make room:
| →  sql-01   hyper-v02 → hyper-v03   while it runs, 5.2 GB to copy, about 45 s
| Each of them may go to any of these, by what is free then:
| hyper-v02, hyper-v03
Needs 1 approval from any of <@U0APPROVER>, <@U0APPROVER2>.
[Approve] [Deny…] [Withdraw]`,
  'moves running, others make room': `
> R-1042 is being carried out: hyper-v01: being emptied.
# hyper-v01: being emptied
▶ *Moving* · R-1042 · asked by <@U0REQUESTER>
| Change: where machines run
| 2 of 2 machines move to 1 host · 1 other makes room · about 2 min
| →  web-01   hyper-v01 → hyper-v02   while it runs, 5.2 GB to copy, about 45 s
| →  web-02   hyper-v01 → hyper-v02   while it runs, 5.2 GB to copy, about 45 s
| Of other hosts, moved first to make room:
| →  sql-01   hyper-v02 → hyper-v03   while it runs, 5.2 GB to copy, about 45 s
| Each of them may go to any of these, by what is free then:
| hyper-v02, hyper-v03
Approved by <@U0APPROVER>.
| ▰▱▱▱▱▱▱▱▱▱ 11 %   0 of 3 machines
| sql-01   hyper-v02 → hyper-v03   ▰▰▰▱▱▱▱▱▱▱ 34 %
| Waiting until others have made room on hyper-v02: web-01 and web-02.
| Not finished yet: the result comes in this thread.
[Pause] [Re-plan] [Stop]`,
  'moves done, others made room': `
> R-1042 is done: Safe to service: hyper-v01 has no machines.
# Safe to service: hyper-v01 has no machines
✅ *Done* · R-1042 · asked by <@U0REQUESTER>
| Changed: where machines run
| →  web-01   hyper-v01 → hyper-v02
| →  web-02   hyper-v01 → hyper-v02
| Of other hosts, moved first to make room:
| →  sql-01   hyper-v02 → hyper-v03
| Each of them may go to any of these, by what is free then:
| hyper-v02, hyper-v03
Approved by <@U0APPROVER>.
| Moved, and well: sql-01, on hyper-v03.
| Moved, and well: web-01 and web-02, on hyper-v02.
| ⇄ sql-01 has made room on hyper-v02: /hv return hyper-v02 brings it back when there is room again, if it is at home there.
| ⛔ No machine is put on hyper-v01 before its machines are back (/hv return hyper-v01), or somebody says /hv uncordon hyper-v01.
[Return machines to hyper-v01]`,
  'moves done, no room was needed': `
> R-1042 is done: Safe to service: hyper-v01 has no machines.
# Safe to service: hyper-v01 has no machines
✅ *Done* · R-1042 · asked by <@U0REQUESTER>
| Planned: where machines run
| →  web-01   hyper-v01 → hyper-v02
| →  web-02   hyper-v01 → hyper-v02
| Of other hosts, moved first to make room:
| →  sql-01   hyper-v02 → hyper-v03
| Each of them may go to any of these, by what is free then:
| hyper-v02, hyper-v03
Approved by <@U0APPROVER>.
| Moved, and well: web-01 and web-02, on hyper-v02.
| ■ sql-01 stays on hyper-v02: nobody needs its room any more.
| ⛔ No machine is put on hyper-v01 before its machines are back (/hv return hyper-v01), or somebody says /hv uncordon hyper-v01.
[Return machines to hyper-v01]`,
  'moves stale': `
> R-1042 is being planned again, because a host has changed: web-01, web-02 and sql-01: to be moved to hyper-v02.
# web-01, web-02 and sql-01: to be moved to hyper-v02
♻ *Plan out of date* · R-1042 · asked by <@U0REQUESTER>
| Change: where machines run
| →  web-01   hyper-v01 → hyper-v02   while it runs, 5.2 GB to copy, about 45 s
| →  web-02   hyper-v01 → hyper-v02   while it runs, 5.2 GB to copy, about 45 s
| →  sql-01   hyper-v01 → hyper-v02   while it runs, 1.8 TB to copy with its local disks, to D:\\Hyper-V, about 3 h 10 min
| All of it: about 3 h 10 min
| hyper-v02 ends at 61 % memory
Approved by <@U0APPROVER>.
| Plan 1 no longer held: hyper-v01 has been edited since the plan was made. Nothing was changed, and its approvals are void.
| A new plan is being made, to be approved again.
[Withdraw]`,
  'moves denied': `
> R-1042 was denied: web-01, web-02 and sql-01 were not moved to hyper-v02.
# web-01, web-02 and sql-01 were not moved to hyper-v02
🚫 *Denied* · R-1042 · asked by <@U0REQUESTER>
| Planned: where machines run
| →  web-01   hyper-v01 → hyper-v02
| →  web-02   hyper-v01 → hyper-v02
| →  sql-01   hyper-v01 → hyper-v02   with its local disks, to D:\\Hyper-V
Denied by <@U0APPROVER>.
| Reason: not tonight
| Nothing was changed.
| To do: talk to the approver, or ask for something else; “Re-request” asks for the same again.
[Re-request]`,
  'moves expired': `
> R-1042 expired without a decision: web-01, web-02 and sql-01 were not moved to hyper-v02.
# web-01, web-02 and sql-01 were not moved to hyper-v02
⌛ *Expired* · R-1042 · asked by <@U0REQUESTER>
| Planned: where machines run
| →  web-01   hyper-v01 → hyper-v02
| →  web-02   hyper-v01 → hyper-v02
| →  sql-01   hyper-v01 → hyper-v02   with its local disks, to D:\\Hyper-V
| Nobody decided in time. Nothing was changed.
| To do: nothing, or “Re-request” if it is still needed.
[Re-request]`,
  'moves withdrawn': `
> R-1042 was withdrawn: web-01, web-02 and sql-01 were not moved to hyper-v02.
# web-01, web-02 and sql-01 were not moved to hyper-v02
↩ *Withdrawn* · R-1042 · asked by <@U0REQUESTER>
| Planned: where machines run
| →  web-01   hyper-v01 → hyper-v02
| →  web-02   hyper-v01 → hyper-v02
| →  sql-01   hyper-v01 → hyper-v02   with its local disks, to D:\\Hyper-V
Withdrawn by <@U0REQUESTER>.
| Nothing was changed. Who needs it after all asks anew.`,
  'moves already so': `
> R-1042 needs no change: web-01, web-02 and sql-01 are on hyper-v02 already.
# web-01, web-02 and sql-01 are on hyper-v02 already
☑ *Already so* · R-1042 · asked by <@U0REQUESTER>
| The machines are there already. Nothing was changed, and nothing has to be approved.`,
  'moves refused': `
> R-1042 was refused: web-01, web-02 and sql-01 were not moved to hyper-v02.
# web-01, web-02 and sql-01 were not moved to hyper-v02
⛔ *Refused* · R-1042 · asked by <@U0REQUESTER>
| Nothing was changed.
| ⛔ No machine “web-01” is on any host that answered.
| To do: Did you mean web-02?`,
  'moves with choices': `
> R-1042 waits for approval: hyper-v01 will be emptied.
# hyper-v01 will be emptied
🔐 *Waiting for approval* · R-1042 · asked by <@U0REQUESTER>
| Change: where machines run
| →  web-02   hyper-v01 → hyper-v02   its drive emptied first, then while it runs, 5.2 GB to copy, about 45 s
| →  sql-01   hyper-v01 → hyper-v02   while it runs, 1.8 TB to copy with its local disks, to D:\\Hyper-V, about 3 h 10 min
| Stopped for their move:
| →  web-01   hyper-v01 → hyper-v02   shut down by its guest, moved cold, and started again there, 5.2 GB to copy, about 45 s
| ■  app-0   stays on hyper-v01   something in its drive
| ■  app-1   stays on hyper-v01   something in its drive
| ■  app-2   stays on hyper-v01   something in its drive
| ■  app-3   stays on hyper-v01   something in its drive
| ■  app-4   stays on hyper-v01   something in its drive
| ■  app-5   stays on hyper-v01   something in its drive
| ■  app-6   stays on hyper-v01   something in its drive
| All of it: about 3 h 10 min
| hyper-v02 ends at 61 % memory
Needs 1 approval from any of <@U0APPROVER>, <@U0APPROVER2>.
| app-0: something in its drive. It need not stay: choose →
| app-1: something in its drive. It need not stay: choose →
| app-2: something in its drive. It need not stay: choose →
| app-3: something in its drive. It need not stay: choose →
| app-4: something in its drive. It need not stay: choose →
| … and 2 more: /hv choose R-1042 MACHINE eject|shut-down|save|leave
[Approve] [Deny…] [Withdraw]`,
  'moves waiting for a choice': `
> R-1042 waits for a choice: hyper-v01: nothing moves until somebody chooses.
# hyper-v01: nothing moves until somebody chooses
✋ *Waiting for a choice* · R-1042 · asked by <@U0REQUESTER>
| ■  app-0   stays on hyper-v01   something in its drive
| ■  app-1   stays on hyper-v01   pinned
Nothing moves yet, and nothing is to be approved. Whoever may ask for this drain chooses for app-0, here or by /hv choose R-1042 MACHINE CHOICE; that makes the plan to be approved.
| app-0: something in its drive. It need not stay: choose →
[Deny…] [Withdraw]`,
  'moves waiting, stopped on both ways': `
> R-1042 waits for approval: hyper-v01 will be emptied, and filled again when back.
# hyper-v01 will be emptied, and filled again when back
🔐 *Waiting for approval* · R-1042 · asked by <@U0REQUESTER>
| Change: where machines run
| →  web-02   hyper-v01 → hyper-v02   its drive emptied first, then while it runs, 5.2 GB to copy, about 45 s
| →  sql-01   hyper-v01 → hyper-v02   while it runs, 1.8 TB to copy with its local disks, to D:\\Hyper-V, about 3 h 10 min
| Stopped for their move:
| →  web-01   hyper-v01 → hyper-v02   shut down by its guest, moved cold, and started again there, 5.2 GB to copy, about 45 s
| Each returns to where it is now when that host is back from its service.
| web-01 is shut down twice, to leave and to come back.
| All of it: about 3 h 10 min
| hyper-v02 ends at 61 % memory
Needs 1 approval from any of <@U0APPROVER>, <@U0APPROVER2>.
[Approve] [Deny…] [Withdraw]`,
  'moves waiting, something chosen': `
> R-1042 waits for approval: hyper-v01 will be emptied.
# hyper-v01 will be emptied
🔐 *Waiting for approval* · R-1042 · asked by <@U0REQUESTER>
| Change: where machines run
| →  web-02   hyper-v01 → hyper-v02   its drive emptied first, then while it runs, 5.2 GB to copy, about 45 s
| →  sql-01   hyper-v01 → hyper-v02   while it runs, 1.8 TB to copy with its local disks, to D:\\Hyper-V, about 3 h 10 min
| Stopped for their move:
| →  web-01   hyper-v01 → hyper-v02   shut down by its guest, moved cold, and started again there, 5.2 GB to copy, about 45 s
| ■  app-0   stays on hyper-v01   something in its drive
| ■  app-1   stays on hyper-v01   something in its drive
| ■  app-2   stays on hyper-v01   something in its drive
| ■  app-3   stays on hyper-v01   something in its drive
| ■  app-4   stays on hyper-v01   something in its drive
| ■  app-5   stays on hyper-v01   something in its drive
| ■  app-6   stays on hyper-v01   something in its drive
| All of it: about 3 h 10 min
| hyper-v02 ends at 61 % memory
| Plan 1 no longer held: it was chosen that web-01 stays. Nothing was changed, and its approvals are void.
Needs 1 approval from any of <@U0APPROVER>, <@U0APPROVER2>.
| app-0: something in its drive. It need not stay: choose →
| app-1: something in its drive. It need not stay: choose →
| app-2: something in its drive. It need not stay: choose →
| app-3: something in its drive. It need not stay: choose →
| app-4: something in its drive. It need not stay: choose →
| … and 2 more: /hv choose R-1042 MACHINE eject|shut-down|save|leave
[Approve] [Deny…] [Withdraw]`,
  'moves running, machines made ready': `
> R-1042 is being carried out: hyper-v01: being emptied.
# hyper-v01: being emptied
▶ *Moving* · R-1042 · asked by <@U0REQUESTER>
| Change: where machines run
| →  web-02   hyper-v01 → hyper-v02   its drive emptied first, then while it runs, 5.2 GB to copy, about 45 s
| →  sql-01   hyper-v01 → hyper-v02   while it runs, 1.8 TB to copy with its local disks, to D:\\Hyper-V, about 3 h 10 min
| Stopped for their move:
| →  web-01   hyper-v01 → hyper-v02   shut down by its guest, moved cold, and started again there, 5.2 GB to copy, about 45 s
| ■  app-0   stays on hyper-v01   something in its drive
| All of it: about 3 h 10 min
| hyper-v02 ends at 61 % memory
Approved by <@U0APPROVER>.
| ▱▱▱▱▱▱▱▱▱▱ 0 %   0 of 3 machines
| ⏻ web-01 is being shut down by its guest for its move; it is not switched off.
| ⏻ web-02 has an empty drive, and moves next.
| Not begun yet: sql-01.
| Not finished yet: the result comes in this thread.
[Pause] [Re-plan] [Stop]`,
  'moves running, one started again': `
> R-1042 is being carried out: hyper-v01: being emptied.
# hyper-v01: being emptied
▶ *Moving* · R-1042 · asked by <@U0REQUESTER>
| Change: where machines run
| →  web-02   hyper-v01 → hyper-v02   its drive emptied first, then while it runs, 5.2 GB to copy, about 45 s
| →  sql-01   hyper-v01 → hyper-v02   while it runs, 1.8 TB to copy with its local disks, to D:\\Hyper-V, about 3 h 10 min
| Stopped for their move:
| →  web-01   hyper-v01 → hyper-v02   shut down by its guest, moved cold, and started again there, 5.2 GB to copy, about 45 s
| ■  app-0   stays on hyper-v01   something in its drive
| All of it: about 3 h 10 min
| hyper-v02 ends at 61 % memory
Approved by <@U0APPROVER>.
| ▰▰▰▰▰▰▰▱▱▱ 67 %   2 of 3 machines
| Moved, and well: web-02, on hyper-v02.
| ⏻ web-01 is started again where it is.
| ✖ web-01 was not moved. web-01 is still on hyper-v01.
| Not begun yet: sql-01.
| Not finished yet: the result comes in this thread.
[Pause] [Retry failed] [Re-plan] [Stop]`,
  'moves done, one left by choice': `
> R-1042 is done as planned, and the host is not empty: hyper-v01 not empty: 1 machine left.
# hyper-v01 not empty: 1 machine left
⚠ *Done, and not empty* · R-1042 · asked by <@U0REQUESTER>
| Planned: where machines run
| →  web-02   hyper-v01 → hyper-v02   its drive emptied first, then while it runs
| →  sql-01   hyper-v01 → hyper-v02   with its local disks, to D:\\Hyper-V
| Stopped for their move:
| →  web-01   hyper-v01 → hyper-v02   shut down by its guest, moved cold, and started again there
| ■  app-0   stays on hyper-v01   something in its drive
Approved by <@U0APPROVER>.
| ■ Left on hyper-v01: 1 machine: web-01 (left by choice).
| Moved, and well: web-02 and sql-01, on hyper-v02.
| ■ 1 machine was left by choice: web-01.
| ⛔ No machine is put on hyper-v01 before its machines are back (/hv return hyper-v01), or somebody says /hv uncordon hyper-v01.
[Return machines to hyper-v01]`,
  'moves partial, one not shut down': `
> R-1042 was carried out in part only: hyper-v01: emptied in part only.
# hyper-v01: emptied in part only
⚠ *Partly done* · R-1042 · asked by <@U0REQUESTER>
| Planned: where machines run
| →  web-02   hyper-v01 → hyper-v02   its drive emptied first, then while it runs
| →  sql-01   hyper-v01 → hyper-v02   with its local disks, to D:\\Hyper-V
| Stopped for their move:
| →  web-01   hyper-v01 → hyper-v02   shut down by its guest, moved cold, and started again there
| ■  app-0   stays on hyper-v01   something in its drive
Approved by <@U0APPROVER>.
| Moved, and well: web-02, on hyper-v02.
| ✖ web-01 was not moved: its guest was to shut down, and has not after ten minutes. It was not switched off. web-01 is still on hyper-v01.
| To do: Look at its console: it may wait for somebody, and may still shut down. Then ask again. How it stands: Get-VM -ComputerName hyper-v01 -Id 00000001-4a7b-4c1d-9e2f-7a6b5c4d3e2f.
| Not moved: sql-01.
| ⛔ No machine is put on hyper-v01 before its machines are back (/hv return hyper-v01), or somebody says /hv uncordon hyper-v01.
[Return machines to hyper-v01] [Retry failed]`,
};

describe('the card of a request that moves machines', () => {
  it.each(Object.keys(everyMoveState))('says in its own words what %s means', (name) => {
    const record = everyMoveState[name];
    const shown = record && card(record, rules, { progress: someProgress });
    expect(shown && `\n${essence(shown).join('\n')}`).toBe(cards[name]);
  });

  it.each([
    ['moves approved', true],
    ['moves running', true],
    ['moves done', false],
  ])('of %s says since when no Windows worker is there, as long as it is open', (name, isSaid) => {
    const record = everyMoveState[name];
    const since = Date.UTC(2026, 10, 23, 2, 10);
    const shown = record ? essence(card(record, rules, { unheardSince: since })).join('\n') : '';
    expect(/No Windows worker since <!date.*2026-11-23 02:10 UTC>: nothing is/.test(shown)).toBe(isSaid);
    expect(record && essence(card(record, rules)).join('\n')).not.toContain('No Windows worker');
  });
});
