import { clipped, listed } from '../../../core/delegation/listing';
import type { HostFacts } from '../../../core/hyperv-port';
import type { SettingChange } from '../../../core/hyperv/host-settings';
import { lookAtHost, settingsMissing, settingsThere } from '../../../core/hyperv/look-at-host';
import { saidSettings } from '../../../core/hyperv/said-settings';
import type { Problem } from '../../../core/problem';
import { closedAt } from '../../../core/request/closing';
import { hasSetHost, hostsLeft } from '../../../core/request/host-effect';
import type { HostStep, RequestRecord } from '../../../core/request/record';
import { approvedAt } from '../../../core/request/warrant';
import type { Hindrance } from '../setbacks';
import { findHindrance } from './hindrance';
import { overtaken, settleHost, type HostOutcome } from './host-outcome';
import { court, endWith, noteTrouble, type HostEffectorParts } from './parts';

/**
 * Looks whether a person has set the hosts of a request that are a person's. Records at most one outcome; null when there was none, so
 * that it is looked at again later. When nothing may begin any more it is the last look: every host that answers gets an outcome.
 */
export async function lookAtHands(
  parts: HostEffectorParts,
  record: RequestRecord,
): Promise<RequestRecord | null> {
  const isLast = closedAt(record, parts.clock.now()) !== null;
  const changes = hostsLeft(record, 'hand');
  const readings = await parts.hyperV.inventory(changes.map(({ host }) => host));
  const missing: string[] = [];
  for (const change of changes) {
    const facts = readings.find(({ host }) => host === change.host)?.facts;
    // A host that says nothing is asked again; only the last look cannot wait for it for ever.
    if (!facts) continue;
    const seen = seenOf(facts, change, isLast);
    const step = record.hostSteps.find(({ host }) => host === change.host);
    if (step && 'kind' in seen) return recordSeen(parts, record, { step, outcome: seen, isLast });
    if ('missing' in seen) missing.push(...seen.missing);
  }
  return missing.length > 0 ? noteTrouble(parts, record, partlyDone(missing)) : null;
}

/** The outcome of a person's step, or what is still missing of one that was begun. */
function seenOf(
  facts: HostFacts,
  change: SettingChange,
  isLast: boolean,
): HostOutcome | { readonly missing: readonly string[] } {
  if (lookAtHost(facts, change) === 'after') return { kind: 'by-hand', inferred: true, problem: null };
  const there = settingsThere(facts, change);
  const missing = settingsMissing(facts, change);
  if (missing === null) {
    return { kind: 'stale', inferred: there.length > 0, problem: overtaken(change.host) };
  }
  const still =
    there.length > 0 ? saidSettings(change.after, missing).map((each) => `${each} of ${change.host}`) : [];
  if (!isLast) return { missing: still };
  const problem = there.length > 0 ? partlyDone(still) : notDone(change.host);
  return { kind: 'failed', inferred: there.length > 0, problem };
}

async function recordSeen(
  parts: HostEffectorParts,
  record: RequestRecord,
  { step, outcome, isLast }: { step: HostStep; outcome: HostOutcome; isLast: boolean },
): Promise<RequestRecord | null> {
  const { plan } = record;
  if (!plan) return null;
  // What a person did counts for this request only if it was approved, by this worker's own judgement.
  const hindrance = isLast
    ? unapproved(parts, record)
    : await findHindrance(parts, record, { plan, isLook: true });
  if (hindrance?.kind === 'refused') {
    const state = record.hostSteps.some(hasSetHost) ? 'partial' : 'failed';
    return endWith(parts, record, { state, problem: hindrance.problem });
  }
  if (hindrance?.kind === 'held') return noteTrouble(parts, record, hindrance.problem);
  const isOver = hostsLeft(record, 'hand').length === 1 || outcome.kind !== 'by-hand';
  return settleHost(parts, record, { step, outcome, ...(isOver && { state: 'running' as const }) });
}

/** The last look comes when the times of the approval are over: that it was given is all that counts. */
function unapproved(parts: HostEffectorParts, record: RequestRecord): Hindrance | null {
  const approved = record.plan && approvedAt(record, record.plan, court(parts));
  return approved && 'problem' in approved ? { kind: 'refused', problem: approved.problem } : null;
}

function partlyDone(missing: readonly string[]): Problem {
  return {
    code: 'hand.partly',
    summary: clipped(`Done in part by hand; this is still missing: ${listed(missing, 8)}.`),
    remedy: 'Do the rest as the thread says.',
  };
}

function notDone(host: string): Problem {
  return {
    code: 'hand.not-done',
    summary: `Nobody has carried out what was a person’s part on ${host}.`,
    remedy: 'Ask again if it is still needed.',
  };
}
