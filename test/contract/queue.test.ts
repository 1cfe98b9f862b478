import { Redis } from 'ioredis';
import { openBullQueue } from '../../src/jobs/queue/bullmq-queue';
import { openMemoryQueue } from '../../src/jobs/queue/memory-queue';
import { systemClock } from '../../src/jobs/ports/system-clock';
import { memoryClock } from '../support/memory-clock';
import { testRedis } from '../support/redis';
import { queueSuite } from './queue-suite';

queueSuite('BullMQ', async () => {
  const redis = testRedis();
  const times = { lockMs: 2_000, stalledMs: 150 };
  const thief = new Redis(redis.url);
  const queue = await openBullQueue({ ...redis, times });
  const other = await openBullQueue({ ...redis, times });
  return {
    queue,
    other,
    now: () => systemClock.now(),
    pass: (ms) => systemClock.wait(ms),
    // What a worker that is blocked does not do is renew this key.
    async loseLock(jobId) {
      await thief.del(`${redis.prefix}:conduct:${jobId}:lock`);
    },
    async close() {
      thief.disconnect();
      await Promise.all([queue.close(), other.close()]);
    },
  };
});

queueSuite('memory', () => {
  const clock = memoryClock();
  const queue = openMemoryQueue(clock);
  return Promise.resolve({
    queue,
    other: queue,
    now: () => clock.now(),
    pass: clock.pass,
    loseLock: (jobId) => Promise.resolve(queue.loseLock('conduct', jobId)),
    close: () => queue.close(),
  });
});
