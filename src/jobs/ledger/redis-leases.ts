import type { Redis } from 'ioredis';
import type { Lease, Ledger } from '../../core/ports';
import type { LedgerKeys } from './keys';
import { onRedis } from './redis-connection';
import { HOLD_LEASE, TAKE_LEASE } from './scripts';

/** Leases in Redis: each a hash with an expiry, its token from one counter. */
export function redisLeases({
  redis,
  keys,
}: {
  redis: Redis;
  keys: LedgerKeys;
}): Pick<Ledger, 'takeLease' | 'renewLease' | 'releaseLease'> {
  const hold = (lease: Lease, ttlMs: number) =>
    onRedis(redis, 'write', () =>
      redis.eval(HOLD_LEASE, 1, keys.lease(lease.key), lease.holder, lease.token, ttlMs),
    );
  return {
    async takeLease(key, holder, ttlMs) {
      const touched = [keys.lease(key), keys.leaseTokens];
      const answer = await onRedis(redis, 'write', () =>
        redis.eval(TAKE_LEASE, 2, ...touched, holder, ttlMs),
      );
      // SAFETY: the script answers {token, until} or {}.
      const [token, until] = answer as [number?, number?];
      return token === undefined || until === undefined ? null : { key, holder, token, until };
    },
    renewLease: async (lease, ttlMs) => (await hold(lease, ttlMs)) === 1,
    async releaseLease(lease) {
      await hold(lease, 0);
    },
  };
}
