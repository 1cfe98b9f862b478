import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import type { MovePlan } from '../../core/fabric/plan';
import type { PlanInput, Task } from '../../core/fabric/plan-input';
import { planMoves } from '../../core/fabric/plan-moves';
import type { Planner } from '../../core/fabric/planner-port';
import type { Clock } from '../../core/ports';
import { Fault } from '../../core/problem';

/**
 * Hosts times machines below which a plan is made in place. Of 2,368 random fabrics that are smaller none took more than 21 ms. From here on
 * size says little: 4 hosts with 5 machines took 112 ms and 4 with 15 took 273 ms, where it is tight and every placing is tried.
 */
const SMALL = 16;

/** The largest fabric that was measured, 256 hosts with 16,000 machines, takes 1.5 s. */
const DEADLINE_MS = 30_000;

/**
 * Plans in one thread, which is started when it is first needed and again after it has ended: the queue takes a worker that does not answer
 * for dead and gives its jobs to another. One plan at a time, the others wait. `script`: the built `planning-thread.js`.
 */
export function openThreadPlanner({ script, clock }: { script: string; clock: Clock }): Planner {
  let thread: Worker | null = null;
  let last: Promise<unknown> = Promise.resolve();

  function start(): Worker {
    const started = new Worker(script);
    started.unref();
    const forget = (): void => {
      if (thread === started) thread = null;
    };
    started.on('error', forget).on('exit', forget);
    return started;
  }

  async function planThere(input: PlanInput, task: Task): Promise<MovePlan> {
    thread ??= start();
    const own = thread;
    const settled = new AbortController();
    const { signal } = settled;
    try {
      own.postMessage({ input, task });
      return await Promise.race([
        // SAFETY: the thread of the same program answers with a plan and nothing else.
        once(own, 'message', { signal }).then(([plan]) => plan as MovePlan),
        once(own, 'exit', { signal }).then(() => Promise.reject(broken('its thread has ended'))),
        clock.wait(DEADLINE_MS, signal).then(() => Promise.reject(tooLong())),
      ]);
    } catch (error) {
      if (thread === own) thread = null;
      await own.terminate();
      throw error instanceof Fault ? error : broken(String(error), error);
    } finally {
      settled.abort();
    }
  }

  return {
    async plan(input, task) {
      if (isSmall(input)) return planMoves(input, task);
      const planned = last.then(() => planThere(input, task));
      last = planned.catch(() => undefined);
      return planned;
    },
    async close() {
      await thread?.terminate();
    },
  };
}

function isSmall({ hosts }: PlanInput): boolean {
  const machines = hosts.reduce((sum, { facts }) => sum + (facts?.machines.length ?? 0), 0);
  return hosts.length * machines < SMALL;
}

function broken(what: string, cause?: unknown): Fault {
  return new Fault(
    {
      code: 'planning.broken',
      retry: 'later',
      message: `The moves could not be planned: ${what}.`,
      remedy: 'It is tried again. If this stays so, report it with the log of the Windows worker.',
    },
    { cause },
  );
}

function tooLong(): Fault {
  return new Fault({
    code: 'planning.too-long',
    retry: 'later',
    message: `The moves were not planned within ${DEADLINE_MS / 1_000} s.`,
    remedy: 'It is tried again. If this stays so, name fewer hosts.',
  });
}
