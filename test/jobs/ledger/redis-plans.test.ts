import { createHash } from 'node:crypto';
import { Redis } from 'ioredis';
import type { Ledger } from '../../../src/core/ports';
import type { RequestRecord } from '../../../src/core/request/record';
import { ledgerKeys } from '../../../src/jobs/ledger/keys';
import { openRedisLedger } from '../../../src/jobs/ledger/redis-ledger';
import { guid, listStep, partOf } from '../../contract/ledger-journal';
import { testRedis } from '../../support/redis';
import { intake, NOW, planOf, signed } from '../../support/request-record';

const redis = testRedis();
const keys = ledgerKeys(redis.prefix);
const entry = { what: 'test', who: 'test', at: NOW, detail: {} };
const malformed = { name: 'Fault', code: 'ledger.malformed', retry: 'never' };
const digestOf = (text: string) => createHash('sha256').update(text).digest('hex');

let ledger: Ledger;
let thief: Redis;
beforeAll(async () => {
  ledger = await openRedisLedger(redis);
  thief = new Redis(redis.url);
});
afterAll(async () => {
  thief.disconnect();
  await ledger.close();
});

let counter = 0;
/** A request with a plan that no other request has. */
async function planned(
  part = partOf({ guid, add: [`cifs/host-${(counter += 1)}`] }),
): Promise<RequestRecord> {
  const statement = intake({ id: (counter += 1).toString(16).padStart(32, '0') });
  const options = { key: statement.id, card: { channel: 'C1' } };
  const { record } = await ledger.recordIntake(signed(statement), options);
  return commit(record, { state: 'waiting', plan: planOf(statement, { directory: part }) });
}

async function commit(seen: RequestRecord, change: Parameters<Ledger['commit']>[1]): Promise<RequestRecord> {
  const committed = await ledger.commit(seen, change, entry);
  if (!committed) throw new Error('somebody else was first');
  return committed;
}

/** As a process that was just started reads it. */
async function readAnew(id: string): Promise<RequestRecord | null> {
  const other = await openRedisLedger(redis);
  try {
    return await other.read(id);
  } finally {
    await other.close();
  }
}

async function insideOf(id: string): Promise<Record<string, unknown>> {
  return JSON.parse((await thief.hget(keys.request(id), 'record')) ?? '') as Record<string, unknown>;
}

const digestIn = async (id: string) => String((await insideOf(id))['plan']);

describe('a plan in Redis', () => {
  it('is a text under its own digest, which is all that the record has of it', async () => {
    const { id, plan } = await planned();
    const digest = await digestIn(id);
    const text = (await thief.get(keys.plan(digest))) ?? '';
    expect(JSON.parse(text)).toEqual(plan);
    expect(digest).toBe(digestOf(text));
    expect((await readAnew(id))?.plan).toEqual(plan);
  });

  it('is written by the transition that makes it and by no other', async () => {
    const seen = await planned();
    const key = keys.plan(await digestIn(seen.id));
    await thief.del(key);
    await commit((await ledger.read(seen.id)) ?? seen, { attempt: 1 });
    expect(await thief.exists(key)).toBe(0);
    expect((await ledger.read(seen.id))?.plan).toBe(seen.plan);
  });

  it('is not written when somebody else was first, and then when it is tried again', async () => {
    const seen = await planned();
    const now = await commit(seen, { attempt: 1 });
    const before = await thief.keys(keys.plan('*'));
    const plan = planOf(seen.intake.statement, { directory: partOf({ guid, add: ['cifs/lost'] }) });
    expect(await ledger.commit(seen, { plan }, entry)).toBeNull();
    expect(await thief.keys(keys.plan('*'))).toHaveLength(before.length);
    await commit(now, { plan });
    expect((await readAnew(seen.id))?.plan).toEqual(plan);
  });

  it('leaves the record small, also when all of the largest was carried out', async () => {
    const add = Array.from(
      { length: 252 },
      (_, at) => `Microsoft Virtual System Migration Service/host-${at}`,
    );
    const guids = Array.from({ length: 64 }, (_, at) => guid.replaceAll('5', `${at % 10}`).concat(`${at}`));
    const seen = await planned(partOf(...guids.map((each) => ({ guid: each, add }))));
    const steps = guids.map((each) => listStep({ added: add }, { guid: each }));
    await commit(seen, { steps });
    expect(JSON.stringify(steps).length).toBeGreaterThan(800_000);
    expect(JSON.stringify(await insideOf(seen.id)).length).toBeLessThan(30_000);
    expect((await readAnew(seen.id))?.steps).toEqual(steps);
  });
});

describe('somebody who writes plans into Redis', () => {
  it.each<[string, (key: string, text: string) => Promise<unknown>]>([
    ['that is gone', (key) => thief.del(key)],
    ['that says otherwise by now', (key, text) => thief.set(key, text.replace('cifs/', 'cifs/evil-'))],
    ['with one more space', (key, text) => thief.set(key, `${text} `)],
    ['that is no text', async (key) => [await thief.del(key), await thief.hset(key, 'a', 'b')]],
  ])('cannot have one given out %s', async (_, spoil) => {
    const { id } = await planned();
    const key = keys.plan(await digestIn(id));
    await spoil(key, (await thief.get(key)) ?? '');
    await expect(readAnew(id)).rejects.toMatchObject(malformed);
  });

  it('cannot change what a process has read before', async () => {
    const { id, plan } = await planned();
    const key = keys.plan(await digestIn(id));
    await thief.set(key, ((await thief.get(key)) ?? '').replace('cifs/', 'cifs/evil-'));
    expect((await ledger.read(id))?.plan).toBe(plan);
  });

  it.each([
    ['no plan', '{"number": 1}'],
    ['no JSON', '{x'],
    ['nothing', 'null'],
  ])('cannot crash a reader with a name for %s', async (_, text) => {
    const { id } = await planned();
    await thief.set(keys.plan(digestOf(text)), text);
    const inside = JSON.stringify({ ...(await insideOf(id)), plan: digestOf(text) });
    await thief.hset(keys.request(id), 'record', inside);
    await expect(ledger.read(id)).rejects.toMatchObject(malformed);
  });

  it('has it put right by who records the same again', async () => {
    const seen = await planned();
    const key = keys.plan(await digestIn(seen.id));
    const text = (await thief.get(key)) ?? '';
    await thief.set(key, 'x');
    const other = await openRedisLedger(redis);
    await other.commit({ ...seen, plan: null }, { plan: structuredClone(seen.plan) }, entry);
    await other.close();
    expect(await thief.get(key)).toBe(text);
  });
});

describe('somebody who writes indexes into Redis', () => {
  const value = { guid, value: 'cifs/index' };
  const field = `${guid} cifs/index`;

  it.each(['x', '', 'R-1@2@3', 'R-1001@1  R-1002@', '<!channel>@', 'R-1@1e9'])(
    'cannot crash who reads claims with %j',
    async (text) => {
      await thief.hset(keys.claims, field, text);
      await expect(ledger.claims([value])).rejects.toMatchObject(malformed);
    },
  );

  it('loses by the next transition what is no claim, and what is over', async () => {
    await thief.hset(keys.claims, field, 'x R-7@5 R-8@999999999999999 <@U1> R-9@ R-@4');
    const seen = await planned();
    await commit(seen, { steps: [listStep({ added: ['cifs/index'] })] });
    const own = { request: seen.label, until: null };
    expect(await thief.hget(keys.claims, field)).toBe(`R-8@999999999999999 R-9@ ${seen.label}@`);
    expect((await ledger.claims([value]))[0]).toContainEqual(own);
  });

  it.each(['x', '', '12', '1e3 dc1'])('cannot crash who reads writes with %j', async (text) => {
    await thief.hset(keys.writes, guid, text);
    await expect(ledger.lastWrites([guid])).rejects.toMatchObject(malformed);
  });

  it('cannot make up a lease by an entry in the list, and the list loses what is over', async () => {
    await thief.zadd(keys.leaseEnds, 9e12, 'made-up', 5, 'long-ago');
    const lease = await ledger.takeLease('made-here', 'a', 60_000);
    const held = await ledger.leases('made-');
    expect(held.map(({ key, until }) => [key, until])).toEqual([['made-here', lease?.until]]);
    expect(await thief.zrange(keys.leaseEnds, '0', '-1')).toEqual(['made-here']);
    if (lease) await ledger.releaseLease(lease);
    expect(await thief.exists(keys.leaseEnds)).toBe(0);
  });

  it('is a fault where the list or one of its leases is something else', async () => {
    await ledger.takeLease('spoilt', 'a', 60_000);
    await thief.set(keys.lease('spoilt'), 'x');
    await expect(ledger.leases('spoilt')).rejects.toMatchObject(malformed);
    await thief.set(keys.leaseEnds, 'x');
    await expect(ledger.leases('')).rejects.toMatchObject(malformed);
  });
});
