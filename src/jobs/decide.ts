import type { Clock, Ledger, Queue, Signer } from '../core/ports';
import { judgeClick, writeDecision, type Click } from '../core/request/decide';
import { isQuorate } from '../core/request/given-votes';
import type { RequestRecord } from '../core/request/record';
import type { Settings } from '../core/settings';
import { answer, unknownRequest } from './answer';
import { askApproverGroups } from './approver-groups';
import { refuseFrozen } from './freeze';
import { entry, sign, type Answered } from './statements';
import { askUserGroups, type MemberOf } from './user-groups';
import type { WaiverClient } from './waivers';

/** What decisions are signed with. */
interface DecidingParts {
  readonly ledger: Ledger;
  readonly queue: Queue;
  readonly signer: Signer;
  readonly clock: Clock;
  readonly settings: Pick<Settings, 'policy' | 'times'>;
}

/** A click, what was said with it, and who says which user groups its person is in; absent: in none. */
export type Deciding = Click & { readonly reason: string; readonly memberOf?: MemberOf };

/** Judges a click, signs it and records it. What windows have waived, or do no longer, stands in the ledger before it is judged. */
export async function decide(
  parts: DecidingParts,
  waivers: WaiverClient,
  input: Deciding & { readonly id: string },
): Promise<Answered> {
  if (input.verdict === 'approve') await waivers.waive(input.id);
  return answer(parts, input.id, (record) => decideOnce(parts, record, input));
}

/** The checks of a decision without deciding. */
export async function mayAnswer(
  { ledger, queue, clock, settings }: Omit<DecidingParts, 'signer'>,
  input: Omit<Deciding, 'reason'> & { readonly id: string },
): Promise<Answered> {
  const record = await ledger.read(input.id);
  if (!record) return unknownRequest();
  const judged = judgeClick(record, input, {
    settings,
    now: clock.now(),
    ...(await groupsOf({ queue, settings }, record, input)),
  });
  return 'problem' in judged
    ? { kind: 'refused', problem: judged.problem, record }
    : { kind: 'recorded', record };
}

/** What directory and Slack say now of the groups by which the person might approve. */
async function groupsOf(
  { queue, settings: { policy } }: Pick<DecidingParts, 'queue' | 'settings'>,
  record: RequestRecord,
  { by: { user }, memberOf }: Pick<Deciding, 'by' | 'memberOf'>,
): Promise<{ readonly groups: readonly string[]; readonly userGroups: readonly string[] }> {
  const groups = await askApproverGroups(queue, policy, { record, user });
  return { groups, userGroups: await askUserGroups(policy, { record, user, memberOf }) };
}

async function decideOnce(
  { ledger, queue, signer, clock, settings }: DecidingParts,
  record: RequestRecord,
  input: Deciding,
): Promise<Answered | 'again'> {
  const now = clock.now();
  // What is frozen may be denied.
  const freeze = input.verdict === 'approve' ? await refuseFrozen(ledger, settings.policy, now) : null;
  const { groups, userGroups } = await groupsOf({ queue, settings }, record, input);
  const judged = judgeClick(record, input, { settings, now, freeze, groups, userGroups });
  if ('problem' in judged) {
    await ledger.note(
      record.id,
      entry('decision.refused', input.by, { at: now, detail: { why: judged.problem.code } }),
    );
    return { kind: 'refused', problem: judged.problem, record };
  }
  const { votesFor } = judged;
  const breaksGlass = input.verdict === 'approve' && input.breaksGlass === true;
  const said = { ...input, votesFor, breaksGlass, userGroups, now, settings };
  const decision = sign(signer, writeDecision(record, judged.plan, said));
  const decisions = [...record.decisions, decision];
  const change =
    input.verdict === 'deny'
      ? { state: 'denied' as const, decisions, ending: { problem: null, at: now } }
      : isQuorate({ ...record, decisions }, judged.plan, settings.policy)
        ? { state: 'approved' as const, decisions }
        : { decisions };
  const detail = {
    plan: judged.plan.number,
    fingerprint: input.fingerprint,
    verdict: input.verdict,
    votesFor: votesFor.join(', '),
    breaksGlass,
    ...(userGroups.length > 0 && { userGroups: userGroups.join(', ') }),
    reason: input.reason,
  };
  const committed = await ledger.commit(record, change, entry('decision', input.by, { at: now, detail }));
  return committed ? { kind: 'recorded', record: committed } : 'again';
}
