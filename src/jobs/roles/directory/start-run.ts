import type { Problem } from '../../../core/problem';
import type { RequestRecord } from '../../../core/request/record';
import { findHindrance } from './hindrance';
import { newStep } from './journal';
import { hindered, type Hindrance } from '../setbacks';
import { commit, endWith, type DirectoryParts } from './parts';

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

/** Records what keeps an approved request from beginning. */
async function stopFor(
  parts: DirectoryParts,
  record: RequestRecord,
  hindrance: Hindrance,
): Promise<RequestRecord | null> {
  const setback = hindered(record, hindrance, parts.clock.now());
  return setback ? commit(parts, record, setback) : record;
}

function noPlan(): Problem {
  return {
    code: 'plan.missing',
    summary: 'The ledger holds an approved request without a plan.',
    remedy: 'Ask again.',
  };
}
