import type { Logger } from 'pino';
import type { Clock, Queue } from '../../core/ports';
import { deliver, type DeliverParts } from './deliver';

/** How often what nobody has reported is looked for, in milliseconds. */
const SWEEP_EVERY_MS = 2_000;

/** Serves the reports queue, and sweeps what is unreported: a lost job or an outage of Slack only delays. */
export async function serveReports(
  parts: DeliverParts & { queue: Queue; clock: Clock; log: Logger },
): Promise<{ stop(): Promise<void> }> {
  const { queue, clock, log, ledger } = parts;
  const consumer = await queue.handle('reports', async ({ request }) => {
    await deliver(parts, request).catch((error: unknown) =>
      log.warn({ err: error, request }, 'report delayed'),
    );
    return { kind: 'over' };
  });
  const end = new AbortController();
  const sweep = async (): Promise<void> => {
    while (!end.signal.aborted) {
      await clock.wait(SWEEP_EVERY_MS, end.signal);
      const waiting = end.signal.aborted ? [] : await ledger.unreported().catch(() => []);
      for (const id of waiting) {
        await deliver(parts, id).catch((error: unknown) =>
          log.warn({ err: error, request: id }, 'report delayed'),
        );
      }
    }
  };
  const sweeping = sweep();
  return {
    async stop() {
      end.abort();
      await consumer.stop();
      await sweeping;
    },
  };
}
