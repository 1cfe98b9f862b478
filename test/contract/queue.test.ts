import { openMemoryQueue } from '../../src/jobs/queue/memory-queue';
import { openBullQueue } from '../../src/jobs/queue/bullmq-queue';
import { systemClock } from '../../src/jobs/ports/system-clock';
import { testRedis } from '../support/redis';
import { steppedClock } from './ledger-suite';
import { queueSuite } from './queue-suite';

queueSuite('BullMQ', async () => ({
  queue: await openBullQueue(testRedis()),
  now: () => systemClock.now(),
  pass: (ms) => systemClock.wait(ms),
}));

queueSuite('memory', () => {
  const clock = steppedClock();
  const queue = openMemoryQueue(clock);
  const pass = async (ms: number) => {
    await clock.pass(ms);
    await queue.settle();
  };
  return Promise.resolve({ queue, now: () => clock.now(), pass });
});
