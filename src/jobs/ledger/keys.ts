/** Names of everything the ledger keeps, below one prefix that is a hash tag: all of it is on one cluster slot, so scripts may touch several. */
export function ledgerKeys(prefix: string) {
  const base = `${prefix}:ledger`;
  return {
    /** Hash: state, rev, label, since, record (JSON, with its plan's digest in place of the plan), and the end of the chain as seq and head. */
    request: (id: string) => `${base}:request:${id}`,
    /**
     * A plan's JSON, under the SHA-256 of this very text. Written by the commit that gives a record another plan, and never again. Whoever
     * reads it hashes it: a plan is what its name says, or it is none.
     */
    plan: (digest: string) => `${base}:plan:${digest}`,
    /** List: the chain of one request, or of the system. */
    audit: (id: string) => `${base}:audit:${id}`,
    /** Hash: message key → what was delivered, JSON. */
    delivered: (id: string) => `${base}:delivered:${id}`,
    intakeKey: (key: string) => `${base}:intake:${key}`,
    once: (key: string) => `${base}:once:${key}`,
    /** Hash with an expiry: holder, token, reason. */
    lease: (key: string) => `${base}:lease:${key}`,
    leaseTokens: `${base}:lease-tokens`,
    /** Sorted set: names of leases by the time at which they end, so that they can be listed. An entry may outlive its lease; it says nothing then. */
    leaseEnds: `${base}:lease-ends`,
    /** How many labels were given. */
    labels: `${base}:labels`,
    /** Hash: label → id. */
    byLabel: `${base}:by-label`,
    /** Hash: the end of the system chain as seq and head. */
    systemChain: `${base}:system-chain`,
    /** Sorted sets of ids by the time at which they came in, so that nobody is passed over. */
    open: `${base}:open`,
    unreported: `${base}:unreported`,
    /** Requests that are over and whose broken glass nobody has reviewed. */
    toReview: `${base}:to-review`,
    /** Hash: `originKey` of a value that an outcome of ours has added → the request's label. */
    origins: `${base}:origins`,
    /**
     * Hash: `originKey` of a value → who claims it, `R-1042@1764000000000 R-1050@`: label and the time at which the claim ends, or nothing
     * for good. The last one that was made is the last.
     */
    claims: `${base}:claims`,
    /** Hash: folded GUID → when an outcome of ours last wrote to the object and at which server, `1764000000000 dc1.example.com`. */
    writes: `${base}:writes`,
    /** Sorted set of `GUID R-1042`, GUID folded, all with one score: the open requests whose plan changes an object stand together. */
    changing: `${base}:changing`,
    /** List: samples of a host's load, JSON, the newest first. */
    load: (host: string) => `${base}:load:${host}`,
    /** How far the moves of a request are, JSON, with an expiry. */
    progress: (id: string) => `${base}:progress:${id}`,
    /** Hash: machine id → where it is at home, JSON. */
    homes: `${base}:homes`,
    /** When the last of all samples was taken. */
    lastLoad: `${base}:last-load`,
    /** The baseline of findings, JSON. */
    findingsBaseline: `${base}:findings:baseline`,
    /** The last freeze, JSON. */
    freeze: `${base}:freeze`,
    /** Hash: host → its last cordon, JSON. */
    cordons: `${base}:cordons`,
    /** Hash: program → digest of the settings that it last said it works by. */
    settings: `${base}:settings`,
    /** A number with an expiry. */
    count: (key: string) => `${base}:count:${key}`,
    /** Stream: every audit record of every chain as `record`, with its request's label, in the order of Redis' own clock. */
    stream: `${base}:audit-stream`,
    /** Hash: label of a request that was moved out → where it is, JSON. */
    archived: `${base}:archived`,
    /** The last position that was trimmed from the stream. */
    trimmedTo: `${base}:trimmed-to`,
    /** List: signed seals, JSON; the first is number 1. */
    seals: `${base}:seals`,
    /** Hash: chain → its last sealed end, `7 12 9f86…`: the seal's number, the record's number, its hash. */
    sealedEnds: `${base}:sealed-ends`,
  };
}

export type LedgerKeys = ReturnType<typeof ledgerKeys>;
