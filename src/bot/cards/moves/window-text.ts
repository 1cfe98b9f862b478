import type { Policy } from '../../../core/settings';
import type { RequestRecord } from '../../../core/request/record';
import { windowOf } from '../../../core/request/window';
import { lasting, moment } from '../text';

/** When the moves of a request that is not over may begin, in mrkdwn and by the bot's own zone; null: it waits for nothing and has no end. */
export function windowText({ intake, plan, ending, state }: RequestRecord, policy: Policy): string | null {
  const window = ending ? null : windowOf(intake.statement, policy);
  if (!window) return null;
  const { from, until, deadlineMs } = window;
  const end =
    until === null
      ? deadlineMs === null
        ? null
        : `${lasting(deadlineMs)} after the first has begun`
      : `by ${moment(until)}`;
  const rule = `would not be over ${end}`;
  if (from === null) return end === null ? null : `🕘 No move begins that ${rule}.`;
  const isToBeWritten = state === 'waiting' && (plan?.directory.changes.length ?? 0) > 0;
  return [
    `🕘 Moves begin ${moment(from)}${end === null ? '' : `, and none that ${rule}`}.`,
    ...(isToBeWritten ? ['Delegations are written right after the approval.'] : []),
  ].join(' ');
}

/** The reply that an approved request waits for its window; null: it did not have to. It stays true, so it is told once. */
export function beginsText(record: RequestRecord, policy: Policy): string | null {
  const { intake, decisions, plan, label, state } = record;
  const from = windowOf(intake.statement, policy)?.from ?? null;
  const isApproved = state === 'approved' || state === 'running' || state === 'awaiting-hand';
  const given = decisions.map(({ statement }) => statement).filter((each) => each.plan === plan?.number);
  if (!isApproved || from === null || from <= Math.max(0, ...given.map(({ at }) => at))) return null;
  return `🕘 ${label}: moves begin ${moment(from)}.`;
}
