import type { Clock, Delivered, Lease, Ledger } from '../../core/ports';
import { invariant } from '../../core/problem';
import {
  chain,
  CHAIN_START,
  SYSTEM_CHAIN,
  type AuditEntry,
  type AuditRecord,
} from '../../core/request/audit';
import { newRecord } from '../../core/request/new-record';
import type { RequestRecord } from '../../core/request/record';
import { mayGo } from '../../core/request/states';

/** A ledger in memory with the behaviour of the one in Redis, for simulations: it ends with its process. */
export function openMemoryLedger(clock: Clock): Ledger {
  const records = new Map<string, RequestRecord>();
  const chains = new Map<string, AuditRecord[]>();
  const intakes = new Map<string, string>();
  const unreported = new Set<string>();
  const delivered = new Map<string, Map<string, Delivered>>();
  const leases = new Map<string, Lease>();
  const claimed = new Set<string>();
  let tokens = 0;

  function append(id: string, entry: AuditEntry): AuditRecord {
    const links = chains.get(id) ?? [];
    const last = links.at(-1);
    const link = chain(id, { seq: last?.seq ?? 0, head: last?.hash ?? CHAIN_START }, entry);
    chains.set(id, [...links, link]);
    return link;
  }

  function withAudit(record: RequestRecord): RequestRecord {
    const last = chains.get(record.id)?.at(-1);
    return structuredClone({ ...record, audit: { seq: last?.seq ?? 0, head: last?.hash ?? CHAIN_START } });
  }

  const read = (id: string): RequestRecord | null => {
    const record = records.get(id);
    return record ? withAudit(record) : null;
  };
  const isOurs = (lease: Lease): boolean => {
    const held = leases.get(lease.key);
    return held !== undefined && held.token === lease.token && held.until > clock.now();
  };

  return {
    recordIntake(intake, { key, card }) {
      const known = read(intakes.get(key) ?? '');
      if (known) return Promise.resolve({ record: known, isNew: false });
      const { id, by, at, command, channel } = intake.statement;
      const who = `${by.enterprise ?? '-'}/${by.team}/${by.user}`;
      append(id, { what: 'intake', who, at, detail: { command, channel } });
      const label = `R-${1001 + records.size}`;
      records.set(id, { ...newRecord(intake, card), label, since: clock.now() });
      intakes.set(key, id);
      unreported.add(id);
      const record = read(id);
      invariant(record !== null, 'a recorded intake can be read');
      return Promise.resolve({ record, isNew: true });
    },
    read: (id) => Promise.resolve(read(id)),
    findByLabel: (label) =>
      Promise.resolve(read([...records.values()].find((record) => record.label === label)?.id ?? '')),
    async commit(seen, change, entry) {
      const state = change.state ?? seen.state;
      invariant(seen.ending === null, `${seen.label} has not ended`);
      invariant(mayGo(seen.state, state), `${seen.state} → ${state} is in the state table`);
      const current = records.get(seen.id);
      if (!current || current.rev !== seen.rev || current.state !== seen.state) return null;
      append(seen.id, entry);
      const since = state === current.state ? current.since : clock.now();
      records.set(seen.id, structuredClone({ ...current, ...change, rev: current.rev + 1, since }));
      unreported.add(seen.id);
      return Promise.resolve(read(seen.id));
    },
    note(id, entry) {
      append(records.has(id) ? id : SYSTEM_CHAIN, entry);
      return Promise.resolve();
    },
    audit: (id) => Promise.resolve(chains.get(id) ?? []),
    openRequests: () =>
      Promise.resolve([...records.values()].filter((record) => !record.ending).map((record) => record.id)),
    unreported: () => Promise.resolve([...unreported]),
    delivered: (id) => Promise.resolve(new Map(delivered.get(id))),
    setDelivered(id, key, message) {
      delivered.set(id, new Map(delivered.get(id)).set(key, message));
      return Promise.resolve();
    },
    markReported(id, rev) {
      if (records.get(id)?.rev === rev) unreported.delete(id);
      return Promise.resolve();
    },
    takeLease(key, holder, ttlMs) {
      const held = leases.get(key);
      const isHeld = held !== undefined && held.until > clock.now();
      if (isHeld && held.holder !== holder) return Promise.resolve(null);
      const token = isHeld ? held.token : (tokens += 1);
      const lease = { key, holder, token, until: clock.now() + ttlMs };
      leases.set(key, lease);
      return Promise.resolve(lease);
    },
    renewLease(lease, ttlMs) {
      if (!isOurs(lease)) return Promise.resolve(false);
      leases.set(lease.key, { ...lease, until: clock.now() + ttlMs });
      return Promise.resolve(true);
    },
    releaseLease(lease) {
      if (isOurs(lease)) leases.delete(lease.key);
      return Promise.resolve();
    },
    time: () => Promise.resolve(clock.now()),
    claimOnce(key) {
      const isNew = !claimed.has(key);
      claimed.add(key);
      return Promise.resolve(isNew);
    },
    close: () => Promise.resolve(),
  };
}
