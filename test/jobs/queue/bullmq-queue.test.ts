import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { Queue as BullQueue } from 'bullmq';
import { Redis } from 'ioredis';
import { claimAddress, freePort, type ClaimedAddress } from '../../../lab/addresses';
import { startRedis, type PracticeRedis } from '../../../lab/redis';
import { waitFor } from '../../../lab/wait-for';
import type { Job, Queue, Role } from '../../../src/core/ports';
import { openBullQueue } from '../../../src/jobs/queue/bullmq-queue';
import { scratchDirectory } from '../../support/scratch';

const prefix = '{own}';
const times = { lockMs: 600, stalledMs: 150 };
const unreachable = { name: 'Fault', code: 'queue.unreachable', retry: 'later' };

let claim: ClaimedAddress;
let directory: string;
let redis: PracticeRedis;
let thief: Redis;
let lines: BullQueue[];
beforeAll(async () => {
  claim = await claimAddress();
  directory = await scratchDirectory();
  redis = await startRedis({ address: claim.address, directory: join(directory, 'redis') });
  thief = new Redis(redis.url, { retryStrategy: () => 50, maxRetriesPerRequest: null });
  thief.on('error', () => undefined);
  lines = ['conduct', 'directory-questions'].map(
    (name) => new BullQueue(name, { prefix, connection: thief }),
  );
  for (const line of lines) line.on('error', () => undefined);
});
afterAll(async () => {
  await Promise.all(lines.map((line) => line.close()));
  thief.disconnect();
  await redis.stop();
  await claim.release();
  await rm(directory, { recursive: true, force: true });
});

const opened: Queue[] = [];
const errors: Error[] = [];
const malformed: { role: Role; jobId: string }[] = [];
async function openQueue(): Promise<Queue> {
  const queue = await openBullQueue({
    url: redis.url,
    prefix,
    times,
    onError: (error) => errors.push(error),
    onMalformed: async (job) => {
      malformed.push(job);
    },
  });
  opened.push(queue);
  return queue;
}
afterEach(async () => {
  await Promise.all(opened.splice(0).map((queue) => queue.close()));
});

async function timed(call: () => Promise<unknown>): Promise<{ ms: number; error: unknown }> {
  const start = performance.now();
  const error: unknown = await call().then(
    () => null,
    (fault: unknown) => fault,
  );
  return { ms: performance.now() - start, error };
}

/** Serves `conduct`; `ran` are the ids of what ran. */
async function serve(queue: Queue): Promise<{ ran: string[]; stop: () => Promise<void> }> {
  const ran: string[] = [];
  const consumer = await queue.handle('conduct', async ({ id }: Job) => {
    ran.push(id);
    return { kind: 'over' };
  });
  return { ran, stop: () => consumer.stop() };
}

const ranOf = (ran: string[], id: string) =>
  waitFor(`${id} to run`, async () => (ran.includes(id) ? true : undefined));

const job = (id: string): Job => ({ id, request: 'a' });

describe('a job that is none of ours', () => {
  let counter = 0;
  const conduct = () => lines[0] ?? new BullQueue('none');
  const key = (id: string) => `${prefix}:conduct:${id}`;
  const put = (id: string, data: unknown, options = {}) =>
    conduct().add('request', data, { jobId: id, removeOnComplete: false, removeOnFail: false, ...options });
  const good = { request: 'a' };
  const forgeries: [string, (id: string) => Promise<unknown>][] = [
    ['no data', (id) => put(id, {})],
    ['another kind of data', (id) => put(id, { request: 7 })],
    ['an empty request', (id) => put(id, { request: '' })],
    ['a request that is too long', (id) => put(id, { request: 'x'.repeat(65) })],
    ['more than a request', (id) => put(id, { ...good, plan: {} })],
    ['a list', (id) => put(id, ['a'])],
    ['a text', (id) => put(id, 'a')],
    ['nothing', (id) => put(id, null)],
    ['no JSON', (id) => put(id, good).then(() => thief.hset(key(id), 'data', '{x'))],
    ['options that are no JSON', (id) => put(id, good).then(() => thief.hset(key(id), 'opts', '{x'))],
    [
      'no hash',
      (id) => put(id, good).then(async () => (await thief.del(key(id))) && thief.set(key(id), 'x')),
    ],
    ['no key', (id) => put(id, good).then(() => thief.del(key(id)))],
  ];

  it.each(forgeries)('is removed and told of when it has %s, and the next one runs', async (_, forge) => {
    const id = `forged-${(counter += 1)}`;
    await forge(id);
    const queue = await openQueue();
    const { ran, stop } = await serve(queue);
    await queue.put('conduct', job(`after-${id}`));
    await ranOf(ran, `after-${id}`);
    await waitFor('it to be told of', async () =>
      malformed.some((told) => told.jobId === id && told.role === 'conduct') ? true : undefined,
    );
    await waitFor('it to be gone', async () => ((await thief.exists(key(id))) === 0 ? true : undefined));
    expect(await thief.lrange(key('active'), 0, -1)).not.toContain(id);
    await stop();
    // A job comes at least once: on a machine that stands still for a while its lock is lost, and it comes again.
    expect([...new Set(ran)]).toEqual([`after-${id}`]);
    expect(malformed.filter((told) => told.jobId === id)).toHaveLength(1);
  });

  it('cannot keep its id by options of its own', async () => {
    const queue = await openQueue();
    await put('kept', good, { attempts: 5 });
    let runs = 0;
    const consumer = await queue.handle('conduct', () => {
      runs += 1;
      return Promise.reject(new Error('broken'));
    });
    await waitFor('it to be gone', async () => ((await thief.exists(key('kept'))) === 0 ? true : undefined));
    await consumer.stop();
    expect([await queue.look('conduct', 'kept'), runs]).toEqual(['missing', 1]);
  });

  it('does not keep others from being found stalled', async () => {
    const queue = await openQueue();
    await put('poison', good);
    await thief.del(key('poison'));
    await thief.set(key('poison'), 'x');
    let open: () => void = () => undefined;
    const blocked = new Promise<void>((resolve) => {
      open = resolve;
    });
    let runs = 0;
    const consumer = await queue.handle('conduct', async () => {
      runs += 1;
      if (runs === 1) await blocked;
      return { kind: 'over' };
    });
    await queue.put('conduct', job('stalls'));
    await waitFor('it to run', async () => (runs === 1 ? true : undefined));
    await thief.del(key('stalls:lock'));
    await waitFor('it to run again', async () => (runs === 2 ? true : undefined));
    open();
    await consumer.stop();
    expect(malformed).toContainEqual({ role: 'conduct', jobId: 'poison' });
  });

  it('is told of when it is a question', async () => {
    const line = lines[1] ?? conduct();
    await line.add('question', { question: 1 }, { jobId: 'q-forged' });
    await line.add('question', { question: 1, until: 1 }, { jobId: 'q-late', removeOnComplete: true });
    const queue = await openQueue();
    const heard: unknown[] = [];
    const answerer = await queue.answer('directory', async (question) => {
      heard.push(question);
      return question;
    });
    expect(await queue.ask('directory', 2, 3_000)).toBe(2);
    await answerer.stop();
    expect(heard).toEqual([2]);
    expect(malformed).toContainEqual({ role: 'directory', jobId: 'q-forged' });
  });
});

describe('what the queue leaves in Redis', () => {
  it('is all below the prefix, and no job once they have run', async () => {
    const queue = await openQueue();
    const { ran, stop } = await serve(queue);
    const answerer = await queue.answer('directory', (question) => Promise.resolve(question));
    await queue.put('conduct', job('one'));
    await queue.hold('conduct', job('two'), Date.now() + 60_000);
    await queue.release('conduct', 'two');
    await ranOf(ran, 'two');
    await queue.ask('directory', 1, 3_000);
    await stop();
    await answerer.stop();
    await waitFor('the question to be gone', async () =>
      (await thief.keys(`${prefix}:directory-questions:q-*`)).length === 0 ? true : undefined,
    );
    const keys = await thief.keys('*');
    expect(keys.filter((key) => !key.startsWith(`${prefix}:`))).toEqual([]);
    expect(
      keys.filter((key) => key.startsWith(`${prefix}:conduct:`)).map((key) => key.split(':')[2]),
    ).toEqual(expect.not.arrayContaining(['one', 'two']));
  });
});

describe('while Redis is away', () => {
  it('finishes and lets go of its connections when it is stopped', async () => {
    const queue = await openQueue();
    const { ran, stop } = await serve(queue);
    const answerer = await queue.answer('directory', () => Promise.resolve(1));
    await queue.put('conduct', job('last'));
    await ranOf(ran, 'last');
    await redis.kill();
    const stops = await Promise.all([timed(stop), timed(() => answerer.stop()), timed(() => queue.close())]);
    for (const { ms, error } of stops) {
      expect(error).toBeNull();
      expect(ms).toBeLessThan(2_000);
    }
    await redis.restart();
  });

  it('fails soon, and takes up its work again by itself: what was held is still held', async () => {
    const queue = await openQueue();
    const { ran, stop } = await serve(queue);
    await queue.put('conduct', job('before'));
    await ranOf(ran, 'before');
    await queue.hold('conduct', job('held'), Date.now() + 60_000);
    await redis.kill();
    const calls = [
      () => queue.put('conduct', job('lost')),
      () => queue.release('conduct', 'held'),
      () => queue.look('conduct', 'held'),
      () => queue.ask('directory', 1, 1_000),
    ];
    for (const { ms, error } of await Promise.all(calls.map(timed))) {
      expect(error).toMatchObject(unreachable);
      expect(ms).toBeLessThan(1_900);
    }
    await redis.restart();
    await waitFor('the queue to answer again', () => queue.look('conduct', 'held').catch(() => undefined));
    expect(await queue.look('conduct', 'held')).toBe('held');
    await queue.put('conduct', job('after'));
    await ranOf(ran, 'after');
    await queue.release('conduct', 'held');
    await ranOf(ran, 'held');
    await stop();
  });

  it('fails soon when Redis hangs', async () => {
    const queue = await openQueue();
    await queue.put('reports', job('warm'));
    process.kill(redis.pid, 'SIGSTOP');
    const [put, asked] = await Promise.all([
      timed(() => queue.put('reports', job('hung'))),
      timed(() => queue.ask('directory', 1, 500)),
    ]);
    process.kill(redis.pid, 'SIGCONT');
    expect(put.error).toMatchObject(unreachable);
    expect(put.ms).toBeLessThan(1_900);
    expect(asked.error).toMatchObject({ code: 'queue.no-answer' });
    expect(asked.ms).toBeLessThan(900);
    // It was in Redis' socket: at least once, not exactly once.
    await waitFor('the put to have arrived', async () =>
      (await queue.look('reports', 'hung').catch(() => null)) === 'queued' ? true : undefined,
    );
    await Promise.all([queue.remove('reports', 'warm'), queue.remove('reports', 'hung')]);
  });

  it('leaves a question unanswered by its deadline, and nothing unhandled', async () => {
    const queue = await openQueue();
    const asked = timed(() => queue.ask('directory', 1, 1_500));
    await waitFor('the question to be put', async () =>
      (await thief.keys(`${prefix}:directory-questions:q-*`)).length > 0 ? true : undefined,
    );
    await redis.kill();
    const { ms, error } = await asked;
    // Unreachable when Redis went before it had said that the question is there.
    expect(error).toMatchObject({ code: expect.stringMatching(/^queue\.(no-answer|unreachable)$/) });
    expect(ms).toBeLessThan(1_900);
    await redis.restart();
    await waitFor('the queue to answer again', () => queue.look('conduct', 'x').catch(() => undefined));
  });

  it('says so when it is opened', async () => {
    const port = await freePort(claim.address);
    const url = `redis://${claim.address}:${port}/0`;
    const { ms, error } = await timed(() => openBullQueue({ url, prefix }));
    expect(error).toMatchObject(unreachable);
    expect(ms).toBeLessThan(2_000);
  });

  it('serves once Redis is there, when it began to serve while Redis was away', async () => {
    const queue = await openQueue();
    await redis.kill();
    const { ran, stop } = await serve(queue);
    await redis.restart();
    await waitFor('the put', () =>
      queue.put('conduct', job('early')).then(
        () => true,
        () => undefined,
      ),
    );
    await ranOf(ran, 'early');
    await stop();
    // The job of a test before this one may come again: its end may not have been on the disk when Redis was killed.
    expect(ran.filter((each) => each === 'early')).toEqual(['early']);
  });
});

it('tells of what a handler throws', async () => {
  const queue = await openQueue();
  const consumer = await queue.handle('conduct', () => Promise.reject(new Error('this very error')));
  await queue.put('conduct', job('throws'));
  const told = await waitFor('it to be told', async () =>
    errors.find((error) => error.message === 'this very error'),
  );
  await consumer.stop();
  expect(told).toBeInstanceOf(Error);
});
