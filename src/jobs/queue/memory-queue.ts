import type { Clock, Handled, Job, Queue, Role } from '../../core/ports';
import { Fault } from '../../core/problem';

interface Entry {
  readonly job: Job;
  /** Held until then; 0 for a job that may run. */
  until: number;
  isRunning: boolean;
}

/** A queue in memory with the behaviour of the real one, for simulations. */
export interface MemoryQueue extends Queue {
  /** Runs everything that may run now, and what comes of it, until nothing is left. */
  settle(): Promise<void>;
}

/** Jobs run only inside `settle`, one after the other, so that a simulation decides when. A handler that throws ends its job. */
export function openMemoryQueue(clock: Clock): MemoryQueue {
  const entries = new Map<string, Entry>();
  const handlers = new Map<Role, (job: Job) => Promise<Handled>>();
  const answerers = new Map<Role, (question: unknown) => Promise<unknown>>();
  const keyOf = (role: Role, id: string): string => `${role}/${id}`;

  const add = (role: Role, job: Job, until: number): Promise<void> => {
    const key = keyOf(role, job.id);
    if (!entries.has(key)) entries.set(key, { job, until, isRunning: false });
    return Promise.resolve();
  };

  async function run(key: string, entry: Entry, handler: (job: Job) => Promise<Handled>): Promise<void> {
    entry.isRunning = true;
    const handled = await handler(entry.job).catch(() => ({ kind: 'over' as const }));
    entry.isRunning = false;
    if (handled.kind === 'hold') entry.until = handled.until;
    else entries.delete(key);
  }

  function findRunnable(): (() => Promise<void>) | null {
    for (const [key, entry] of entries) {
      const handler = [...handlers].find(([role]) => key.startsWith(`${role}/`))?.[1];
      if (handler && !entry.isRunning && entry.until <= clock.now()) return () => run(key, entry, handler);
    }
    return null;
  }

  return {
    put: (role, job) => add(role, job, 0),
    hold: (role, job, until) => add(role, job, until),
    release(role, jobId) {
      const entry = entries.get(keyOf(role, jobId));
      if (!entry) return Promise.resolve('missing');
      if (entry.isRunning || entry.until <= clock.now()) return Promise.resolve('running');
      entry.until = 0;
      return Promise.resolve('released');
    },
    remove(role, jobId) {
      entries.delete(keyOf(role, jobId));
      return Promise.resolve();
    },
    look(role, jobId) {
      const entry = entries.get(keyOf(role, jobId));
      if (!entry) return Promise.resolve('missing');
      if (entry.isRunning) return Promise.resolve('running');
      return Promise.resolve(entry.until > clock.now() ? 'held' : 'queued');
    },
    handle(role, handler) {
      handlers.set(role, handler);
      return Promise.resolve({
        stop() {
          handlers.delete(role);
          return Promise.resolve();
        },
      });
    },
    async ask(role, question) {
      const handler = answerers.get(role);
      const remedy = `Check that a worker with the role ${role} runs.`;
      if (!handler) {
        const message = 'No worker answers; nothing was changed.';
        throw new Fault({ code: 'queue.no-answer', retry: 'later', message, remedy });
      }
      try {
        return await handler(question);
      } catch (cause) {
        const message = 'The worker could not answer; nothing was changed.';
        throw new Fault({ code: 'queue.question-failed', retry: 'later', message, remedy }, { cause });
      }
    },
    answer(role, handler) {
      answerers.set(role, handler);
      return Promise.resolve({
        stop() {
          answerers.delete(role);
          return Promise.resolve();
        },
      });
    },
    close: () => Promise.resolve(),
    async settle() {
      for (let next = findRunnable(); next; next = findRunnable()) await next();
    },
  };
}
