import { Redis } from 'ioredis';
import type { RequestRecord } from '../../src/core/request/record';
import type { Instance } from './instance';

/** Runs with a raw connection to the instance's Redis: what somebody who has stolen its password can do. */
async function asThief<T>(instance: Instance, act: (redis: Redis) => Promise<T>): Promise<T> {
  const redis = new Redis(instance.redisUrl, { lazyConnect: true });
  await redis.connect();
  try {
    return await act(redis);
  } finally {
    redis.disconnect();
  }
}

/** Edits a request's record in Redis, past the ledger and its compare-and-set. */
export async function forgeRecord(
  instance: Instance,
  id: string,
  edit: (record: RequestRecord) => Partial<RequestRecord>,
): Promise<void> {
  await asThief(instance, async (redis) => {
    const { key, field, record } = await findRecord(redis, `${instance.prefix}*${id}*`);
    const forged = { ...record, ...edit(record) };
    await redis.hset(key, field, JSON.stringify(forged));
    if (forged.state !== record.state) await redis.hset(key, 'state', forged.state);
  });
}

/** The record is found by its shape, so that this does not depend on how the ledger names its keys. */
async function findRecord(redis: Redis, pattern: string) {
  for (const key of await redis.keys(pattern)) {
    if ((await redis.type(key)) !== 'hash') continue;
    for (const [field, text] of Object.entries(await redis.hgetall(key))) {
      if (!text.includes('"intake"')) continue;
      const record = JSON.parse(text) as RequestRecord;
      return { key, field, record: { ...record, plan: await wholePlan(redis, record.plan) } };
    }
  }
  throw new Error(`No record at ${pattern}`);
}

/** A record names its plan by the digest under which it is kept. A whole plan is read as well, so that is what is forged. */
async function wholePlan(redis: Redis, plan: unknown): Promise<RequestRecord['plan']> {
  if (typeof plan !== 'string') return plan as RequestRecord['plan'];
  const [key = ''] = await redis.keys(`*${plan}`);
  return JSON.parse((await redis.get(key)) ?? 'null') as RequestRecord['plan'];
}
