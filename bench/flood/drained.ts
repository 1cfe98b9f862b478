import { setTimeout as pause } from 'node:timers/promises';
import type { Redis } from 'ioredis';
import { isAtRest } from '../main-job/job';

const LOOK_EVERY_MS = 20;
const WITHIN_MS = 15 * 60_000;

/** Waits until everything is reported and no job runs or is queued, at two looks in a row. */
export async function drained(redis: Redis): Promise<void> {
  const deadline = performance.now() + WITHIN_MS;
  let before = false;
  for (;;) {
    const isEmpty = await isAtRest(redis);
    if (isEmpty && before) return;
    before = isEmpty;
    if (performance.now() > deadline) throw new Error('the instance does not come to rest');
    await pause(LOOK_EVERY_MS);
  }
}
