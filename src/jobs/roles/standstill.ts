import type { Policy } from '../../core/policy/schema';
import { openWindow } from '../../core/policy/windows';
import type { Clock, Ledger, Verifier } from '../../core/ports';
import { frozen, frozenBy, inFreezeWindow } from '../../core/request/freeze';
import { isPaused, paused } from '../../core/request/pause';
import type { RequestRecord } from '../../core/request/record';
import type { Hindrance } from './setbacks';

/**
 * Whether somebody has said that nothing new may begin, anywhere or of this request. Both are honoured unsigned; what ends them has to be
 * signed. Steps in flight are finished. A ledger that does not answer throws, and nothing begins then either.
 */
export async function standstill(
  { ledger, verifier, clock }: { ledger: Ledger; verifier: Verifier; clock: Clock },
  { freezeWindows }: Policy,
  record: RequestRecord,
): Promise<Hindrance | null> {
  const window = openWindow(freezeWindows, clock.now());
  if (window) return { kind: 'held', problem: inFreezeWindow(window.name) };
  const freeze = frozenBy(await ledger.freezeState(), verifier);
  if (freeze) return { kind: 'held', problem: frozen(freeze) };
  return isPaused(record, verifier) ? { kind: 'held', problem: paused() } : null;
}
