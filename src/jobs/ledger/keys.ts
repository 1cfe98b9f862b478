/** Names of everything the ledger keeps, below one prefix that is a hash tag: all of it is on one cluster slot, so scripts may touch several. */
export function ledgerKeys(prefix: string) {
  const base = `${prefix}:ledger`;
  return {
    /** Hash: state, rev, label, since, record (JSON), and the end of the chain as seq and head. */
    request: (id: string) => `${base}:request:${id}`,
    /** List: the chain of one request, or of the system. */
    audit: (id: string) => `${base}:audit:${id}`,
    /** Hash: message key → what was delivered, JSON. */
    delivered: (id: string) => `${base}:delivered:${id}`,
    intakeKey: (key: string) => `${base}:intake:${key}`,
    once: (key: string) => `${base}:once:${key}`,
    lease: (key: string) => `${base}:lease:${key}`,
    leaseTokens: `${base}:lease-tokens`,
    /** How many labels were given. */
    labels: `${base}:labels`,
    /** Hash: label → id. */
    byLabel: `${base}:by-label`,
    /** Hash: the end of the system chain as seq and head. */
    systemChain: `${base}:system-chain`,
    /** Sorted sets of ids by the time at which they came in, so that nobody is passed over. */
    open: `${base}:open`,
    unreported: `${base}:unreported`,
    /** Hash: `originKey` of a value that an outcome of ours has added → the request's label. */
    origins: `${base}:origins`,
    /** The baseline of findings, JSON. */
    findingsBaseline: `${base}:findings:baseline`,
    /** Every audit record of every chain, in the order of Redis' own clock. */
    stream: `${base}:audit-stream`,
  };
}

export type LedgerKeys = ReturnType<typeof ledgerKeys>;
