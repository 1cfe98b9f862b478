import { Queue } from 'bullmq';
import { Redis } from 'ioredis';
import { waitFor } from '../../../lab/wait-for';
import { openBullQueue } from '../../../src/jobs/queue/bullmq-queue';
import { testRedis } from '../../support/redis';

const { url, prefix } = testRedis();
const job = { id: 'R-1001-v1-conduct', request: 'a'.repeat(32) };

describe('a job whose worker has lost its lock', () => {
  it('is run by another worker, and the first one’s end harms nothing', async () => {
    const errors: string[] = [];
    const onError = (error: Error) => errors.push(error.message);
    const times = { lockMs: 1_000, stalledMs: 200 };
    const [one, other] = [
      await openBullQueue({ url, prefix, times, onError }),
      await openBullQueue({ url, prefix, times, onError }),
    ];
    const runs: string[] = [];
    const letGo: (() => void)[] = [];
    const handler = (name: string) => () => {
      runs.push(name);
      // The first run hangs, as in a paused process; the second ends at once.
      const first = runs.length === 1;
      return new Promise<{ kind: 'over' }>((resolve) => {
        if (first) letGo.push(() => resolve({ kind: 'over' }));
        else resolve({ kind: 'over' });
      });
    };
    const consumers = [
      await one.handle('conduct', handler('one')),
      await other.handle('conduct', handler('other')),
    ];
    await one.put('conduct', job);
    await waitFor('the first run', () => Promise.resolve(runs.length > 0 ? true : undefined));

    const thief = new Redis(url);
    // Once: a lock that is gone is not renewed, and another deletion might hit the second run's.
    await thief.del(`${prefix}:conduct:${job.id}:lock`);
    await waitFor('the second run', () => Promise.resolve(runs.length > 1 ? true : undefined));
    thief.disconnect();
    for (const go of letGo) go();
    await waitFor('the job to be gone', async () =>
      (await one.look('conduct', job.id)) === 'missing' ? true : undefined,
    );
    expect(runs).toHaveLength(2);
    // The id is free again: nothing of the lost run is left behind.
    await one.put('conduct', job);
    await waitFor('a third run', () => Promise.resolve(runs.length > 2 ? true : undefined));
    for (const consumer of consumers) await consumer.stop();
    await one.close();
    await other.close();
  });
});

describe('a job that is none of ours', () => {
  it.each([{}, { request: 7 }, { request: 'a', more: true }, { request: 'x'.repeat(65) }])(
    'is reported and removed, and runs nothing: %p',
    async (data) => {
      const { prefix: own } = testRedis();
      const reported: string[] = [];
      const ran: string[] = [];
      const queue = await openBullQueue({
        url,
        prefix: own,
        onMalformed: async ({ jobId }) => Promise.resolve(void reported.push(jobId)),
      });
      const consumer = await queue.handle('directory', async ({ id }) => {
        ran.push(id);
        return Promise.resolve({ kind: 'over' });
      });
      const { hostname, port, password } = new URL(url);
      const raw = new Queue('directory', {
        prefix: own,
        connection: { host: hostname, port: Number(port), password },
      });
      await raw.add('request', data, { jobId: 'forged-1' });
      await waitFor('the report', () => Promise.resolve(reported.length > 0 ? true : undefined));
      await waitFor('the job to be gone', async () =>
        (await queue.look('directory', 'forged-1')) === 'missing' ? true : undefined,
      );
      expect([reported, ran]).toEqual([['forged-1'], []]);
      await raw.close();
      await consumer.stop();
      await queue.close();
    },
  );
});
