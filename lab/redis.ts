import { spawn, type ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { closeSync, openSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { join } from 'node:path';

import { freePort } from './addresses';
import {
  endProcess,
  boundToParent,
  isRunning,
  labEnvironment,
  requirePrograms,
  waitUntilReady,
} from './processes';

export interface RedisOptions {
  /** A claimed 127.x.y.z; nothing else is listened on. */
  address: string;
  /** Holds configuration, log and append-only file; made if missing. */
  directory: string;
  /** Default: a free port of the address. */
  port?: number;
  /** Default `always`: what was answered survives SIGKILL, as the production file says. */
  appendFsync?: 'always' | 'everysec' | 'no';
}

/** A practice Redis of its own: random password, append-only file, no eviction. */
export interface PracticeRedis {
  /** `redis://:password@address:port/0`; stays the same over restarts. */
  readonly url: string;
  readonly pid: number;
  /** Orderly end (SIGTERM). */
  stop(): Promise<void>;
  /** SIGKILL, as a crash: only what the append-only file holds comes back. */
  kill(): Promise<void>;
  /** Stops it if it runs and starts it again on the same port with the same data. */
  restart(): Promise<void>;
}

const startTimeoutMs = 10_000;

/** Starts a Redis and waits until it answers PONG. Throws if redis-server is missing or does not come up. */
export async function startRedis(options: RedisOptions): Promise<PracticeRedis> {
  requirePrograms(['redis-server'], 'redis-server');
  const { address, directory } = options;
  await mkdir(directory, { recursive: true, mode: 0o700 });
  const port = options.port ?? (await freePort(address));
  const password = randomBytes(24).toString('hex');
  const url = `redis://:${password}@${address}:${port}/0`;
  const configFile = join(directory, 'redis.conf');
  const lines = [
    `bind ${address}`,
    `port ${port}`,
    `requirepass ${password}`,
    `dir "${directory}"`,
    'daemonize no',
    'save ""',
    'appendonly yes',
    `appendfsync ${options.appendFsync ?? 'always'}`,
    'maxmemory-policy noeviction',
  ];
  await writeFile(configFile, `${lines.join('\n')}\n`, { mode: 0o600 });

  let child = await startServer(directory, url);
  const restart = async (): Promise<void> => {
    await endProcess(child);
    child = await startServer(directory, url);
  };
  return {
    url,
    get pid() {
      if (child.pid === undefined) throw new Error('Redis was never started');
      return child.pid;
    },
    stop: () => endProcess(child),
    kill: () => endProcess(child, 'SIGKILL'),
    restart,
  };
}

async function startServer(directory: string, url: string): Promise<ChildProcess> {
  const logFile = join(directory, 'redis.log');
  const log = openSync(logFile, 'a', 0o600);
  const [command, args] = boundToParent('redis-server', [join(directory, 'redis.conf')]);
  const child = spawn(command, args, { env: labEnvironment(), stdio: ['ignore', log, log] });
  closeSync(log);
  await once(child, 'spawn');
  try {
    const isReady = (): Promise<boolean> => answersPong(url);
    await waitUntilReady('Redis', { child, logFile, timeoutMs: startTimeoutMs, isReady });
  } catch (error) {
    await endProcess(child, 'SIGKILL');
    throw error;
  }
  // Another server on the same port would have answered in its place.
  if (!isRunning(child)) throw new Error(`Redis ended while starting, see ${logFile}`);
  return child;
}

/** Asks for PONG over a plain socket. While the append-only file is loaded Redis answers LOADING: not yet. */
async function answersPong(url: string): Promise<boolean> {
  const { hostname, port, password } = new URL(url);
  const socket = connect(Number(port), hostname);
  socket.setTimeout(1_000, () => socket.destroy(new Error('Redis did not answer PING')));
  socket.write(`AUTH ${password}\r\nPING\r\nQUIT\r\n`);
  let answer = '';
  for await (const chunk of socket) answer += String(chunk);
  return answer === '+OK\r\n+PONG\r\n+OK\r\n';
}
