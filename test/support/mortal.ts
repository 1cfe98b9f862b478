import type { Clock, Handled, Job, Queue, Role } from '../../src/core/ports';
import type { MemoryQueue } from '../../src/jobs/queue/memory-queue';
import { TIMING } from '../../src/jobs/queue/options';

/** In how many calls to its ports a process dies, and whether the last one has still done its work. */
export interface Death {
  readonly calls: number;
  readonly when: 'before' | 'after';
}

const never = new Promise<never>(() => undefined);

/**
 * What a process that is killed has of its ports: from its death on nothing that it waits for ever comes, and nothing is heard of it. What it was at is
 * given to somebody else when the queue has seen no life of it for long enough.
 */
export class Mortal {
  #death: Death | null = null;
  #left = 0;
  readonly #ends: (() => void)[] = [];
  readonly #running = new Map<string, { readonly role: Role; readonly id: string }>();
  /** The call that was its last one; null: it lives. */
  last: string | null = null;

  /** Says when it dies; until then it lives on. */
  doom(death: Death): void {
    this.#death = death;
    this.#left = death.calls;
  }

  /** The port as this process has it; all of its methods are asynchronous. */
  lend<T extends object>(name: string, port: T): T {
    return new Proxy(port, {
      get: (target, key): unknown => {
        const value: unknown = Reflect.get(target, key, target);
        if (typeof value !== 'function') return value;
        return (...args: unknown[]): unknown =>
          this.#call(`${name}.${String(key)}`, () => Promise.resolve(Reflect.apply(value, target, args)));
      },
    });
  }

  /** The same of a queue, whose jobs and questions such a process takes with it. */
  lendQueue(queue: MemoryQueue, clock: Clock): Queue {
    this.#ends.push(() => void this.#stall(queue, clock));
    return {
      ...this.lend('queue', queue),
      handle: async (role, handler) => {
        const consumer = await queue.handle(role, (job) => this.#serve(role, { job, handler }));
        this.#ends.push(() => void consumer.stop());
        return consumer;
      },
      answer: async (role, handler) => {
        const answerer = await queue.answer(role, (question) => this.#heard(handler(question)));
        this.#ends.push(() => void answerer.stop());
        return answerer;
      },
    };
  }

  async #call(what: string, act: () => Promise<unknown>): Promise<unknown> {
    if (this.last !== null) return never;
    if (this.#death === null || (this.#left -= 1) > 0) return this.#heard(act());
    const { when } = this.#death;
    this.last = `${when} ${what}`;
    // Done or not, its answer finds nobody.
    if (when === 'after') void act().catch(() => undefined);
    for (const end of this.#ends) end();
    return never;
  }

  async #serve(role: Role, { job, handler }: { job: Job; handler: (job: Job) => Promise<Handled> }) {
    const key = `${role}/${job.id}`;
    this.#running.set(key, { role, id: job.id });
    const handled = await this.#heard(handler(job));
    this.#running.delete(key);
    return handled;
  }

  async #heard<T>(answer: Promise<T>): Promise<T> {
    const settled = await answer.then(
      (value) => () => value,
      (error: unknown) => () => {
        throw error;
      },
    );
    return this.last === null ? settled() : never;
  }

  async #stall(queue: MemoryQueue, clock: Clock): Promise<void> {
    await clock.wait(TIMING.lockMs + TIMING.stalledMs);
    for (const { role, id } of this.#running.values()) queue.loseLock(role, id);
  }
}
