import type { RequestRecord } from '../../../../core/request/record';
import { hindered } from '../../setbacks';
import { findHindrance } from '../hindrance';
import { commit, type HostEffectorParts } from '../parts';

/** Begins to carry out an approved plan of moves that needs nothing of the directory: all is verified again, then they get their journal. */
export async function startMoves(
  parts: HostEffectorParts,
  record: RequestRecord,
): Promise<RequestRecord | null> {
  const { plan } = record;
  if (!plan) return null;
  const hindrance = await findHindrance(parts, record, { plan });
  if (hindrance) {
    const setback = hindered(record, hindrance, parts.clock.now());
    return setback ? commit(parts, record, setback) : record;
  }
  const detail = { plan: plan.number, fingerprint: plan.fingerprint };
  return commit(parts, record, { change: { state: 'running', trouble: null }, what: 'run', detail });
}
