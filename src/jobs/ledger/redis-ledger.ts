import type { Redis } from 'ioredis';
import type { Delivered, Ledger, RecordChange } from '../../core/ports';
import { invariant } from '../../core/problem';
import { chain, CHAIN_START, SYSTEM_CHAIN, type AuditEntry } from '../../core/request/audit';
import { newRecord } from '../../core/request/new-record';
import type { RequestRecord } from '../../core/request/record';
import { mayGo } from '../../core/request/states';
import type { Intake, Signed } from '../../core/request/statement';
import { ledgerKeys, type LedgerKeys } from './keys';
import { redisLeases } from './redis-leases';
import { connectRedis, onRedis } from './redis-connection';
import { COMMIT, MARK_REPORTED, NOTE, RECORD_INTAKE } from './scripts';
import { readAudit, readStored, storedText } from './stored-record';

/** How long an intake's idempotency key is remembered, in seconds. */
const INTAKE_KEY_LIFE_S = 7 * 24 * 3600;

/** How often an audit record is linked anew because the chain has grown meanwhile. */
const LINKS = 64;

interface Store {
  readonly redis: Redis;
  readonly keys: LedgerKeys;
}

/** The ledger on one Redis; all keys are below `prefix`, a hash tag such as `{handover}`. Throws Fault when Redis cannot be reached at all. */
export async function openRedisLedger({ url, prefix }: { url: string; prefix: string }): Promise<Ledger> {
  const store: Store = { redis: await connectRedis(url), keys: ledgerKeys(prefix) };
  const { redis, keys } = store;
  const read = (id: string) => readRecord(store, id);
  return {
    recordIntake: (intake, options) => onRedis(redis, 'write', () => recordIntake(store, intake, options)),
    read,
    async findByLabel(label) {
      const id = await onRedis(redis, 'read', () => redis.get(keys.label(label)));
      return id === null ? null : read(id);
    },
    async commit(seen, change, entry) {
      invariant(seen.ending === null, `${seen.label} has not ended`);
      const to = change.state ?? seen.state;
      invariant(mayGo(seen.state, to), `${seen.state} → ${to} is in the state table`);
      return onRedis(redis, 'write', () => commit(store, { seen, change, entry }));
    },
    note: (id, entry) => onRedis(redis, 'write', () => note(store, id, entry)),
    async audit(id) {
      const texts = await onRedis(redis, 'read', () => redis.lrange(keys.audit(id), 0, -1));
      return texts.map(readAudit);
    },
    openRequests: () => onRedis(redis, 'read', () => redis.smembers(keys.open)),
    unreported: () => onRedis(redis, 'read', () => redis.smembers(keys.unreported)),
    async delivered(id) {
      const fields = await onRedis(redis, 'read', () => redis.hgetall(keys.delivered(id)));
      return new Map(Object.entries(fields).map(([key, text]) => [key, JSON.parse(text) as Delivered]));
    },
    async setDelivered(id, key, delivered) {
      await onRedis(redis, 'write', () => redis.hset(keys.delivered(id), key, JSON.stringify(delivered)));
    },
    async markReported(id, rev) {
      await onRedis(redis, 'write', () =>
        redis.eval(MARK_REPORTED, 2, keys.request(id), keys.unreported, id, rev),
      );
    },
    ...redisLeases(store),
    async time() {
      const [seconds, micros] = await onRedis(redis, 'read', () => redis.time());
      return Number(seconds) * 1000 + Math.floor(Number(micros) / 1000);
    },
    async claimOnce(key) {
      const claimed = await onRedis(redis, 'write', () =>
        redis.set(keys.once(key), '1', 'EX', 24 * 3600, 'NX'),
      );
      return claimed === 'OK';
    },
    close() {
      redis.disconnect();
      return Promise.resolve();
    },
  };
}

async function readRecord({ redis, keys }: Store, id: string): Promise<RequestRecord | null> {
  const hash = await onRedis(redis, 'read', () => redis.hgetall(keys.request(id)));
  return hash['record'] === undefined ? null : readStored(id, hash);
}

async function recordIntake(
  store: Store,
  intake: Signed<Intake>,
  { key, card }: { key: string; card: { channel: string } },
): Promise<{ record: RequestRecord; isNew: boolean }> {
  const { redis, keys } = store;
  const { id, by, at, command, channel } = intake.statement;
  const who = `${by.enterprise ?? '-'}/${by.team}/${by.user}`;
  const link = chain(
    id,
    { seq: 0, head: CHAIN_START },
    { what: 'intake', who, at, detail: { command, channel } },
  );
  const touched = [keys.request(id), keys.audit(id), keys.stream, keys.open, keys.unreported];
  const text = storedText(newRecord(intake, card));
  const life = [INTAKE_KEY_LIFE_S, keys.label('')];
  const args = [id, text, ...life, JSON.stringify(link), link.hash];
  const answer = await redis.eval(RECORD_INTAKE, 7, ...touched, keys.intakeKey(key), keys.labels, ...args);
  // SAFETY: the script answers {0 or 1, id}.
  const [isNew, recorded] = answer as [number, string];
  const record = await readRecord(store, recorded);
  invariant(record !== null, 'a recorded intake can be read');
  return { record, isNew: isNew === 1 };
}

async function commit(
  store: Store,
  { seen, change, entry }: { seen: RequestRecord; change: RecordChange; entry: AuditEntry },
): Promise<RequestRecord | null> {
  const { redis, keys } = store;
  const next = { ...seen, ...change };
  const touched = [keys.request(seen.id), keys.audit(seen.id), keys.stream, keys.open, keys.unreported];
  let end = seen.audit;
  for (let tries = 0; tries < LINKS; tries += 1) {
    const link = chain(seen.id, end, entry);
    const expected = [seen.id, seen.state, seen.rev, end.head];
    const wanted = [next.state, storedText(next), next.ending ? '1' : '0', JSON.stringify(link), link.hash];
    // SAFETY: the script answers {0}, {1} or {2, seq, head}.
    const answer = (await redis.eval(COMMIT, 5, ...touched, ...expected, ...wanted)) as [
      number,
      string,
      string,
    ];
    if (answer[0] === 0) return null;
    if (answer[0] === 1) {
      const since = next.state === seen.state ? seen.since : null;
      const now = { ...next, rev: seen.rev + 1, audit: { seq: link.seq, head: link.hash } };
      return { ...now, since: since ?? Number(await redis.hget(keys.request(seen.id), 'since')) };
    }
    end = { seq: Number(answer[1]), head: answer[2] };
  }
  return null;
}

async function note({ redis, keys }: Store, id: string, entry: AuditEntry): Promise<void> {
  const isKnown = id !== '' && (await redis.exists(keys.request(id))) === 1;
  const chainId = isKnown ? id : SYSTEM_CHAIN;
  const [head, seq] = await redis.hmget(keys.request(chainId), 'head', 'seq');
  let end = { seq: Number(seq ?? 0), head: head ?? CHAIN_START };
  for (let tries = 0; tries < LINKS; tries += 1) {
    const detail = isKnown || id === '' ? entry.detail : { ...entry.detail, named: id.slice(0, 80) };
    const link = chain(chainId, end, { ...entry, detail });
    const touched = [keys.request(chainId), keys.audit(chainId), keys.stream];
    // SAFETY: the script answers {1} or {2, seq, head}.
    const answer = (await redis.eval(NOTE, 3, ...touched, end.head, JSON.stringify(link), link.hash)) as [
      number,
      string,
      string,
    ];
    if (answer[0] === 1) return;
    end = { seq: Number(answer[1]), head: answer[2] };
  }
  throw new Error('the audit chain never stood still');
}
