import type { Ledger } from '../../core/ports';
import { chainEnds } from './chain-ends';
import { ledgerKeys } from './keys';
import { appendNote, commitChange, type Store } from './redis-chains';
import { redisArchive } from './redis-archive';
import { redisAudit } from './redis-audit';
import { parsedRecords } from './parsed-records';
import { connectRedis, timeOf } from './redis-connection';
import { redisFindings } from './redis-findings';
import { redisHomes } from './redis-homes';
import { redisLeases } from './redis-leases';
import { redisLoad } from './redis-load';
import { redisMarks } from './redis-marks';
import { redisProgress } from './redis-progress';
import { redisReports } from './redis-reports';
import { redisStanding } from './redis-standing';
import { readRecord, recordIntake, recordReversal } from './redis-requests';
import { storedPlans } from './stored-plans';
import { readAudit } from './stored-texts';
import { CLAIM_LIFE_S } from './transition';

/** The ledger on one Redis; all keys are below `prefix`, a hash tag such as `{handover}`. Throws Fault when Redis cannot be reached at all. */
export async function openRedisLedger({ url, prefix }: { url: string; prefix: string }): Promise<Ledger> {
  const redis = await connectRedis(url);
  const keys = ledgerKeys(prefix);
  const plans = storedPlans((digest) => redis.read((calls) => calls.get(keys.plan(digest))));
  const store: Store = { redis, keys, plans, records: parsedRecords(), ends: chainEnds() };
  const read = (id: string) => readRecord(store, id);
  return {
    recordIntake: (intake, options) => recordIntake(store, intake, options),
    recordReversal: (reversal, entry) => recordReversal(store, reversal, entry),
    read,
    async recordedUnder(key) {
      const id = await redis.read((calls) => calls.get(keys.intakeKey(key)));
      return id === null ? null : read(id);
    },
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
    openRequests: (by = Number.POSITIVE_INFINITY) =>
      redis.read((calls) =>
        calls.zrange(keys.open, '-inf', by === Number.POSITIVE_INFINITY ? '+inf' : `${by}`, 'BYSCORE'),
      ),
    toReview: () => redis.read((calls) => calls.zrange(keys.toReview, '0', '-1')),
    ...redisReports(store),
    ...redisAudit(store),
    ...redisArchive(store),
    ...redisLeases(store),
    ...redisMarks(store),
    ...redisFindings(store),
    ...redisLoad(store),
    ...redisProgress(store),
    ...redisHomes(store),
    ...redisStanding(store),
    time: () => timeOf(redis),
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
