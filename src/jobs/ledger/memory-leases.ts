import type { Clock, HeldLease, Lease, Ledger } from '../../core/ports';

type Kept = HeldLease & Lease;

/** Leases in memory, by the clock. Tokens come from one counter that only grows. */
export function memoryLeases(
  clock: Clock,
): Pick<Ledger, 'leases' | 'releaseLease' | 'renewLease' | 'takeLease'> {
  const leases = new Map<string, Kept>();
  let tokens = 0;
  const held = (key: string): Kept | null => {
    const lease = leases.get(key);
    return lease && lease.until > clock.now() ? lease : null;
  };
  const ours = ({ key, token, holder }: Lease): Kept | null => {
    const now = held(key);
    return now !== null && now.token === token && now.holder === holder ? now : null;
  };
  return {
    async takeLease(key, holder, ...[ttlMs, reason = '']) {
      const now = held(key);
      if (now && now.holder !== holder) return null;
      const lease = { key, holder, token: now?.token ?? (tokens += 1), until: clock.now() + ttlMs };
      leases.set(key, { ...lease, reason });
      return lease;
    },
    async leases(prefix) {
      const found = [...leases.keys()]
        .filter((key) => key.startsWith(prefix))
        .flatMap((key) => held(key) ?? []);
      return found
        .map(({ key, holder, reason, until }) => ({ key, holder, reason, until }))
        .toSorted((a, b) => a.until - b.until);
    },
    async renewLease(lease, ttlMs) {
      const now = ours(lease);
      if (now) leases.set(lease.key, { ...now, until: clock.now() + ttlMs });
      return now !== null;
    },
    async releaseLease(lease) {
      if (ours(lease)) leases.delete(lease.key);
    },
  };
}
