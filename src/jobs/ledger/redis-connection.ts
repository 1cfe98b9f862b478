import { Redis } from 'ioredis';
import { Fault } from '../../core/problem';

/** Longest wait for one answer of Redis, in milliseconds. */
const COMMAND_TIMEOUT_MS = 1_500;

/**
 * A connection that fails fast while Redis is away and comes back by itself. Nothing is queued while it is away and nothing is sent
 * twice: a script whose answer was lost may have run, and only the caller knows how to find out.
 */
export async function connectRedis(url: string): Promise<Redis> {
  const redis = new Redis(url, {
    lazyConnect: true,
    enableOfflineQueue: false,
    autoResendUnfulfilledCommands: false,
    maxRetriesPerRequest: 0,
    commandTimeout: COMMAND_TIMEOUT_MS,
    connectTimeout: COMMAND_TIMEOUT_MS,
    retryStrategy: (times) => Math.min(50 * times, 500),
  });
  // Without a listener a dropped connection would end the process; every call reports its own failure.
  redis.on('error', () => undefined);
  try {
    await redis.connect();
  } catch (cause) {
    redis.disconnect();
    throw unreachable('never', cause);
  }
  return redis;
}

/**
 * Runs one call; a failure becomes Fault `ledger.unreachable`. A write that was under way is `unknown`; while there is no connection
 * nothing is sent, and that is certain.
 */
export async function onRedis<T>(redis: Redis, kind: 'read' | 'write', call: () => Promise<T>): Promise<T> {
  const mayBeSent = kind === 'write' && redis.status === 'ready';
  try {
    return await call();
  } catch (cause) {
    if (cause instanceof Fault) throw cause;
    throw unreachable(mayBeSent ? 'unknown' : 'later', cause);
  }
}

function unreachable(retry: 'later' | 'never' | 'unknown', cause: unknown): Fault {
  const problem = { code: 'ledger.unreachable', retry, message: 'Redis does not answer.' };
  return new Fault(
    { ...problem, remedy: 'Check that Redis runs and that this program reaches it.' },
    { cause },
  );
}
