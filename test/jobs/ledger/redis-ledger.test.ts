import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { Redis } from 'ioredis';
import { claimAddress, freePort, type ClaimedAddress } from '../../../lab/addresses';
import { startRedis, type PracticeRedis } from '../../../lab/redis';
import { waitFor } from '../../../lab/wait-for';
import type { Ledger } from '../../../src/core/ports';
import { brokenLink, SYSTEM_CHAIN, type AuditRecord } from '../../../src/core/request/audit';
import { Fault } from '../../../src/core/problem';
import type { RequestRecord } from '../../../src/core/request/record';
import { ledgerKeys } from '../../../src/jobs/ledger/keys';
import { openRedisLedger } from '../../../src/jobs/ledger/redis-ledger';
import { intake, NOW, signed } from '../../support/request-record';
import { scratchDirectory } from '../../support/scratch';
import { startTcpProxy } from '../../support/tcp-proxy';

const prefix = '{own}';
const keys = ledgerKeys(prefix);
const entry = { what: 'test', who: 'test', at: NOW, detail: {} };
const malformed = { name: 'Fault', code: 'ledger.malformed', retry: 'never' };

let claim: ClaimedAddress;
let directory: string;
let redis: PracticeRedis;
let ledger: Ledger;
let thief: Redis;
beforeAll(async () => {
  claim = await claimAddress();
  directory = await scratchDirectory();
  redis = await startRedis({ address: claim.address, directory: join(directory, 'redis') });
  ledger = await openRedisLedger({ url: redis.url, prefix });
  thief = new Redis(redis.url, { retryStrategy: () => 50 });
  thief.on('error', () => undefined);
});
afterAll(async () => {
  await ledger.close();
  thief.disconnect();
  await redis.stop();
  await claim.release();
  await rm(directory, { recursive: true, force: true });
});

let counter = 0;
async function record(): Promise<RequestRecord> {
  const statement = intake({ id: (counter += 1).toString(16).padStart(32, '0') });
  return (await ledger.recordIntake(signed(statement), { key: statement.id, card: { channel: 'C1' } }))
    .record;
}

async function timed(call: () => Promise<unknown>): Promise<{ ms: number; error: unknown }> {
  const start = performance.now();
  const error: unknown = await call().then(
    () => null,
    (fault: unknown) => fault,
  );
  return { ms: performance.now() - start, error };
}

describe('what the ledger leaves in Redis', () => {
  it('is all below the prefix', async () => {
    const made = await record();
    await ledger.commit(made, { attempt: 1 }, entry);
    await ledger.note('', entry);
    await ledger.setDelivered(made.id, 'card', { channel: 'C1', ts: null, digest: '' });
    await ledger.takeLease('{other} object', 'a', 1_000);
    await ledger.claimOnce('{other} key');
    const all = await thief.keys('*');
    expect(all.length).toBeGreaterThan(8);
    expect(all.filter((key) => !key.startsWith(`${prefix}:ledger:`))).toEqual([]);
  });

  it('has a copy of every audit record in one stream, in order', async () => {
    const made = await record();
    await ledger.commit(made, { attempt: 1 }, entry);
    await ledger.note(made.id, { ...entry, what: 'note' });
    const stream = await thief.xrange(keys.stream, '-', '+');
    const copies = stream.map(([, fields]) => JSON.parse(fields[1] ?? '') as AuditRecord);
    expect(copies.filter(({ request }) => request === made.id)).toEqual(await ledger.audit(made.id));
    expect(copies.some(({ request }) => request === SYSTEM_CHAIN)).toBe(true);
  });

  it('remembers an intake’s key for a week and a claimed one for a day', async () => {
    const made = await record();
    expect(await thief.ttl(keys.intakeKey(made.id))).toBeGreaterThan(7 * 86_400 - 60);
    await ledger.claimOnce('remembered');
    expect(await thief.ttl(keys.once('remembered'))).toBeGreaterThan(86_400 - 60);
  });

  it('begins labels at R-1001', async () => {
    const other = await openRedisLedger({ url: redis.url, prefix: '{other}' });
    const answer = await other.recordIntake(signed(intake()), { key: 'k', card: { channel: 'C1' } });
    await other.close();
    expect(answer.record.label).toBe('R-1001');
  });

  it('is written by scripts that Redis may have forgotten', async () => {
    const made = await record();
    await thief.script('FLUSH');
    expect((await ledger.commit(made, { attempt: 1 }, entry))?.rev).toBe(1);
  });
});

describe('what somebody put into Redis', () => {
  const fields: [string, (id: string) => Promise<unknown>][] = [
    ['no record', (id) => thief.hdel(keys.request(id), 'record')],
    ['no label', (id) => thief.hdel(keys.request(id), 'label')],
    ['a label that is none', (id) => thief.hset(keys.request(id), 'label', '<!channel>')],
    ['no state', (id) => thief.hdel(keys.request(id), 'state')],
    ['a state that is none', (id) => thief.hset(keys.request(id), 'state', 'root')],
    ['no revision', (id) => thief.hset(keys.request(id), 'rev', '')],
    ['a revision spelt otherwise', (id) => thief.hset(keys.request(id), 'rev', '0x1')],
    ['a negative revision', (id) => thief.hset(keys.request(id), 'rev', '-1')],
    ['a time that is none', (id) => thief.hset(keys.request(id), 'since', 'now')],
    ['a chain without an end', (id) => thief.hdel(keys.request(id), 'head')],
    ['a chain without a length', (id) => thief.hset(keys.request(id), 'seq', '1e999')],
    ['no hash', (id) => thief.set(keys.request(id), 'x')],
  ];

  it.each(fields)('is refused when a request has %s', async (_, spoil) => {
    const made = await record();
    await spoil(made.id);
    await expect(ledger.read(made.id)).rejects.toMatchObject(malformed);
    expect(await ledger.openRequests()).toContain(made.id);
    // Whatever a worker still holds of it, nothing crashes.
    const writes = [
      await timed(() => ledger.commit(made, { attempt: 1 }, entry)),
      await timed(() => ledger.note(made.id, entry)),
    ];
    const strange = writes.filter(({ error }) => error !== null && !(error instanceof Fault));
    expect(strange).toEqual([]);
  });

  const links: [string, (list: string) => Promise<unknown>][] = [
    ['no JSON', (list) => thief.lset(list, 1, '{x')],
    ['null', (list) => thief.lset(list, 1, 'null')],
    ['a fraction', async (list) => spoilLink(list, (link) => ({ ...link, at: 0.5 }))],
    ['another text', async (list) => spoilLink(list, (link) => ({ ...link, who: 'nobody' }))],
    ['another place', async (list) => spoilLink(list, (link) => ({ ...link, seq: 3 }))],
    ['a number beyond what is safe', async (list) => spoilLink(list, (link) => ({ ...link, at: 2 ** 70 }))],
  ];

  async function spoilLink(list: string, edit: (link: AuditRecord) => object): Promise<void> {
    const link = JSON.parse((await thief.lindex(list, 1)) ?? '') as AuditRecord;
    await thief.lset(list, 1, JSON.stringify(edit(link)));
  }

  it.each(links)('breaks the chain where a link has %s', async (_, spoil) => {
    const made = await record();
    await ledger.note(made.id, entry);
    await ledger.note(made.id, entry);
    await spoil(keys.audit(made.id));
    expect(brokenLink(await ledger.audit(made.id))).toBe(1);
  });

  it('is a fault where a chain, what was delivered, a lease or an index is something else', async () => {
    const made = await record();
    await thief.set(keys.audit(made.id), 'x');
    await expect(ledger.audit(made.id)).rejects.toMatchObject(malformed);
    await expect(ledger.note(made.id, entry)).rejects.toMatchObject(malformed);
    await thief.hset(keys.delivered(made.id), 'card', '{"channel": 1}');
    await expect(ledger.delivered(made.id)).rejects.toMatchObject(malformed);
    await thief.hset(keys.lease('odd'), { holder: 'a', token: 'many' });
    expect(await ledger.takeLease('odd', 'a', 100)).toBeNull();
    await thief.set(keys.lease('odder'), 'x');
    await expect(ledger.takeLease('odder', 'a', 100)).rejects.toMatchObject(malformed);
    const again = { key: 'swapped', card: { channel: 'C1' } };
    await thief.set(keys.intakeKey('swapped'), 'f'.repeat(32));
    await expect(ledger.recordIntake(signed(intake()), again)).rejects.toMatchObject(malformed);
  });

  it('lets a forged state win over nothing: who has seen another one is refused', async () => {
    const made = await record();
    await thief.hset(keys.request(made.id), 'state', 'approved');
    expect(await ledger.commit(made, { attempt: 1 }, entry)).toBeNull();
    expect((await ledger.read(made.id))?.state).toBe('approved');
  });
});

describe('while Redis is away', () => {
  const later = { name: 'Fault', code: 'ledger.unreachable', retry: 'later' };
  const unknown = { ...later, retry: 'unknown' };

  it('fails at once with nothing sent, and works again by itself', async () => {
    const made = await record();
    await redis.kill();
    await waitFor('the connection to be seen broken', async () =>
      (await timed(() => ledger.read(made.id))).error ? true : undefined,
    );
    const calls = [
      () => ledger.read(made.id),
      () => ledger.commit(made, { attempt: 1 }, entry),
      () => ledger.note(made.id, entry),
      () => ledger.takeLease('away', 'a', 100),
      () => ledger.openRequests(),
      () => ledger.time(),
    ];
    for (const { ms, error } of await Promise.all(calls.map(timed))) {
      expect(error).toMatchObject(later);
      expect(ms).toBeLessThan(1_500);
    }
    await redis.restart();
    await waitFor('the ledger to answer again', () => ledger.time().catch(() => undefined));
    expect(await ledger.read(made.id)).toEqual(made);
    expect((await ledger.commit(made, { attempt: 1 }, entry))?.rev).toBe(1);
  });

  it('does not know whether a write took effect whose answer was lost, and does not send it again', async () => {
    const made = await record();
    process.kill(redis.pid, 'SIGSTOP');
    const [read, written] = await Promise.all([
      timed(() => ledger.read(made.id)),
      timed(() => ledger.commit(made, { attempt: 1 }, entry)),
    ]);
    process.kill(redis.pid, 'SIGCONT');
    expect([read.error, written.error]).toMatchObject([later, unknown]);
    expect(Math.max(read.ms, written.ms)).toBeLessThan(1_900);
    // Redis had the script in its socket: reading tells that it took effect, once.
    const now = await waitFor('the revision', async () => {
      const found = await ledger.read(made.id).catch(() => null);
      return found?.rev === 1 ? found : undefined;
    });
    expect(now.audit.seq).toBe(2);
    expect(await ledger.audit(made.id)).toHaveLength(2);
  });

  it('does not send again what a broken connection has left unanswered', async () => {
    const { hostname, port } = new URL(redis.url);
    const proxy = await startTcpProxy({ host: hostname, port: Number(port) });
    const url = redis.url.replace(`${hostname}:${port}`, `127.0.0.1:${proxy.port}`);
    const behind = await openRedisLedger({ url, prefix });
    const made = await record();
    proxy.dropReply();
    const opened = proxy.connections();
    const written = timed(() => behind.commit(made, { attempt: 1 }, entry));
    await waitFor('a new connection', async () => (proxy.connections() > opened ? true : undefined));
    proxy.resume();
    const { ms, error } = await written;
    expect(error).toMatchObject(unknown);
    expect(ms).toBeLessThan(1_900);
    await waitFor('the ledger to answer again', () => behind.time().catch(() => undefined));
    expect(await behind.read(made.id)).toMatchObject({ rev: 1, audit: { seq: 2 } });
    await behind.close();
    await proxy.close();
  });

  it('keeps everything that it has answered when Redis is killed', async () => {
    const made = await record();
    const answered = await ledger.commit(made, { attempt: 7 }, entry);
    await redis.kill();
    await redis.restart();
    await waitFor('the ledger to answer again', () => ledger.time().catch(() => undefined));
    expect(await ledger.read(made.id)).toEqual(answered);
  });

  it('says so when it is opened', async () => {
    const port = await freePort(claim.address);
    const { ms, error } = await timed(() =>
      openRedisLedger({ url: `redis://${claim.address}:${port}/0`, prefix }),
    );
    expect(error).toMatchObject(later);
    expect(ms).toBeLessThan(2_000);
  });

  it('is not what a wrong password is', async () => {
    const url = redis.url.replace(/:[0-9a-f]+@/, ':wrong@');
    const { error } = await timed(() => openRedisLedger({ url, prefix }));
    expect(error).toMatchObject({ name: 'Fault', code: 'ledger.refused', retry: 'never' });
  });
});
