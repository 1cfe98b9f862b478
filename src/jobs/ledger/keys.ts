/** Names of everything the ledger keeps, below one prefix that is a hash tag: all of it is on one cluster slot, so scripts may touch several. */
export function ledgerKeys(prefix: string) {
  const base = `${prefix}:ledger`;
  return {
    request: (id: string) => `${base}:request:${id}`,
    audit: (id: string) => `${base}:audit:${id}`,
    delivered: (id: string) => `${base}:delivered:${id}`,
    label: (label: string) => `${base}:label:${label}`,
    intakeKey: (key: string) => `${base}:intake:${key}`,
    once: (key: string) => `${base}:once:${key}`,
    lease: (key: string) => `${base}:lease:${key}`,
    leaseTokens: `${base}:lease-tokens`,
    labels: `${base}:labels`,
    open: `${base}:open`,
    unreported: `${base}:unreported`,
    /** Every audit record of every chain, in the order of Redis' own clock. */
    stream: `${base}:audit-stream`,
  };
}

export type LedgerKeys = ReturnType<typeof ledgerKeys>;
