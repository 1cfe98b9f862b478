import { setMaxListeners } from 'node:events';
import type { Clock, Job, Queue, Role } from '../../core/ports';
import { keyOf, memoryLines, type Consumer, type Lines } from './memory-lines';
import { memoryQuestions } from './memory-questions';
import { TIMING } from './options';

/** A queue in memory. */
export interface MemoryQueue extends Queue {
  /** Resolves once nothing runs: whatever is due and has a handler has been carried out. */
  settle(): Promise<void>;
  /** As when a running job's worker shows no life any more: the job is run again, and what comes of the first run no longer counts. */
  loseLock(role: Role, jobId: string): void;
}

/**
 * A queue in memory with the behaviour of the one on BullMQ, for simulations: held jobs fire by the clock, everything else runs as soon
 * as a handler has room, in the order of coming in. A job due while nobody serves its role stays held, as on BullMQ.
 */
export function openMemoryQueue(clock: Clock): MemoryQueue {
  const end = new AbortController();
  // One for each held job.
  setMaxListeners(0, end.signal);
  const lines = memoryLines(clock, end.signal);
  const { entries, consumers } = lines;
  return {
    put: async (role, job) => add(lines, { role, job, until: 0 }),
    hold: async (role, job, until) => add(lines, { role, job, until }),
    async release(role, jobId) {
      const entry = entries.get(keyOf(role, jobId));
      if (entry?.state !== 'held') return entry ? 'running' : 'missing';
      lines.enter(Object.assign(entry, { until: 0 }));
      return 'released';
    },
    async remove(role, jobId) {
      const key = keyOf(role, jobId);
      if (entries.get(key)?.state !== 'running') entries.delete(key);
    },
    look: async (role, jobId) => entries.get(keyOf(role, jobId))?.state ?? 'missing',
    async depth(role) {
      const own = [...entries.values()].filter((entry) => entry.role === role).map(({ state }) => state);
      const count = (state: string): number => own.filter((each) => each === state).length;
      return { queued: count('queued'), running: count('running'), held: count('held') };
    },
    async handle(role, handler) {
      const consumer: Consumer = { role, handler, running: new Set() };
      consumers.add(consumer);
      lines.serve();
      return {
        async stop() {
          consumers.delete(consumer);
          await Promise.all(consumer.running);
        },
      };
    },
    ...memoryQuestions(clock),
    async close() {
      end.abort();
    },
    async settle() {
      const running = (): Promise<void>[] => [...consumers].flatMap((consumer) => [...consumer.running]);
      while (running().length > 0) await Promise.race(running());
    },
    loseLock: (role, jobId) => stall(lines, keyOf(role, jobId)),
  };
}

function add({ entries, enter }: Lines, job: { role: Role; job: Job; until: number }): void {
  if (entries.has(keyOf(job.role, job.job.id))) return;
  enter({ ...job, state: 'queued', run: 0, stalls: 0 });
}

function stall({ entries, enter, serve }: Lines, key: string): void {
  const entry = entries.get(key);
  if (entry?.state !== 'running') return;
  entry.stalls += 1;
  if (entry.stalls <= TIMING.maxStalls) enter(Object.assign(entry, { until: 0, run: 0 }));
  else entries.delete(key);
  serve();
}
