import { rm } from 'node:fs/promises';
import { join } from 'node:path';

import { Redis } from 'ioredis';

import { claimAddress, type ClaimedAddress } from '../../lab/addresses';
import { startRedis, type PracticeRedis } from '../../lab/redis';
import { scratchDirectory } from '../support/scratch';

describe('the practice Redis', () => {
  let claim: ClaimedAddress;
  let directory: string;
  let redis: PracticeRedis;

  beforeAll(async () => {
    claim = await claimAddress();
    directory = await scratchDirectory();
    redis = await startRedis({ address: claim.address, directory });
  });

  afterAll(async () => {
    await redis.stop();
    await claim.release();
    await rm(directory, { recursive: true });
  });

  it('appends every write to disk before it answers and never evicts', async () => {
    const settings = await ask(redis.url, (client) =>
      Promise.all(
        ['appendonly', 'appendfsync', 'maxmemory-policy', 'bind'].map((name) => client.config('GET', name)),
      ),
    );
    expect(settings).toEqual([
      ['appendonly', 'yes'],
      ['appendfsync', 'always'],
      ['maxmemory-policy', 'noeviction'],
      ['bind', claim.address],
    ]);
  });

  it('refuses a client without the password', async () => {
    const url = new URL(redis.url);
    url.password = '';
    await expect(ask(url.href, (client) => client.get('k'))).rejects.toThrow('NOAUTH');
  });

  it('comes back after SIGKILL on the same port with what it had answered', async () => {
    await ask(redis.url, (client) => client.set('kept', 'yes'));
    const pid = redis.pid;
    await redis.kill();
    await expect(ask(redis.url, (client) => client.get('kept'))).rejects.toThrow('ECONNREFUSED');
    await redis.restart();
    expect(redis.pid).not.toBe(pid);
    expect(await ask(redis.url, (client) => client.get('kept'))).toBe('yes');
  });

  it('leaves no process behind when stopped', async () => {
    const pid = redis.pid;
    await redis.stop();
    expect(() => process.kill(pid, 0)).toThrow('ESRCH');
    await redis.restart();
  });

  it('says what is wrong when it cannot start', async () => {
    const port = Number(new URL(redis.url).port);
    const second = join(directory, 'second');
    await expect(startRedis({ address: claim.address, directory: second, port })).rejects.toThrow(
      'Address already in use',
    );
  });
});

async function ask<T>(url: string, question: (client: Redis) => Promise<T>): Promise<T> {
  const client = new Redis(url, { lazyConnect: true, retryStrategy: () => null, disconnectTimeout: 10 });
  // connect() itself only says that the connection is closed; the reason comes as an event.
  let reason: unknown;
  client.on('error', (error) => (reason ??= error));
  try {
    await client.connect();
    return await question(client);
  } catch (error) {
    throw reason ?? error;
  } finally {
    client.disconnect();
  }
}
