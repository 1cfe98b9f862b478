import { Queue as BullQueue, QueueEvents, Worker, type Job as BullJob } from 'bullmq';
import type { Queue, Role } from '../../core/ports';
import { Fault } from '../../core/problem';
import { systemClock } from '../ports/system-clock';
import { systemRandom } from '../ports/system-random';
import { clientConnection, workerConnection } from './connections';
import { QuestionData } from './job-data';
import type { QueueOptions } from './options';

/** How long an answer is kept for the asker, in seconds. */
const ANSWER_LIFE_S = 30;

/** Questions beside the jobs: they cause no effect, have a deadline, and are no requests. */
export function questions(
  { url, prefix }: QueueOptions,
  onError: (error: Error) => void,
): Pick<Queue, 'ask' | 'answer' | 'close'> {
  const opened = new Map<Role, { queue: BullQueue; events: QueueEvents }>();
  const lineOf = (role: Role) => {
    const known = opened.get(role);
    if (known) return known;
    const name = `${role}-questions`;
    const queue = new BullQueue(name, {
      prefix,
      connection: clientConnection(url),
      skipWaitingForReady: true,
    });
    const events = new QueueEvents(name, { prefix, connection: workerConnection(url) });
    queue.on('error', onError);
    events.on('error', onError);
    opened.set(role, { queue, events });
    return { queue, events };
  };
  const discard = async (role: Role): Promise<void> => {
    const line = opened.get(role);
    opened.delete(role);
    await Promise.allSettled([line?.queue.close(), line?.events.close()]);
  };
  return {
    async ask(role, question, deadlineMs) {
      const { queue, events } = lineOf(role);
      const until = systemClock.now() + deadlineMs;
      const keep = { age: ANSWER_LIFE_S };
      const options = { jobId: `q-${systemRandom.hex(8)}`, removeOnComplete: keep, removeOnFail: keep };
      let job: BullJob | undefined;
      try {
        await withDeadline(events.waitUntilReady(), deadlineMs);
        job = await queue.add('question', { question, until }, options);
        return (await job.waitUntilFinished(events, Math.max(1, until - systemClock.now()))) as unknown;
      } catch (cause) {
        const hasFailed = (await job?.isFailed().catch(() => false)) ?? false;
        await job?.remove().catch(() => undefined);
        // A line that was opened while Redis was away stays broken: the next question opens another.
        if (!job) await discard(role);
        throw hasFailed ? questionFailed(role, cause) : noAnswer(role, cause);
      }
    },
    answer(role, handler) {
      const run = (bull: BullJob): Promise<unknown> => answerInTime(bull.data, handler);
      const worker = new Worker(`${role}-questions`, run, {
        prefix,
        connection: workerConnection(url),
        concurrency: 8,
      });
      worker.on('error', onError);
      return Promise.resolve({ stop: () => worker.close() });
    },
    async close() {
      await Promise.all([...opened.values()].flatMap(({ queue, events }) => [queue.close(), events.close()]));
    },
  };
}

/** A question that nobody waits for any more is dropped. */
function answerInTime(data: unknown, handler: (question: unknown) => Promise<unknown>): Promise<unknown> {
  const { question, until } = QuestionData.parse(data);
  return systemClock.now() > until ? Promise.resolve(null) : handler(question);
}

async function withDeadline<T>(wanted: Promise<T>, ms: number): Promise<T> {
  const end = new AbortController();
  const late = systemClock.wait(ms, end.signal).then(() => {
    throw new Error('deadline');
  });
  try {
    return await Promise.race([wanted, late]);
  } finally {
    late.catch(() => undefined);
    end.abort();
  }
}

function noAnswer(role: Role, cause: unknown): Fault {
  const message = 'No worker answers; nothing was changed.';
  const remedy = `Check that a worker with the role ${role} runs.`;
  return new Fault({ code: 'queue.no-answer', retry: 'later', message, remedy }, { cause });
}

function questionFailed(role: Role, cause: unknown): Fault {
  const message = 'The worker could not answer; nothing was changed.';
  return new Fault(
    {
      code: 'queue.question-failed',
      retry: 'later',
      message,
      remedy: `See the log of the worker with the role ${role}.`,
    },
    { cause },
  );
}
