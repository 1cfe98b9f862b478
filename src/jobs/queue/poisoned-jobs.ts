import type { Redis } from 'ioredis';

/**
 * Removes jobs that BullMQ itself cannot read: their data or options are not JSON, or their key is no hash. It would take each from the
 * line, fail, and find it stalled, for ever; one whose key is no hash even ends its search for stalled jobs. Gives the removed ids.
 */
export async function removePoisoned(
  redis: Redis,
  queue: { prefix: string; name: string },
): Promise<string[]> {
  const base = `${queue.prefix}:${queue.name}:`;
  const removed: string[] = [];
  for (const id of await redis.lrange(`${base}active`, 0, -1)) {
    if (await isReadable(redis, base + id)) continue;
    const taken = await redis.lrem(`${base}active`, 0, id);
    await redis.srem(`${base}stalled`, id);
    await redis.del(base + id, `${base}${id}:lock`);
    if (taken > 0) removed.push(id);
  }
  return removed;
}

/** Whether an error of BullMQ may come from such a job. */
export function maybePoison(error: Error): boolean {
  return error.name === 'SyntaxError' || error.message.startsWith('WRONGTYPE');
}

async function isReadable(redis: Redis, key: string): Promise<boolean> {
  if ((await redis.type(key)) !== 'hash') return false;
  const [data, options] = await redis.hmget(key, 'data', 'opts');
  return isJson(data) && isJson(options);
}

function isJson(text: string | null | undefined): boolean {
  try {
    return typeof JSON.parse(text ?? '{}') === 'object';
  } catch {
    return false;
  }
}
