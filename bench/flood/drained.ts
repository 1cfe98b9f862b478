import { setTimeout as pause } from 'node:timers/promises';
import type { Redis } from 'ioredis';
import { ledgerKeys } from '../../src/jobs/ledger/keys';
import { PREFIX } from '../main-job/job';

const LOOK_EVERY_MS = 20;
const WITHIN_MS = 15 * 60_000;

/** Waits until everything is reported and no job runs or is queued, at two looks in a row. */
export async function drained(redis: Redis): Promise<void> {
  const deadline = performance.now() + WITHIN_MS;
  let before = false;
  for (;;) {
    const isEmpty = await isDrained(redis);
    if (isEmpty && before) return;
    before = isEmpty;
    if (performance.now() > deadline) throw new Error('the instance does not come to rest');
    await pause(LOOK_EVERY_MS);
  }
}

async function isDrained(redis: Redis): Promise<boolean> {
  const lists = ['conduct', 'directory', 'reports'].flatMap((role) =>
    ['wait', 'active'].map((state) => `${PREFIX}:${role}:${state}`),
  );
  const counts = await Promise.all([
    redis.zcard(ledgerKeys(PREFIX).unreported),
    ...lists.map((list) => redis.llen(list)),
  ]);
  return counts.every((count) => count === 0);
}
