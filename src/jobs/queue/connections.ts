import { Redis } from 'ioredis';

/** Longest wait for one answer of Redis where people wait, in milliseconds. */
const COMMAND_TIMEOUT_MS = 1_500;

const common = {
  retryStrategy: (times: number) => Math.min(50 * times, 500),
  // The timer runs even when the connection is closed already; the default of 2 s keeps a program waiting.
  disconnectTimeout: 100,
};

/** For calls that people wait for: they fail soon while Redis is away, instead of hanging. What is sent again is harmless: every job has an id. */
export async function clientConnection(url: string, onError: (error: Error) => void): Promise<Redis> {
  const redis = new Redis(url, {
    ...common,
    lazyConnect: true,
    maxRetriesPerRequest: 1,
    commandTimeout: COMMAND_TIMEOUT_MS,
    connectTimeout: COMMAND_TIMEOUT_MS,
  });
  redis.on('error', onError);
  try {
    await redis.connect();
  } catch (error) {
    redis.disconnect();
    throw error;
  }
  return redis;
}

/**
 * For a worker, whose blocking reads wait for as long as it takes (BullMQ wants no bound on retries here). `cut` ends it and the copies
 * that BullMQ makes of it, whatever they wait for: BullMQ's own close says good-bye to Redis first, and never ends while Redis is away.
 */
export function workerConnection(
  url: string,
  onError: (error: Error) => void,
): { redis: Redis; cut: () => void } {
  const redis = new Redis(url, { ...common, maxRetriesPerRequest: null });
  const all = [redis];
  const duplicate = redis.duplicate.bind(redis);
  redis.duplicate = (override) => {
    const copy = duplicate(override);
    copy.on('error', onError);
    all.push(copy);
    return copy;
  };
  redis.on('error', onError);
  return {
    redis,
    cut() {
      for (const each of all) each.disconnect();
    },
  };
}
