import type { Problem } from '../../../core/problem';
import type { RequestRecord } from '../../../core/request/record';
import { findHindrance } from './hindrance';
import { newStep } from './journal';
import { commit, endWith, noteTrouble, type DirectoryParts, type Hindrance } from './parts';

/** Begins to carry out an approved plan: verifies everything again, then records the steps. */
export async function startRun(
  parts: DirectoryParts,
  record: RequestRecord,
): Promise<RequestRecord | 'paced' | null> {
  const { plan } = record;
  if (!plan) return endWith(parts, record, { state: 'failed', problem: noPlan() });
  const hindrance = await findHindrance(parts, record, { plan });
  if (hindrance) {
    const stopped = await stopFor(parts, record, hindrance);
    return hindrance.kind === 'held' ? 'paced' : stopped;
  }
  const steps = plan.directory.changes.map(newStep);
  const change = { state: 'running' as const, steps, trouble: null };
  const detail = { plan: plan.number, fingerprint: plan.fingerprint };
  return commit(parts, record, { change, what: 'run', detail });
}

/** Records what keeps an approved request from beginning: an ending, a trouble that may pass, or a stale plan. */
function stopFor(
  parts: DirectoryParts,
  record: RequestRecord,
  hindrance: Hindrance,
): Promise<RequestRecord | null> {
  if (hindrance.kind === 'held') return noteTrouble(parts, record, hindrance.problem);
  if (hindrance.kind === 'refused')
    return endWith(parts, record, { state: 'failed', problem: hindrance.problem });
  const voided = [
    ...record.voided,
    { plan: record.plan?.number ?? 0, sentence: hindrance.sentence, at: parts.clock.now() },
  ];
  const change = { state: 'stale' as const, voided, trouble: null };
  return commit(parts, record, { change, what: 'stale', detail: { sentence: hindrance.sentence } });
}

function noPlan(): Problem {
  return {
    code: 'plan.missing',
    summary: 'The ledger holds an approved request without a plan.',
    remedy: 'Ask again.',
  };
}
