import { z } from 'zod';
import type { Lease, Ledger } from '../../core/ports';
import { malformed } from './ledger-fault';
import type { Store } from './redis-chains';
import { HOLD_LEASE, LIST_LEASES, TAKE_LEASE } from './scripts';

const Taken = z.union([z.tuple([z.int(), z.int()]), z.tuple([])]);
const Listed = z.array(z.tuple([z.string(), z.string(), z.string(), z.int()]));

/** Leases in Redis, by its clock: each a hash with an expiry, its token from one counter that only grows. */
export function redisLeases({
  redis,
  keys,
}: Store): Pick<Ledger, 'leases' | 'releaseLease' | 'renewLease' | 'takeLease'> {
  const hold = ({ key, holder, token }: Lease, ttlMs: number) =>
    redis.run(HOLD_LEASE, [keys.lease(key), keys.leaseEnds], [holder, token, ttlMs, key]);
  return {
    async takeLease(key, holder, ...[ttlMs, reason = '']) {
      const touched = [keys.lease(key), keys.leaseTokens, keys.leaseEnds];
      const taken = Taken.safeParse(await redis.run(TAKE_LEASE, touched, [holder, ttlMs, reason, key]));
      if (!taken.success) throw malformed(`The lease of ${key}`, taken.error);
      const [token, until] = taken.data;
      return token === undefined || until === undefined ? null : { key, holder, token, until };
    },
    async leases(prefix) {
      const all = await redis.read((calls) => calls.zrange(keys.leaseEnds, '0', '-1'));
      const names = all.filter((name) => name.startsWith(prefix));
      // Their keys have to be named to the script, so they are known a moment earlier: one that is taken meanwhile is not told.
      const answer = await redis.run(LIST_LEASES, [keys.leaseEnds, ...names.map(keys.lease)], names);
      const listed = Listed.safeParse(answer);
      if (!listed.success) throw malformed('The index of leases', listed.error);
      const held = listed.data.map(([key, holder, reason, until]) => ({ key, holder, reason, until }));
      return held.toSorted((a, b) => a.until - b.until);
    },
    renewLease: async (lease, ttlMs) => (await hold(lease, ttlMs)) === 1,
    async releaseLease(lease) {
      await hold(lease, 0);
    },
  };
}
