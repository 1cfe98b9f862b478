import type { Clock, Delivered, Ledger } from '../../core/ports';
import { chain, SYSTEM_CHAIN, type AuditEntry, type AuditRecord } from '../../core/request/audit';
import type { RequestRecord } from '../../core/request/record';
import type { State } from '../../core/request/states';
import { memoryFindings } from './memory-findings';
import { memoryLeases } from './memory-leases';
import { newOrigins } from './new-origins';
import { readStored, storedText } from './stored-record';
import {
  CLAIM_LIFE_S,
  EMPTY_CHAIN,
  firstRecord,
  INTAKE_KEY_LIFE_S,
  intakeEntry,
  strayEntry,
  transit,
} from './transition';

/** A ledger in memory. */
export interface MemoryLedger extends Ledger {
  /** Puts any text in place of a record's JSON, as somebody who can write Redis may. */
  forge(id: string, text: string): void;
}

/** What is kept of a request; `text` as in Redis, so that what is read never shares an object with what is kept. */
interface Kept {
  readonly label: string;
  readonly state: State;
  readonly rev: number;
  readonly since: number;
  readonly text: string;
}

interface Shelf {
  readonly clock: Clock;
  readonly requests: Map<string, Kept>;
  readonly chains: Map<string, readonly AuditRecord[]>;
  readonly open: Set<string>;
  readonly unreported: Set<string>;
  /** `originKey` → label. */
  readonly origins: Map<string, string>;
}

/** A ledger in memory with the behaviour of the one in Redis, for simulations: its time is the clock's, and it ends with its process. */
export function openMemoryLedger(clock: Clock): MemoryLedger {
  const shelf: Shelf = {
    clock,
    requests: new Map(),
    chains: new Map(),
    open: new Set(),
    unreported: new Set(),
    origins: new Map(),
  };
  const claims = expiringKeys(clock, CLAIM_LIFE_S);
  return {
    ...memoryRequests(shelf),
    ...memoryReports(shelf),
    ...memoryLeases(clock),
    ...memoryFindings(shelf.origins),
    async note(id, entry) {
      if (shelf.requests.has(id)) append(shelf, id, entry);
      else append(shelf, SYSTEM_CHAIN, strayEntry(id, entry));
    },
    audit: async (id) => structuredClone(shelf.chains.get(id) ?? []),
    time: async () => clock.now(),
    async claimOnce(key) {
      const isNew = claims.get(key) === null;
      if (isNew) claims.add(key, '');
      return isNew;
    },
    close: () => Promise.resolve(),
    forge(id, text) {
      const kept = shelf.requests.get(id);
      if (kept) shelf.requests.set(id, { ...kept, text });
    },
  };
}

function memoryRequests(
  shelf: Shelf,
): Pick<Ledger, 'recordIntake' | 'read' | 'findByLabel' | 'commit' | 'openRequests'> {
  const { clock, requests, open, unreported } = shelf;
  const intakes = expiringKeys(clock, INTAKE_KEY_LIFE_S);
  return {
    async recordIntake(intake, { key, card }) {
      const { id } = intake.statement;
      const known = intakes.get(key) ?? (requests.has(id) ? id : null);
      const record = firstRecord(intake, card);
      intakes.add(key, known ?? id);
      if (known === null) {
        append(shelf, id, intakeEntry(intake.statement));
        const label = `R-${1001 + requests.size}`;
        requests.set(id, {
          label,
          state: record.state,
          rev: 0,
          since: clock.now(),
          text: storedText(record),
        });
        open.add(id);
        unreported.add(id);
      }
      // What was just kept, or another request that stands for it, is there: nothing is ever removed.
      return { record: read(shelf, known ?? id) ?? record, isNew: known === null };
    },
    read: async (id) => read(shelf, id),
    async findByLabel(label) {
      const found = [...requests].find(([, kept]) => kept.label === label);
      return found ? read(shelf, found[0]) : null;
    },
    async commit(seen, change, entry) {
      const next = transit(seen, change);
      const kept = requests.get(seen.id);
      if (!kept || kept.rev !== seen.rev || kept.state !== seen.state) return null;
      append(shelf, seen.id, entry);
      const since = next.state === kept.state ? kept.since : clock.now();
      const { state } = next;
      requests.set(seen.id, { label: kept.label, state, rev: kept.rev + 1, since, text: storedText(next) });
      if (next.ending) open.delete(seen.id);
      else open.add(seen.id);
      unreported.add(seen.id);
      const { added, removed } = newOrigins(seen, next);
      for (const key of added) shelf.origins.set(key, kept.label);
      for (const key of removed) shelf.origins.delete(key);
      return read(shelf, seen.id);
    },
    openRequests: async () => [...open],
  };
}

function memoryReports({
  requests,
  unreported,
}: Shelf): Pick<Ledger, 'unreported' | 'delivered' | 'setDelivered' | 'markReported'> {
  const delivered = new Map<string, Map<string, Delivered>>();
  return {
    unreported: async () => [...unreported],
    delivered: async (id) => new Map(delivered.get(id)),
    async setDelivered(id, key, message) {
      delivered.set(id, new Map(delivered.get(id)).set(key, { ...message }));
    },
    async markReported(id, rev) {
      if (requests.get(id)?.rev === rev) unreported.delete(id);
    },
  };
}

function read({ requests, chains }: Shelf, id: string): RequestRecord | null {
  const kept = requests.get(id);
  if (!kept) return null;
  const last = chains.get(id)?.at(-1);
  const end = { seq: `${last?.seq ?? 0}`, head: last?.hash ?? EMPTY_CHAIN.head };
  const { label, state, rev, since, text } = kept;
  return readStored(id, { label, state, rev: `${rev}`, since: `${since}`, record: text, ...end });
}

function append({ chains }: Shelf, id: string, entry: AuditEntry): void {
  const links = chains.get(id) ?? [];
  const last = links.at(-1);
  const end = last ? { seq: last.seq, head: last.hash } : EMPTY_CHAIN;
  chains.set(id, [...links, structuredClone(chain(id, end, entry))]);
}

/** Keys that are forgotten after so many seconds. A key that is still known keeps its value and its end. */
function expiringKeys(clock: Clock, lifeS: number) {
  const entries = new Map<string, { value: string; until: number }>();
  const get = (key: string): string | null => {
    const entry = entries.get(key);
    return entry && entry.until > clock.now() ? entry.value : null;
  };
  return {
    get,
    add(key: string, value: string): void {
      if (get(key) === null) entries.set(key, { value, until: clock.now() + lifeS * 1000 });
    },
  };
}
