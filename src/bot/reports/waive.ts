import { openWindows } from '../../core/policy/windows';
import type { Clock, Ledger } from '../../core/ports';
import type { Policy } from '../../core/settings';
import { describeError, type BotLog } from '../log';

/** How often it is looked whether a window has opened or closed, in milliseconds. */
const LOOK_EVERY_MS = 2_000;

/** What watching windows needs. `waive`: signs or takes back what is due of one request. */
export interface WaivingParts {
  readonly ledger: Ledger;
  readonly clock: Clock;
  readonly policy: Policy;
  readonly log: BotLog;
  readonly waive: (id: string) => Promise<void>;
}

/**
 * Has maintenance windows say their word about whatever waits, until the signal aborts: what was waiting when a window opened, what a delivery has
 * overlooked, and, once more when one has closed, what it has waived in vain. It remembers nothing that a restart could lose: the first look is made always.
 */
export async function waiveUntil(signal: AbortSignal, parts: WaivingParts): Promise<void> {
  const { clock, policy, log } = parts;
  if (!policy.maintenanceWindows?.length) return;
  let before: string | null = null;
  while (!signal.aborted) {
    const open = openWindows(policy.maintenanceWindows, clock.now());
    const names = open.map(({ name }) => name).join(' ');
    try {
      if (names !== '' || names !== before) await waiveWaiting(signal, parts);
      before = names;
    } catch (error) {
      log.warn(describeError(error), 'maintenance windows could not be looked at');
    }
    await clock.wait(LOOK_EVERY_MS, signal);
  }
}

async function waiveWaiting(signal: AbortSignal, { ledger, waive, log }: WaivingParts): Promise<void> {
  for (const id of await ledger.openRequests()) {
    if (signal.aborted) return;
    const record = await ledger.read(id);
    if (record?.state !== 'waiting') continue;
    // One request that cannot be decided must not keep the others waiting.
    await waive(id).catch((error: unknown) =>
      log.warn({ ...describeError(error), request: id }, 'a waiver was not recorded'),
    );
  }
}
