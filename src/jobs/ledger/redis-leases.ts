import { z } from 'zod';
import type { Lease, Ledger } from '../../core/ports';
import type { LedgerKeys } from './keys';
import { malformed } from './ledger-fault';
import type { RedisCalls } from './redis-connection';
import { HOLD_LEASE, TAKE_LEASE } from './scripts';

const Taken = z.union([z.tuple([z.int(), z.int()]), z.tuple([])]);

/** Leases in Redis, by its clock: each a hash with an expiry, its token from one counter that only grows. */
export function redisLeases({
  redis,
  keys,
}: {
  redis: RedisCalls;
  keys: LedgerKeys;
}): Pick<Ledger, 'takeLease' | 'renewLease' | 'releaseLease'> {
  const hold = (lease: Lease, ttlMs: number) =>
    redis.run(HOLD_LEASE, [keys.lease(lease.key)], [lease.holder, lease.token, ttlMs]);
  return {
    async takeLease(key, holder, ttlMs) {
      const answer = await redis.run(TAKE_LEASE, [keys.lease(key), keys.leaseTokens], [holder, ttlMs]);
      const taken = Taken.safeParse(answer);
      if (!taken.success) throw malformed(`The lease of ${key}`, taken.error);
      const [token, until] = taken.data;
      return token === undefined || until === undefined ? null : { key, holder, token, until };
    },
    renewLease: async (lease, ttlMs) => (await hold(lease, ttlMs)) === 1,
    async releaseLease(lease) {
      await hold(lease, 0);
    },
  };
}
