import { Worker, type Job as BullJob } from 'bullmq';
import { systemClock } from '../ports/system-clock';
import type { Role } from '../../core/ports';
import { workerConnection } from './connections';
import { TIMING, type QueueOptions } from './options';
import { maybePoison, removePoisoned } from './poisoned-jobs';

/** How long BullMQ may take to end once no job runs any more, in milliseconds; then its connections are cut. */
const CLOSE_PATIENCE_MS = 1_000;

/** Which line is served, and how. */
export interface Line {
  readonly role: Role;
  /** Of the BullMQ queue; no `:`. */
  readonly name: string;
  readonly concurrency: number;
}

/** Tells of a job that is none of ours; never throws. */
export type ReportMalformed = (role: Role, jobId: string | undefined) => Promise<void>;

/** When a close is given up, what renews the locks would go on for ever. */
class EndableWorker extends Worker {
  endRenewal(): Promise<void> {
    return this.lockManager.close();
  }
}

/** Runs the jobs of one BullMQ queue until stopped. `stop` waits for the running ones, and ends even while Redis is away. */
export function consume(
  options: QueueOptions & { onError: (error: Error) => void; report: ReportMalformed },
  line: Line,
  run: (job: BullJob, token: string | undefined) => Promise<unknown>,
): { stop(): Promise<void> } {
  const { url, prefix, onError, report } = options;
  const { lockMs, stalledMs, maxStalls } = { ...TIMING, ...options.times };
  const { redis, cut } = workerConnection(url, onError);
  const running = new Set<Promise<unknown>>();
  const runTracked = (job: BullJob, token?: string): Promise<unknown> => {
    // These are ours to say: a forged job that kept itself, or came back by itself, would take an id from us.
    Object.assign(job.opts, { removeOnComplete: true, removeOnFail: true, attempts: 1 });
    const result = run(job, token);
    running.add(result);
    const forget = () => running.delete(result);
    result.then(forget, forget);
    return result;
  };
  const worker = new EndableWorker(line.name, runTracked, {
    prefix,
    connection: redis,
    concurrency: line.concurrency,
    lockDuration: lockMs,
    stalledInterval: stalledMs,
    maxStalledCount: maxStalls,
    // A read that a lost connection has left waiting is given up a second after this many seconds.
    drainDelay: 1,
    // After a lost connection; the default is 15 s.
    runRetryDelay: 500,
  });
  worker.on('failed', (_, error) => onError(error));
  const clean = async (): Promise<void> => {
    for (const id of await removePoisoned(redis, { prefix, name: line.name })) await report(line.role, id);
  };
  worker.on('error', (raised) => {
    onError(raised);
    if (maybePoison(raised)) void clean().catch(onError);
  });
  return {
    async stop() {
      const end = new AbortController();
      const idle = async (): Promise<void> => {
        while (running.size > 0) await Promise.allSettled(running);
      };
      const closed = redis.status === 'ready' ? worker.close() : closeWithoutRedis(worker, idle);
      const late = idle().then(() => systemClock.wait(CLOSE_PATIENCE_MS, end.signal));
      await Promise.race([closed.catch(onError), late]);
      end.abort();
      await worker.endRenewal();
      cut();
    },
  };
}

/** BullMQ's close waits for Redis unless it is forced, and then it does not wait for the jobs either. */
async function closeWithoutRedis(worker: Worker, idle: () => Promise<void>): Promise<void> {
  await worker.pause(true);
  await idle();
  await worker.close(true);
}
