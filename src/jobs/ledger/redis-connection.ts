import { Redis } from 'ioredis';
import { faultOf, replyCode, unreachable } from './ledger-fault';
import type { Script } from './scripts';

/** Longest wait for one answer of Redis, in milliseconds. */
const COMMAND_TIMEOUT_MS = 1_500;

/** A connection that says nothing this long while asked is given up and made anew: its peer may be gone without a word. */
const SILENCE_MS = 3_000;

/** Longest wait for a connection to close, in milliseconds. The timer runs even when it is closed already. */
const GOODBYE_MS = 100;

/** Calls to Redis that fail as Faults within 1.5 s. */
export interface RedisCalls {
  /** A call that only reads; its failure is `later`. */
  read<T>(call: (redis: Redis) => Promise<T>): Promise<T>;
  /** A call that writes; when its answer is lost its failure is `unknown`. */
  write<T>(call: (redis: Redis) => Promise<T>): Promise<T>;
  /** A script that writes. Keys and arguments are as the script says. */
  run(script: Script, keys: readonly string[], args: readonly (string | number)[]): Promise<unknown>;
  close(): void;
}

/**
 * A connection that fails fast while Redis is away and comes back by itself. Nothing is queued while it is away and nothing is sent
 * twice: a script whose answer was lost may have run, and only the caller knows how to find out. Throws Fault when Redis is away now.
 */
export async function connectRedis(url: string): Promise<RedisCalls> {
  const redis = new Redis(url, {
    lazyConnect: true,
    enableOfflineQueue: false,
    autoResendUnfulfilledCommands: false,
    maxRetriesPerRequest: 0,
    commandTimeout: COMMAND_TIMEOUT_MS,
    connectTimeout: COMMAND_TIMEOUT_MS,
    socketTimeout: SILENCE_MS,
    disconnectTimeout: GOODBYE_MS,
    // After a failover the old master refuses writes: find the new one.
    reconnectOnError: (error) => replyCode(error) === 'READONLY',
    retryStrategy: (times) => Math.min(50 * times, 500),
  });
  // Without a listener a dropped connection would end the process; every call reports its own failure.
  let reason: unknown;
  redis.on('error', (error) => (reason = error));
  try {
    await redis.connect();
  } catch (cause) {
    redis.disconnect();
    // Why Redis did not let us in is told by the event only.
    throw faultOf('read', reason ?? cause);
  }
  const call = async <T>(kind: 'read' | 'write', work: (redis: Redis) => Promise<T>): Promise<T> => {
    // Not sent, so not unknown. A socket that has broken tells so before the status does.
    if (redis.status !== 'ready' || !redis.stream.writable) throw unreachable('later');
    try {
      return await work(redis);
    } catch (cause) {
      throw faultOf(kind, cause);
    }
  };
  return {
    read: (work) => call('read', work),
    write: (work) => call('write', work),
    run: (script, keys, args) =>
      call('write', () => runScript(redis, script, [keys.length, ...keys, ...args])),
    close: () => redis.disconnect(),
  };
}

/** The ledger's time, milliseconds since 1970. */
export async function timeOf(redis: RedisCalls): Promise<number> {
  const [seconds, micros] = await redis.read((calls) => calls.time());
  return Number(seconds) * 1000 + Math.floor(Number(micros) / 1000);
}

/** By its hash; with its text where Redis does not know it (yet, or any more): then it has not run. */
async function runScript(
  redis: Redis,
  { text, sha }: Script,
  args: readonly (string | number)[],
): Promise<unknown> {
  const [count, ...rest] = args;
  try {
    return await redis.evalsha(sha, Number(count), ...rest);
  } catch (cause) {
    if (replyCode(cause) !== 'NOSCRIPT') throw cause;
    return redis.eval(text, Number(count), ...rest);
  }
}
