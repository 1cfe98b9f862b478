import { z } from 'zod';
import type { Ledger } from '../../core/ports';
import { chain } from '../../core/request/audit';
import type { RequestRecord } from '../../core/request/record';
import type { Intake, Signed } from '../../core/request/statement';
import { ledgerKeys } from './keys';
import { malformed } from './ledger-fault';
import { appendNote, commitChange, type Store } from './redis-chains';
import { connectRedis } from './redis-connection';
import { redisFindings } from './redis-findings';
import { redisLeases } from './redis-leases';
import { MARK_REPORTED, RECORD_INTAKE } from './scripts';
import { readAudit, readDelivered, readStored, storedText } from './stored-record';
import { CLAIM_LIFE_S, EMPTY_CHAIN, firstRecord, INTAKE_KEY_LIFE_S, intakeEntry } from './transition';

const Recorded = z.union([
  z.tuple([z.literal(0), z.string()]),
  z.tuple([z.literal(1), z.string(), z.string(), z.int()]),
]);

/** The ledger on one Redis; all keys are below `prefix`, a hash tag such as `{handover}`. Throws Fault when Redis cannot be reached at all. */
export async function openRedisLedger({ url, prefix }: { url: string; prefix: string }): Promise<Ledger> {
  const store: Store = { redis: await connectRedis(url), keys: ledgerKeys(prefix) };
  const { redis, keys } = store;
  const read = (id: string) => readRecord(store, id);
  return {
    recordIntake: (intake, options) => recordIntake(store, intake, options),
    read,
    async findByLabel(label) {
      const id = await redis.read((calls) => calls.hget(keys.byLabel, label));
      return id === null ? null : read(id);
    },
    commit: (seen, change, entry) => commitChange(store, { seen, change, entry }),
    note: (id, entry) => appendNote(store, id, entry),
    async audit(id) {
      const texts = await redis.read((calls) => calls.lrange(keys.audit(id), 0, -1));
      return texts.map(readAudit);
    },
    openRequests: () => redis.read((calls) => calls.zrange(keys.open, '0', '-1')),
    unreported: () => redis.read((calls) => calls.zrange(keys.unreported, '0', '-1')),
    async delivered(id) {
      return readDelivered(id, await redis.read((calls) => calls.hgetall(keys.delivered(id))));
    },
    async setDelivered(id, key, delivered) {
      await redis.write((calls) => calls.hset(keys.delivered(id), key, JSON.stringify(delivered)));
    },
    async markReported(id, rev) {
      await redis.run(MARK_REPORTED, [keys.request(id), keys.unreported], [id, rev]);
    },
    ...redisLeases(store),
    ...redisFindings(store),
    async time() {
      const [seconds, micros] = await redis.read((calls) => calls.time());
      return Number(seconds) * 1000 + Math.floor(Number(micros) / 1000);
    },
    async claimOnce(key) {
      const claimed = await redis.write((calls) => calls.set(keys.once(key), '1', 'EX', CLAIM_LIFE_S, 'NX'));
      return claimed === 'OK';
    },
    close() {
      redis.close();
      return Promise.resolve();
    },
  };
}

/** Null when there is no such request: no hash at all. A hash without a record is a malformed one. */
async function readRecord({ redis, keys }: Store, id: string): Promise<RequestRecord | null> {
  const hash = await redis.read((calls) => calls.hgetall(keys.request(id)));
  return Object.keys(hash).length === 0 ? null : readStored(id, hash);
}

async function recordIntake(
  store: Store,
  intake: Signed<Intake>,
  { key, card }: { key: string; card: { channel: string } },
): Promise<{ record: RequestRecord; isNew: boolean }> {
  const { redis, keys } = store;
  const { id } = intake.statement;
  const link = chain(id, EMPTY_CHAIN, intakeEntry(intake.statement));
  const touched = [keys.request(id), keys.audit(id), keys.stream, keys.open, keys.unreported];
  const indexes = [keys.intakeKey(key), keys.labels, keys.byLabel];
  const first = firstRecord(intake, card);
  const text = storedText(first);
  const args = [id, text, INTAKE_KEY_LIFE_S, JSON.stringify(link), link.hash];
  const answer = Recorded.safeParse(await redis.run(RECORD_INTAKE, [...touched, ...indexes], args));
  if (!answer.success) throw malformed('The index of intakes', answer.error);
  const [isNew, recorded, label, since] = answer.data;
  if (isNew === 1) {
    return {
      record: { ...structuredClone(first), label, since, audit: { seq: link.seq, head: link.hash } },
      isNew: true,
    };
  }
  const record = await readRecord(store, recorded);
  if (!record) throw malformed(`The record of ${recorded.slice(0, 80)}`);
  return { record, isNew: false };
}
