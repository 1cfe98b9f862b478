import type { Plan } from '../../../core/delegation/plan';
import type { HostReading } from '../../../core/hyperv-port';
import type { SettingChange } from '../../../core/hyperv/host-settings';
import { lookAtHost, settingsThere } from '../../../core/hyperv/look-at-host';
import type { Lease } from '../../../core/ports';
import { Fault, type Problem } from '../../../core/problem';
import { isStopped } from '../../../core/request/closing';
import { hostsLeft, newHostSteps } from '../../../core/request/host-effect';
import type { HostStep, RequestRecord } from '../../../core/request/record';
import { isUnresolved } from '../../../core/request/settle';
import { findHindrance, wroteKey } from './hindrance';
import { commitHost, overtaken, settleHost, type HostOutcome } from './host-outcome';
import { hindered, type Hindrance } from '../setbacks';
import { noAnswer } from './no-answer';
import { commit, noteTrouble, type HostEffectorParts } from './parts';

/** In milliseconds; the call's own deadline is two minutes. */
const HOST_LEASE_MS = 150_000;

/** Begins to carry out an approved plan: verifies everything again, then records a step for each host. */
export async function startHosts(
  parts: HostEffectorParts,
  record: RequestRecord,
): Promise<RequestRecord | null> {
  const { plan } = record;
  if (!plan) return null;
  const hindrance = await findHindrance(parts, record, { plan });
  const found = hindrance ?? (await overtakenSince(parts, plan));
  if (found) return stopFor(parts, record, found);
  const change = { state: 'running' as const, hostSteps: newHostSteps(plan), trouble: null };
  const detail = { plan: plan.number, fingerprint: plan.fingerprint };
  return commit(parts, record, { change, what: 'run', detail });
}

/** Before the first effect every host is looked at: one that was set meanwhile makes a new plan, and one that is silent lets all wait. */
async function overtakenSince(
  { hyperV }: HostEffectorParts,
  { hosts: { settings } }: Plan,
): Promise<Hindrance | null> {
  const readings = await hyperV.inventory(settings.map(({ host }) => host));
  const mute = readings.find(({ facts }) => facts === null);
  if (mute) return { kind: 'held', problem: noAnswer(mute.host, mute.silent?.message ?? '') };
  const other = settings.find((change) => {
    const facts = readings.find(({ host }) => host === change.host)?.facts;
    return !facts || lookAtHost(facts, change) === 'other';
  });
  return other ? { kind: 'stale', sentence: overtaken(other.host).summary } : null;
}

/**
 * Carries out one host: looks, records the intent, sets, and reads back; the outcome is what was read. What was begun before and is not
 * resolved is only read.
 */
export async function setNextHost(
  parts: HostEffectorParts,
  record: RequestRecord,
): Promise<RequestRecord | null> {
  const { plan } = record;
  const begun = record.hostSteps.find(isUnresolved);
  const [next] = hostsLeft(record, 'worker');
  const step = begun ?? record.hostSteps.find(({ host }) => host === next?.host);
  const change = plan?.hosts.settings.find(({ host }) => host === step?.host);
  if (!plan || !step || !change) return null;
  const reading = await readHost(parts, step.host);
  if (!reading.facts) return noteTrouble(parts, record, noAnswer(step.host, reading.silent.message));
  const seen = lookAtHost(reading.facts, change);
  const settle = (outcome: HostOutcome): Promise<RequestRecord | null> =>
    settleHost(parts, record, { step, outcome });
  const hadIntent = step.intent !== null;
  if (seen === 'after') {
    return settle({ kind: hadIntent ? 'changed' : 'already-so', inferred: hadIntent, problem: null });
  }
  if (seen === 'other') {
    // What was begun may have come through in part before somebody else set the host.
    const inferred = hadIntent && settingsThere(reading.facts, change).length > 0;
    return settle({ kind: 'stale', inferred, problem: overtaken(step.host) });
  }
  if (isStopped(record)) return settle({ kind: 'failed', inferred: false, problem: notBegun(step.host) });
  const hindrance = await findHindrance(parts, record, { plan });
  if (hindrance) return stopFor(parts, record, hindrance);
  return begin(parts, record, { plan, change, step });
}

/** Takes the host, records the intent, and sets. */
async function begin(
  parts: HostEffectorParts,
  record: RequestRecord,
  { plan, change, step }: { plan: Plan; change: SettingChange; step: HostStep },
): Promise<RequestRecord | null> {
  const lease = await holdHost(parts, record, step.host);
  if (!lease) return noteTrouble(parts, record, busy(step.host));
  try {
    const intent = { at: parts.clock.now(), worker: parts.worker };
    const marked = step.intent ? record : await commitHost(parts, record, { step: { ...step, intent } });
    return marked && (await set(parts, marked, { plan, change }));
  } finally {
    await parts.ledger.releaseLease(lease).catch(() => undefined);
  }
}

/** Nobody else sets a host meanwhile: longer than PowerShell is waited for, since what it does cannot be called back. */
function holdHost(
  { ledger, worker, random }: HostEffectorParts,
  { label }: RequestRecord,
  host: string,
): Promise<Lease | null> {
  // A holder per try: a job that was given out twice must not run side by side with itself.
  return ledger.takeLease(
    `host-${host}`,
    `${worker}/${label}/${random.hex(4)}`,
    HOST_LEASE_MS,
    `${label} sets ${host} up`,
  );
}

async function set(
  parts: HostEffectorParts,
  record: RequestRecord,
  { plan, change }: { plan: Plan; change: SettingChange },
): Promise<RequestRecord | null> {
  const step = record.hostSteps.find(({ host }) => host === change.host);
  if (!step) return null;
  parts.wrote.add(wroteKey(record, plan, change.host));
  const problem = await configure(parts, change);
  const { facts } = await readHost(parts, change.host);
  // Whatever PowerShell has said, what the host says now is so. A host that says nothing is asked again.
  if (!facts) return record;
  const now = lookAtHost(facts, change);
  const outcome: HostOutcome =
    now === 'after'
      ? { kind: 'changed', inferred: problem !== null, problem: null }
      : {
          kind: now === 'before' ? 'failed' : 'stale',
          inferred: now === 'other' && settingsThere(facts, change).length > 0,
          problem: problem ?? notTaken(change.host),
        };
  return settleHost(parts, record, { step, outcome });
}

async function configure(
  { hyperV }: HostEffectorParts,
  { host, after }: SettingChange,
): Promise<Problem | null> {
  try {
    await hyperV.configure(host, after);
    return null;
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    return { code: error.code, summary: `${host}: ${error.message}`, remedy: error.remedy };
  }
}

async function readHost({ hyperV, clock }: HostEffectorParts, host: string): Promise<HostReading> {
  const [reading] = await hyperV.inventory([host]);
  const nothing = { code: '', message: 'nothing was read' };
  return reading ?? { host, at: clock.now(), facts: null, silent: nothing };
}

async function stopFor(
  parts: HostEffectorParts,
  record: RequestRecord,
  hindrance: Hindrance,
): Promise<RequestRecord | null> {
  const setback = hindered(record, hindrance, parts.clock.now());
  return setback ? commit(parts, record, setback) : record;
}

function busy(host: string): Problem {
  return {
    code: 'host.busy',
    summary: `${host} is being set up by another request right now.`,
    remedy: 'It goes on by itself when that is over.',
  };
}

function notBegun(host: string): Problem {
  return { code: 'host.not-begun', summary: `${host} was not set: it was stopped before.`, remedy: '' };
}

function notTaken(host: string): Problem {
  return {
    code: 'host.not-taken',
    summary: `${host} took the settings and does not show them.`,
    remedy: 'Look at Get-VMHost there, then ask again.',
  };
}
