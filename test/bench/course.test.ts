import { randomBytes } from 'node:crypto';
import { Redis } from 'ioredis';
import { courseOf } from '../../bench/main-job/course';
import { watchCommands, type Seen } from '../../bench/main-job/monitor';
import { keepRequest, replayLedger } from '../../bench/main-job/redis-part';
import { waitFor } from '../../lab/wait-for';
import { ledgerKeys } from '../../src/jobs/ledger/keys';
import { openRedisLedger } from '../../src/jobs/ledger/redis-ledger';
import { COMMIT, HOLD_LEASE, TAKE_LEASE } from '../../src/jobs/ledger/scripts';
import { newIntake } from '../bot/support/intake';
import { testRedis } from '../support/redis';

const { url, prefix } = testRedis();
let redis: Redis;
beforeAll(() => {
  redis = new Redis(url);
});
afterAll(() => redis.disconnect());

describe('what Redis is asked', () => {
  it('is seen with the bytes that were sent', async () => {
    const watch = await watchCommands(url);
    const odd = ['{"a":"\\"x\\" \\\\ y"}', 'hyper-v01 → ü', '\u0000\u0007\b\t\n\r', '" "', '\\x41', ''];
    const key = `{${randomBytes(4).toString('hex')}}:odd`;
    await redis.rpush(key, ...odd);
    await redis.del(key);
    const seen: Seen[] = [];
    // They may come one by one.
    await waitFor('both commands', () => {
      seen.push(...watch.take().filter(({ args }) => args[1] === key));
      return Promise.resolve(seen.length === 2 || undefined);
    });
    watch.stop();
    expect(seen.map(({ args }) => args)).toEqual([
      ['rpush', key, ...odd],
      ['del', key],
    ]);
  });
});

describe('the course of a job', () => {
  const request = 'a'.repeat(32);
  const keys = ledgerKeys(prefix);
  const read = ['hgetall', keys.request(request)];
  const commit = ['evalsha', COMMIT.sha, '5', keys.request(request)];
  const report = ['hset', keys.delivered(request), 'outcome', '{"ts":null}'];
  const put = (job: string) => ['evalsha', 'put', `${prefix}:conduct:wait`, `\u0001${job}\u00a7`];
  const seen = (rows: readonly (readonly [string, string[]])[]): Seen[] =>
    rows.map(([client, args], at) => ({ client, args, at }));
  const rows: readonly (readonly [string, string[]])[] = [
    ['bot', read],
    ['bot', commit],
    ['bot', ['hgetall', keys.delivered(request)]],
    ['worker', read],
    ['bot', ['hset', keys.delivered(request), 'card', '{}']],
    ['queue', put('R-1001-v3-directory')],
    ['queue', put('R-1001-v3-report')],
    ['queue', put('R-1001-v4-conduct')],
    ['queue', put('R-1001-v3-directory')],
    ['worker', commit],
    ['bot', ['hgetall', keys.delivered(request)]],
    ['bot', report],
    ['bot', ['hset', keys.delivered(request), 'outcome', '{"ts":"1"}']],
    ['queue', put('R-1001-v9-conduct')],
  ];

  it('leaves out what the bot does beside the job, the queue and what comes after the report', () => {
    expect(courseOf(seen(rows), { prefix, request })).toEqual({
      ledger: [read, commit, read, commit, ['hgetall', keys.delivered(request)], report],
      hops: ['conduct', 'directory', 'conduct', 'reports'],
    });
  });

  it.each([
    [['zrange', keys.unreported, '0', '-1']],
    [['evalsha', 'lease', '2', keys.lease('sweeper'), keys.leaseTokens]],
  ])('is not told when a sweep got in between: %j', (sweep) => {
    const swept = [...rows.slice(0, 3), ['worker', sweep] as const, ...rows.slice(3)];
    expect(courseOf(seen(swept), { prefix, request })).toBeNull();
  });

  it('is not told when the report came by a delivery from before the end', () => {
    const lease = keys.lease(`report-${request}`);
    const held = (at: number, take: number): (readonly [string, string[]])[] => [
      ...rows.slice(0, take),
      ['bot', ['evalsha', TAKE_LEASE.sha, '2', lease, keys.leaseTokens]],
      ...rows.slice(take, at),
      ['bot', ['evalsha', HOLD_LEASE.sha, '1', lease]],
      ...rows.slice(at),
    ];
    expect(courseOf(seen(held(11, 5)), { prefix, request })).toBeNull();
    expect(courseOf(seen(held(11, 10)), { prefix, request })?.ledger).toHaveLength(8);
  });

  it('cannot be read without a report', () => {
    expect(() => courseOf(seen(rows.slice(0, 10)), { prefix, request })).toThrow('cannot be read');
  });
});

describe('the ledger of a job, run again', () => {
  it('does what it did in the job, as often as wanted, and says when it does otherwise', async () => {
    const ledger = await openRedisLedger({ url, prefix });
    const record = await newIntake(ledger);
    const request = record.id;
    const keys = ledgerKeys(prefix);
    await keepRequest(redis, { prefix, request });
    // Known to Redis, as they are after the first job: otherwise each is sent twice.
    for (const { text } of [COMMIT, TAKE_LEASE, HOLD_LEASE]) await redis.script('LOAD', text);
    const watch = await watchCommands(url);
    const lease = await ledger.takeLease('object-1', 'worker', 8_000);
    const ending = { problem: null, at: 1 };
    const entry = { what: 'withdrawn', who: 'somebody “else”', at: 1, detail: {} };
    await ledger.commit(record, { state: 'withdrawn', ending }, entry);
    if (lease) await ledger.releaseLease(lease);
    await ledger.read(request);
    let seen: readonly Seen[] = [];
    await waitFor('the last command', () => {
      seen = [...seen, ...watch.take()];
      // Others use this Redis too.
      const isLast = ({ args }: Seen): boolean => args[0] === 'hgetall' && args[1] === keys.request(request);
      return Promise.resolve(seen.some(isLast) || undefined);
    });
    watch.stop();
    await ledger.close();
    const commands = seen
      .map(({ args }) => args)
      .filter((args) => args.some((arg) => arg.startsWith(prefix)));
    expect(commands.map(([name]) => name)).toEqual(['evalsha', 'evalsha', 'evalsha', 'hgetall']);

    const replay = { prefix, request, ledger: commands };
    await replayLedger(redis, replay);
    await replayLedger(redis, replay);
    const replayed = ledgerKeys('{practice}');
    expect(await redis.hmget(replayed.request(request), 'state', 'record', 'head')).toEqual(
      await redis.hmget(keys.request(request), 'state', 'record', 'head'),
    );
    expect(await redis.exists(replayed.lease('object-1'))).toBe(0);

    await redis.hset(`${replayed.request(request)}:kept`, 'rev', '7');
    await expect(replayLedger(redis, replay)).rejects.toThrow('did otherwise');
  });
});
