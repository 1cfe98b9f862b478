import { DelayedError, Queue as BullQueue, Worker, type Job as BullJob, type JobsOptions } from 'bullmq';
import type { Handled, Job, Queue, Role } from '../../core/ports';
import { Fault } from '../../core/problem';
import { systemClock } from '../ports/system-clock';
import { questions } from './bullmq-questions';
import { clientConnection, workerConnection } from './connections';
import { JobData } from './job-data';
import type { QueueOptions, QueueTimes } from './options';

/** How many jobs of a role one worker runs at once. */
const CONCURRENCY: Readonly<Record<Role, number>> = { conduct: 8, directory: 4, reports: 8 };

/** Jobs are removed as they end, so that their ids can be asked for again: the ledger is the record, not the queue. */
const ENDS_REMOVED: JobsOptions = { removeOnComplete: true, removeOnFail: true };

const times: QueueTimes = { lockMs: 5_000, stalledMs: 2_000 };

/**
 * The queues of all roles on BullMQ, one queue a role, and questions with answers beside them. All are connected before this
 * resolves: one that is first used while Redis is away would stay broken for good. Throws Fault `queue.unreachable`.
 */
export async function openBullQueue(options: QueueOptions): Promise<Queue> {
  const onError = options.onError ?? (() => undefined);
  const ask = questions(options, onError);
  const opened = {
    conduct: openQueue('conduct', options, onError),
    directory: openQueue('directory', options, onError),
    reports: openQueue('reports', options, onError),
  };
  const queueOf = (role: Role): BullQueue => opened[role];
  const close = async (): Promise<void> => {
    await ask.close();
    await Promise.all(Object.values(opened).map((queue) => queue.close()));
  };
  try {
    await reach(() => Promise.all(Object.values(opened).map((queue) => queue.waitUntilReady())));
  } catch (error) {
    await close().catch(() => undefined);
    throw error;
  }

  async function release(role: Role, jobId: string): Promise<'released' | 'running' | 'missing'> {
    const job = await queueOf(role).getJob(jobId);
    if (!job) return 'missing';
    try {
      await job.promote();
      return 'released';
    } catch (error) {
      // Not held any more: it runs or is about to, or it has ended since.
      const state = await job.getState();
      if (state === 'active' || state === 'waiting' || state === 'prioritized') return 'running';
      if (state === 'delayed') throw error;
      return 'missing';
    }
  }

  return {
    put: (role, job) => reach(() => add(queueOf(role), job, {})),
    hold: (role, job, until) =>
      reach(() => add(queueOf(role), job, { delay: Math.max(0, until - systemClock.now()) })),
    release: (role, jobId) => reach(() => release(role, jobId)),
    remove: (role, jobId) =>
      reach(async () => {
        await queueOf(role).remove(jobId);
      }),
    look: (role, jobId) => reach(async () => LOOKS[await queueOf(role).getJobState(jobId)] ?? 'missing'),
    handle: (role, handler) => Promise.resolve(serve({ ...options, onError }, role, handler)),
    ask: ask.ask,
    answer: ask.answer,
    close,
  };
}

function openQueue(role: Role, { url, prefix }: QueueOptions, onError: (error: Error) => void): BullQueue {
  const queue = new BullQueue(role, { prefix, connection: clientConnection(url), skipWaitingForReady: true });
  queue.on('error', onError);
  return queue;
}

/** BullMQ's words for where a job is, in the port's. */
const LOOKS: Readonly<Record<string, 'held' | 'queued' | 'running'>> = {
  delayed: 'held',
  waiting: 'queued',
  prioritized: 'queued',
  'waiting-children': 'queued',
  active: 'running',
};

async function add(queue: BullQueue, job: Job, more: JobsOptions): Promise<void> {
  await queue.add('request', { request: job.request }, { ...ENDS_REMOVED, ...more, jobId: job.id });
}

function serve(
  options: QueueOptions & { onError: (error: Error) => void },
  role: Role,
  handler: (job: Job) => Promise<Handled>,
): { stop(): Promise<void> } {
  const { lockMs, stalledMs } = { ...times, ...options.times };
  const run = async (bull: BullJob, token?: string): Promise<void> => {
    const data = JobData.safeParse(bull.data);
    if (!data.success) {
      await options.onMalformed?.({ role, jobId: String(bull.id).slice(0, 80) });
      return;
    }
    const handled = await handler({ id: bull.id ?? '', request: data.data.request });
    if (handled.kind === 'hold') {
      await bull.moveToDelayed(handled.until, token);
      throw new DelayedError();
    }
  };
  const worker = new Worker(role, run, {
    prefix: options.prefix,
    connection: workerConnection(options.url),
    concurrency: CONCURRENCY[role],
    lockDuration: lockMs,
    stalledInterval: stalledMs,
    maxStalledCount: 3,
  });
  worker.on('error', options.onError);
  worker.on('failed', (_, error) => options.onError(error));
  return { stop: () => worker.close() };
}

async function reach<T>(call: () => Promise<T>): Promise<T> {
  try {
    return await call();
  } catch (cause) {
    const problem = {
      code: 'queue.unreachable',
      retry: 'later' as const,
      message: 'The queue does not answer.',
    };
    throw new Fault(
      { ...problem, remedy: 'Check that Redis runs and that this program reaches it.' },
      { cause },
    );
  }
}
