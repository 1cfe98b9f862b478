import type { Clock, Lease, Ledger } from '../../core/ports';

/** Leases in memory, by the clock. Tokens come from one counter that only grows. */
export function memoryLeases(clock: Clock): Pick<Ledger, 'takeLease' | 'renewLease' | 'releaseLease'> {
  const leases = new Map<string, Lease>();
  let tokens = 0;
  const held = (key: string): Lease | null => {
    const lease = leases.get(key);
    return lease && lease.until > clock.now() ? lease : null;
  };
  const isOurs = (lease: Lease): boolean => {
    const now = held(lease.key);
    return now !== null && now.token === lease.token && now.holder === lease.holder;
  };
  return {
    async takeLease(key, holder, ttlMs) {
      const now = held(key);
      if (now && now.holder !== holder) return null;
      const lease = { key, holder, token: now?.token ?? (tokens += 1), until: clock.now() + ttlMs };
      leases.set(key, lease);
      return lease;
    },
    async renewLease(lease, ttlMs) {
      if (!isOurs(lease)) return false;
      leases.set(lease.key, { ...lease, until: clock.now() + ttlMs });
      return true;
    },
    async releaseLease(lease) {
      if (isOurs(lease)) leases.delete(lease.key);
    },
  };
}
