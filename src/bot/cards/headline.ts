import type { RequestRecord } from '../../core/request/record';
import { code, inert } from './text';
import type { State } from '../../core/request/states';

/** A state as a sign and a word; a colour alone never says it. */
const BADGES: Readonly<Record<State, string>> = {
  planning: '🔎 Looking',
  waiting: '🔐 Waiting for approval',
  approved: '👍 Approved',
  running: '▶ Running',
  done: '✅ Done',
  partial: '⚠ Partly done',
  failed: '❌ Failed',
  stuck: '🛑 Stuck',
  stale: '♻ Plan out of date',
  denied: '🚫 Denied',
  expired: '⌛ Expired',
  withdrawn: '↩ Withdrawn',
  'already-so': '☑ Already so',
  refused: '⛔ Refused',
};

/** Sign and word of a request's state. */
export function badge(record: RequestRecord): string {
  return BADGES[record.state];
}

/**
 * What the request is about, as mrkdwn: the directory's own names, or the command as it was typed while there is no plan. The latter is
 * code, so that nothing in it can look like a word of ours.
 */
export function heading(record: RequestRecord): string {
  const power = record.plan?.directory.powers[0];
  return power
    ? `*${inert(power.source)} → ${inert(power.destination)}*`
    : code(record.intake.statement.command);
}

/** The sentence of power: what the change means, whatever its services are called. */
export function powerSentence(record: RequestRecord): string | null {
  const power = record.plan?.directory.powers[0];
  if (!power || record.plan?.directory.changes.length === 0) return null;
  return `${power.source} will be able to act as any user on ${power.destination}`;
}
