import type { Ledger } from '../../core/ports';
import { appendDelivery, type Store } from './redis-chains';
import { MARK_REPORTED } from './scripts';
import { readDelivered } from './stored-texts';

/** What is told of requests, and what is still to be told, in Redis. */
export function redisReports(
  store: Store,
): Pick<Ledger, 'delivered' | 'markReported' | 'setDelivered' | 'unreported'> {
  const { redis, keys } = store;
  return {
    unreported: () => redis.read((calls) => calls.zrange(keys.unreported, '0', '-1')),
    async delivered(id) {
      return readDelivered(id, await redis.read((calls) => calls.hgetall(keys.delivered(id))));
    },
    async setDelivered(id, ...[key, delivered, entry]) {
      const text = JSON.stringify(delivered);
      const told = [key].flat().flatMap((each) => [each, text]);
      const isNoted = entry && (await appendDelivery(store, id, { told, entry }));
      if (!isNoted) await redis.write((calls) => calls.hset(keys.delivered(id), ...told));
    },
    async markReported(id, rev, lease) {
      const back = lease ? [keys.lease(lease.key), keys.leaseEnds] : [];
      const mine = lease ? [lease.holder, lease.token, lease.key] : [];
      return (
        (await redis.run(MARK_REPORTED, [keys.request(id), keys.unreported, ...back], [id, rev, ...mine])) ===
        1
      );
    },
  };
}
