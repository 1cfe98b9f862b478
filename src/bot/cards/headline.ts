import type { RequestRecord } from '../../core/request/record';
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

/** What the request is about in a few words of the directory's own names, or of the command while there is no plan. */
export function subject(record: RequestRecord): string {
  const power = record.plan?.directory.powers[0];
  return power ? `${power.source} → ${power.destination}` : record.intake.statement.command;
}

/** The sentence of power: what the change means, whatever its services are called. */
export function powerSentence(record: RequestRecord): string | null {
  const power = record.plan?.directory.powers[0];
  if (!power || record.plan?.directory.changes.length === 0) return null;
  return `${power.source} will be able to act as any user on ${power.destination}`;
}
