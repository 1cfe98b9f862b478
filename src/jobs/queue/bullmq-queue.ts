import { DelayedError, Queue as BullQueue, type JobsOptions } from 'bullmq';
import type { Handled, Job, Queue, Role } from '../../core/ports';
import { invariant } from '../../core/problem';
import { systemClock } from '../ports/system-clock';
import { consume, type ReportMalformed } from './bull-consumer';
import { openQuestionLine, questions } from './bullmq-questions';
import { clientConnection } from './connections';
import { JobData } from './job-data';
import { CONCURRENCY, ROLES, type QueueOptions } from './options';
import { reach } from './queue-fault';

/** Jobs are removed as they end, so that their ids can be asked for again: the ledger is the record, not the queue. */
const ENDS_REMOVED: JobsOptions = { removeOnComplete: true, removeOnFail: true };

/** BullMQ's words for what is counted. */
const COUNTED = ['wait', 'prioritized', 'active', 'delayed'] as const;

/** How often a release is tried while its job goes from held to running and back. */
const RELEASES = 4;

/** BullMQ's words for where a job is, in the port's. */
const LOOKS: Readonly<Record<string, 'held' | 'queued' | 'running'>> = {
  delayed: 'held',
  waiting: 'queued',
  prioritized: 'queued',
  'waiting-children': 'queued',
  active: 'running',
};

/**
 * The queues of all roles on BullMQ, one queue a role, and questions with answers beside them. `put` on the id of a held job leaves it
 * held: only `release` or its time runs it. Throws Fault `queue.unreachable` when Redis cannot be reached at all.
 */
export async function openBullQueue(options: QueueOptions): Promise<Queue> {
  const { prefix, onError = () => undefined } = options;
  const report: ReportMalformed = async (role, jobId) => {
    try {
      await options.onMalformed?.({ role, jobId: String(jobId).slice(0, 80) });
    } catch (error) {
      onError(
        error instanceof Error ? error : new Error('a malformed job went unreported', { cause: error }),
      );
    }
  };
  const settled = { ...options, onError, report };
  const connection = await reach(() => clientConnection(options.url, onError));
  const lines = new Map(ROLES.map((role) => [role, new BullQueue(role, { prefix, connection })]));
  const questionLines = new Map(ROLES.map((role) => [role, openQuestionLine(role, connection, prefix)]));
  const all = [...lines.values(), ...questionLines.values()];
  for (const line of all) line.on('error', onError);
  // A BullMQ queue whose first look at Redis fails is of no use ever after.
  await reach(() => Promise.all(all.map((line) => line.waitUntilReady())));
  const on = <T>(role: Role, call: (queue: BullQueue) => Promise<T>): Promise<T> =>
    reach(() => {
      const line = lines.get(role);
      invariant(line !== undefined, `${role} has a queue`);
      return call(line);
    });

  return {
    put: (role, job) => on(role, (queue) => add(queue, job, {})),
    hold: (role, job, until) =>
      on(role, (queue) => add(queue, job, { delay: Math.max(0, until - systemClock.now()) })),
    release: (role, jobId) => on(role, (queue) => release(queue, jobId)),
    remove: (role, jobId) =>
      on(role, async (queue) => {
        await queue.remove(jobId);
      }),
    look: (role, jobId) => on(role, async (queue) => LOOKS[await queue.getJobState(jobId)] ?? 'missing'),
    depth: (role) =>
      on(role, async (queue) => {
        const { wait = 0, prioritized = 0, active = 0, delayed = 0 } = await queue.getJobCounts(...COUNTED);
        return { queued: wait + prioritized, running: active, held: delayed };
      }),
    handle: (role, handler) => Promise.resolve(serve(settled, role, handler)),
    ...questions(settled, connection, questionLines),
    async close() {
      connection.disconnect();
      await Promise.allSettled(all.map((line) => line.close()));
    },
  };
}

async function add(queue: BullQueue, job: Job, more: JobsOptions): Promise<void> {
  await queue.add('request', { request: job.request }, { ...ENDS_REMOVED, ...more, jobId: job.id });
}

async function release(queue: BullQueue, jobId: string): Promise<'released' | 'running' | 'missing'> {
  for (let tries = 0; tries < RELEASES; tries += 1) {
    const job = await queue.getJob(jobId);
    const state = LOOKS[(await job?.getState()) ?? ''];
    if (!job || !state) return 'missing';
    if (state !== 'held') return 'running';
    // Fails when it is not held any more: its time came, or somebody else released it.
    const isPromoted = await job.promote().then(
      () => true,
      () => false,
    );
    if (isPromoted) return 'released';
  }
  return 'running';
}

function serve(
  options: QueueOptions & { onError: (error: Error) => void; report: ReportMalformed },
  role: Role,
  handler: (job: Job) => Promise<Handled>,
): { stop(): Promise<void> } {
  const line = { role, name: role, concurrency: CONCURRENCY[role] };
  return consume(options, line, async (bull, token) => {
    const data = JobData.safeParse(bull.data);
    if (!data.success) return options.report(role, bull.id);
    const handled = await handler({ id: bull.id ?? '', request: data.data.request });
    if (handled.kind === 'over') return;
    await bull.moveToDelayed(handled.until, token);
    throw new DelayedError();
  });
}
