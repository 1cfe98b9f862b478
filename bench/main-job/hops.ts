import { startChild, type Child } from '../child';
import type { HopRole, HopStart } from './hop-process';
import { REPLAY_PREFIX } from './redis-part';

/** Three processes that pass jobs on to each other by BullMQ and do nothing else. */
export interface Hops {
  /** One held job is released and passed on over the whole course; milliseconds from the release until it is back. */
  run(): Promise<number>;
  stop(): Promise<void>;
}

/** Starts the chain: one process for each role, as in the product, on the same Redis, with the product's times. */
export async function startHops(url: string, course: readonly HopRole[]): Promise<Hops> {
  const children = new Map<HopRole, Child>();
  for (const role of ['directory', 'conduct', 'reports'] as const) {
    const child = await startChild('main-job/hop-process');
    children.set(role, child);
    await child.ask('open', { url, prefix: REPLAY_PREFIX, role, course } satisfies HopStart);
  }
  const bot = children.get('reports');
  let runs = 1000;
  return {
    async run() {
      runs += 1;
      await bot?.ask('hold', `R-${runs}`);
      return Number(await bot?.ask('release', `R-${runs}`));
    },
    async stop() {
      for (const child of children.values()) await child.stop();
    },
  };
}
