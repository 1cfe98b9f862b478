import { Queue as BullQueue } from 'bullmq';
import type { Redis } from 'ioredis';
import type { Queue, Role } from '../../core/ports';
import { systemClock } from '../ports/system-clock';
import { systemRandom } from '../ports/system-random';
import { consume, type ReportMalformed } from './bull-consumer';
import { AnswerData, QuestionData, throughJson } from './job-data';
import type { QueueOptions } from './options';
import { noAnswer, questionFailed, reach } from './queue-fault';

/** How long an answer is kept for its asker, should the asker not take it away. */
const ANSWERED = { age: 30 };

/** How often an asker looks whether the answer is there, in milliseconds. */
const LOOK_EVERY_MS = 20;

const lineName = (role: Role): string => `${role}-questions`;

interface Asked {
  readonly queue: BullQueue;
  readonly id: string;
  readonly data: { readonly question: unknown; readonly until: number };
}

/**
 * Questions beside the jobs: they cause no effect, have a deadline, and are no requests. The deadline travels as Redis' time, because
 * the clocks of asker and worker may differ by more than the whole deadline.
 *
 * The asker looks for its answer instead of using waitUntilFinished with QueueEvents (BullMQ 6.7): that one leaves a rejection unhandled,
 * which ends the process, when Redis goes away while it begins; its listener ends for good at one event that is no JSON; and it cannot
 * be closed after a reconnection.
 */
export function questions(
  options: QueueOptions & { onError: (error: Error) => void; report: ReportMalformed },
  client: Redis,
  lines: ReadonlyMap<Role, BullQueue>,
): Pick<Queue, 'ask' | 'answer'> {
  const redisNow = async (): Promise<number> => {
    const [seconds, micros] = await client.time();
    return Number(seconds) * 1000 + Math.floor(Number(micros) / 1000);
  };
  return {
    async ask(role, question, deadlineMs) {
      const queue = lines.get(role);
      if (!queue) throw noAnswer(role);
      const late = new AbortController();
      const found = reach(async () => {
        const data = { question: throughJson(question), until: (await redisNow()) + deadlineMs };
        return findAnswer({ queue, id: `q-${systemRandom.hex(8)}`, data }, late.signal);
      });
      const end = systemClock.wait(deadlineMs, late.signal).then(() => null);
      // Redis may fail while the deadline passes.
      found.catch(() => undefined);
      try {
        const answer = await Promise.race([found, end]);
        if (answer === null) throw noAnswer(role);
        const read = AnswerData.safeParse(answer.value);
        if (!read.success || !read.data.ok) throw questionFailed(role);
        return read.data.answer;
      } finally {
        late.abort();
      }
    },
    answer(role, handler) {
      const line = { role, name: lineName(role), concurrency: 8 };
      const stoppable = consume(options, line, async (bull) => {
        const data = QuestionData.safeParse(bull.data);
        if (!data.success) return options.report(role, bull.id);
        if ((await redisNow()) > data.data.until) return null;
        // Nobody waits for a forged or a late one; an answer stays for its asker.
        Object.assign(bull.opts, { removeOnComplete: ANSWERED });
        try {
          return { ok: true, answer: throughJson(await handler(data.data.question)) };
        } catch (error) {
          options.onError(error instanceof Error ? error : new Error('a question failed', { cause: error }));
          return { ok: false };
        }
      });
      return Promise.resolve(stoppable);
    },
  };
}

/** The BullMQ queue of a role's questions. */
export function openQuestionLine(role: Role, connection: Redis, prefix: string): BullQueue {
  return new BullQueue(lineName(role), { prefix, connection });
}

/** Puts the question and looks until it is answered, or nobody waits any more (null). In either case the question goes. */
async function findAnswer({ queue, id, data }: Asked, late: AbortSignal): Promise<{ value: unknown } | null> {
  await queue.add('question', data, { jobId: id, removeOnComplete: ANSWERED, removeOnFail: ANSWERED });
  try {
    while (!late.aborted) {
      const job = await queue.getJob(id).catch(() => undefined);
      if (job?.failedReason) return null;
      if (job?.finishedOn) return { value: job.returnvalue as unknown };
      await systemClock.wait(LOOK_EVERY_MS, late);
    }
    return null;
  } finally {
    // One that is being answered is locked; its answer is removed by age.
    queue.remove(id).catch(() => undefined);
  }
}
