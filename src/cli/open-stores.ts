import type { Ledger, Queue } from '../core/ports';
import type { Settings } from '../core/settings';
import { openRedisLedger } from '../jobs/ledger/redis-ledger';
import { systemClock } from '../jobs/ports/system-clock';
import { openBullQueue } from '../jobs/queue/bullmq-queue';
import type { WorkerLog } from '../jobs/worker';
import { lockAddress, type Mode } from '../core/mode-lock';
import { readSecret } from './settings-file';

/** Puts something around a port as it is opened, by the port's name; the lab's crash tests use it. */
export type Around = <T extends object>(name: string, port: T) => T;

/** The ledger and the queue, on the one Redis of the settings. */
export async function openStores(options: {
  settings: Settings;
  mode: Mode;
  log: WorkerLog;
  around?: Around | undefined;
}): Promise<{
  ledger: Ledger;
  queue: Queue;
  close(): Promise<void>;
}> {
  const { settings, mode, log, around = (_, port) => port } = options;
  const url = readSecret(settings.redis.urlFile);
  lockAddress(mode, 'Redis', url);
  const { prefix } = settings.redis;
  const ledger = around('ledger', await openRedisLedger({ url, prefix }));
  const bull = await openBullQueue({
    url,
    prefix,
    onError: (error) => log.error({ error: String(error) }, 'queue error'),
    onMalformed: async ({ role, jobId }) => {
      const entry = {
        what: 'job.forged',
        who: `queue/${role}`,
        at: systemClock.now(),
        detail: { job: jobId, role },
      };
      await ledger.note('', entry);
    },
  });
  const queue = around('queue', bull);
  return {
    ledger,
    queue,
    async close() {
      await queue.close();
      await ledger.close();
    },
  };
}
