import type { RedisOptions } from 'bullmq';

/** Longest wait for one answer of Redis where people wait, in milliseconds. */
const COMMAND_TIMEOUT_MS = 1_500;

/** For calls that people wait for: they fail soon while Redis is away, instead of hanging. What is sent again is harmless: every job has an id. */
export function clientConnection(url: string): RedisOptions {
  return {
    ...place(url),
    maxRetriesPerRequest: 1,
    commandTimeout: COMMAND_TIMEOUT_MS,
    retryStrategy: backoff,
  };
}

/** For workers, whose blocking reads wait for as long as it takes (BullMQ wants no bound on retries here). */
export function workerConnection(url: string): RedisOptions {
  return { ...place(url), maxRetriesPerRequest: null, retryStrategy: backoff };
}

function backoff(times: number): number {
  return Math.min(50 * times, 500);
}

/** BullMQ takes options, not addresses. */
function place(url: string): RedisOptions {
  const { hostname, port, username, password, pathname, protocol } = new URL(url);
  return {
    host: hostname,
    port: Number(port || 6379),
    db: Number(pathname.slice(1) || 0),
    ...(username && { username: decodeURIComponent(username) }),
    ...(password && { password: decodeURIComponent(password) }),
    ...(protocol === 'rediss:' && { tls: { servername: hostname } }),
  };
}
