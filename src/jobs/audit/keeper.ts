import type { Worker } from '../worker';
import { keeperWork, type KeeperParts } from './keeper-work';

const EVERY_MS = 1_000;
const LEASE_MS = 10_000;

/** A round goes on only so long after its lease was taken. */
const ROUND_MS = 6_000;

/** The name of the lease of whoever keeps the audit. */
const KEEPER_LEASE = 'audit-keeper';

/** Keeps the audit until it is stopped. What fails is told once and tried again: nothing of it holds any request up. */
export function startAuditKeeper(parts: KeeperParts): Worker {
  const { ledger, clock, random, log } = parts;
  const holder = random.hex(4);
  const work = keeperWork(parts, holder);
  const end = new AbortController();
  const told = new Set<string>();
  const round = async (): Promise<void> => {
    const startedAt = clock.monotonic();
    const lease = await ledger.takeLease(KEEPER_LEASE, holder, LEASE_MS);
    if (!lease) return work.close();
    const mayGoOn = (): boolean => !end.signal.aborted && clock.monotonic() - startedAt < ROUND_MS;
    try {
      await work.mirror(mayGoOn);
    } catch (error) {
      // Sealing needs no mirror; and another host, whose mirror can be written to, may take over.
      await work.seal(mayGoOn);
      await ledger.releaseLease(lease);
      throw error;
    }
    await work.seal(mayGoOn);
    await work.archive(mayGoOn);
  };
  const keeping = (async () => {
    while (!end.signal.aborted) {
      try {
        await round();
        told.clear();
      } catch (error) {
        const what = String(error);
        if (!told.has(what)) log.error({ err: error, role: 'conduct' }, 'audit not kept');
        told.add(what);
        await work.close().catch(() => undefined);
      }
      await clock.wait(told.size > 0 ? 2 * EVERY_MS : EVERY_MS, end.signal);
    }
    await work.close();
  })();
  return {
    async stop() {
      end.abort();
      await keeping;
    },
  };
}
