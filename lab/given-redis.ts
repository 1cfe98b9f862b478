import { randomBytes } from 'node:crypto';

import { Redis } from 'ioredis';

import { lockAddress, ModeLockError } from '../src/core/mode-lock';
import { MissingPartError, whatIsMissing } from './machine';
import { startRedis } from './redis';

/** The Redis of one lab. */
export interface LabRedis {
  readonly url: string;
  /** All keys of this lab begin with it. */
  readonly prefix: string;
  /** Null for a Redis that was there before. */
  readonly pid: number | null;
  stop(): Promise<void>;
}

/** A Redis of the lab's own, or the one at `given` (REDIS_URL). Throws MissingPartError when neither is to be had. */
export async function openLabRedis(
  place: { address: string; directory: string },
  given: string,
): Promise<LabRedis> {
  if (given !== '') return useGivenRedis(given);
  const missing = whatIsMissing(['redis-server'], 'redis-server');
  if (missing !== null) {
    throw new MissingPartError(
      `${missing}. Or give the address of one that runs: REDIS_URL=redis://127.0.0.1:6379`,
    );
  }
  const redis = await startRedis(place);
  return { url: redis.url, prefix: '{handover}', pid: redis.pid, stop: () => redis.stop() };
}

/**
 * Uses a Redis that belongs to somebody: under a prefix that nobody else has, never flushed, and at the end the lab takes its own
 * keys away and no others. Throws MissingPartError when it is not on loopback or does not answer.
 */
async function useGivenRedis(url: string): Promise<LabRedis> {
  const redis = await connect(url);
  const prefix = `{handover-lab-${randomBytes(8).toString('hex')}}`;
  return {
    url,
    prefix,
    pid: null,
    async stop() {
      for await (const keys of redis.scanStream({ match: `${prefix}*`, count: 500 }) as AsyncIterable<
        string[]
      >) {
        if (keys.length > 0) await redis.unlink(...keys);
      }
      redis.disconnect();
    },
  };
}

async function connect(url: string): Promise<Redis> {
  const redis = openClient(url);
  // Every failure also comes as the rejection of the call.
  redis.on('error', () => undefined);
  try {
    await redis.connect();
    await redis.ping();
    return redis;
  } catch (cause) {
    redis.disconnect();
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new MissingPartError(`REDIS_URL: the Redis at ${new URL(url).host} cannot be used: ${why}`, {
      cause,
    });
  }
}

/** Throws MissingPartError for a text that is no address and for one beyond loopback; a password in it is not repeated. */
function openClient(url: string): Redis {
  try {
    lockAddress('lab', 'Redis', url);
  } catch (cause) {
    const why =
      cause instanceof ModeLockError ? cause.message : 'it is no address such as redis://127.0.0.1:6379';
    throw new MissingPartError(`REDIS_URL: ${why}`, { cause });
  }
  return new Redis(url, { lazyConnect: true, connectTimeout: 5_000, retryStrategy: () => null });
}
