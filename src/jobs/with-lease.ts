import type { Clock, Ledger } from '../core/ports';

/** Renewed well before it is over. */
const TTL_MS = 12_000;

/**
 * Does something while a lease is held, renewed as long as it goes on; null without doing it when somebody else has it. A lease that is lost
 * meanwhile stops nothing: what is done has to be safe by compare-and-set, and the lease only keeps others from doing it as well.
 */
export async function withLease<T>(
  { ledger, clock }: { ledger: Ledger; clock: Clock },
  { key, holder, reason }: { key: string; holder: string; reason: string },
  work: () => Promise<T>,
): Promise<T | null> {
  const lease = await ledger.takeLease(key, holder, TTL_MS, reason);
  if (!lease) return null;
  const over = new AbortController();
  const renewing = (async () => {
    while (!over.signal.aborted) {
      await clock.wait(TTL_MS / 3, over.signal);
      if (!over.signal.aborted) await ledger.renewLease(lease, TTL_MS).catch(() => undefined);
    }
  })();
  try {
    return await work();
  } finally {
    over.abort();
    await renewing;
    await ledger.releaseLease(lease).catch(() => undefined);
  }
}
