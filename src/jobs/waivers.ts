import { refuseCaps } from '../core/policy/caps';
import { waivingWindow } from '../core/policy/waiver';
import type { Clock, Ledger, Queue, Signer } from '../core/ports';
import { writeDecision } from '../core/request/decide';
import { isQuorate } from '../core/request/given-votes';
import type { RequestRecord } from '../core/request/record';
import { standingDecisions, waiversDue, type Waiver } from '../core/request/waivers';
import type { Settings } from '../core/settings';
import { TRIES, wake } from './answer';
import { refuseFrozen } from './freeze';
import { entry, sign } from './statements';

/** What is said for maintenance windows. */
export interface WaiverClient {
  /**
   * Signs for a waiting request what the open windows waive of it, and takes back what windows waived that have closed before the rest was approved. Asked
   * again it changes nothing, so it may be asked as often as one likes, and nothing is lost if it was not. Throws Fault.
   */
  waive(id: string): Promise<void>;
}

/** What waivers are signed with. */
export interface WaiverParts {
  readonly ledger: Ledger;
  readonly queue: Queue;
  readonly signer: Signer;
  readonly clock: Clock;
  readonly settings: Pick<Settings, 'policy' | 'times'>;
}

/** The client of waivers. */
export function createWaiverClient(parts: WaiverParts): WaiverClient {
  const { ledger, queue, settings } = parts;
  return {
    async waive(id) {
      if (!settings.policy.maintenanceWindows?.length) return;
      for (let tries = 0; tries < TRIES; tries += 1) {
        const record = await ledger.read(id);
        const settled = record && (await settleOne(parts, record));
        if (settled === null || settled === 'settled') return;
        if (settled !== 'again' && settled.state === 'approved') return wake(queue, settled);
      }
    },
  };
}

/** One transition: a waiver more, or those less that count no longer. */
async function settleOne(
  parts: WaiverParts,
  record: RequestRecord,
): Promise<RequestRecord | 'again' | 'settled'> {
  const { ledger, clock, settings } = parts;
  const { policy } = settings;
  const now = clock.now();
  const standing = standingDecisions(record, policy, now);
  if (standing.length < record.decisions.length) {
    const over = record.decisions.filter((each) => !standing.includes(each));
    const windows = over.map(({ statement }) => waivingWindow(statement.by) ?? '');
    const happened = { what: 'waiver.over', who: 'bot', at: now, detail: { window: windows.join(', ') } };
    return (await ledger.commit(record, { decisions: standing }, happened)) ?? 'again';
  }
  const [due] = waiversDue(record, policy, now);
  if (!due || !record.plan || refuseCaps(policy, record.plan)) return 'settled';
  // What is frozen is not approved by a window either; it is asked again when it is over.
  if (await refuseFrozen(ledger, policy, now)) return 'settled';
  return (await give(parts, record, { due, now })) ?? 'again';
}

async function give(
  { ledger, signer, settings }: WaiverParts,
  record: RequestRecord,
  { due, now }: { due: Waiver; now: number },
): Promise<RequestRecord | null> {
  const { plan } = record;
  if (!plan) return null;
  const { window, by, votesFor, until } = due;
  const said = { verdict: 'approve' as const, votesFor, by, reason: '', now, settings };
  const decision = writeDecision(record, plan, said);
  // Nothing that was only waived begins when the window is over.
  const waiver = sign(signer, { ...decision, endBy: Math.min(decision.endBy, until) });
  const decisions = [...record.decisions, waiver];
  const isAll = isQuorate({ ...record, decisions }, plan, settings.policy);
  const detail = {
    summary: `Waived by the maintenance window ${window}`,
    plan: plan.number,
    fingerprint: decision.fingerprint,
    votesFor: votesFor.join(', '),
    until: new Date(until).toISOString(),
  };
  const change = isAll ? { state: 'approved' as const, decisions } : { decisions };
  return ledger.commit(record, change, entry('waiver', by, { at: now, detail }));
}
