import type { Clock, Delivered, Ledger } from '../../core/ports';
import { SYSTEM_CHAIN } from '../../core/request/audit';
import { expiringKeys } from './expiring-keys';
import { memoryArchive } from './memory-archive';
import { memoryAudit } from './memory-audit';
import { memoryFindings } from './memory-findings';
import { memoryHomes } from './memory-homes';
import { memoryLeases } from './memory-leases';
import { memoryLoad } from './memory-load';
import { memoryProgress } from './memory-progress';
import { memoryRequests } from './memory-requests';
import { memoryStanding } from './memory-standing';
import { append, memoryShelf, type Shelf } from './memory-shelf';
import { CLAIM_LIFE_S, strayEntry } from './transition';

/** A ledger in memory. */
export interface MemoryLedger extends Ledger {
  /** Puts any text in place of a record's JSON, as somebody who can write Redis may; a whole plan in it is read too. */
  forge(id: string, text: string): void;
}

/** A ledger in memory with the behaviour of the one in Redis, for simulations: its time is the clock's, and it ends with its process. */
export function openMemoryLedger(clock: Clock): MemoryLedger {
  const shelf = memoryShelf(clock);
  const delivered: DeliveredByRequest = new Map();
  const once = expiringKeys(clock, CLAIM_LIFE_S);
  const leases = memoryLeases(clock);
  const { origins, claims, lastWrites, changing } = shelf.marks;
  return {
    ...memoryRequests(shelf),
    ...memoryReports(shelf, delivered, leases.releaseLease),
    ...leases,
    ...memoryFindings(),
    ...memoryLoad(),
    ...memoryProgress(clock),
    ...memoryHomes(),
    ...memoryAudit(shelf),
    ...memoryArchive(shelf, (id) => delivered.delete(id)),
    ...memoryStanding(clock),
    origins,
    claims,
    lastWrites,
    changing,
    async note(id, entry) {
      if (shelf.requests.has(id)) append(shelf, id, entry);
      else append(shelf, SYSTEM_CHAIN, strayEntry(id, entry));
    },
    audit: async (id) => structuredClone(shelf.chains.get(id) ?? []),
    time: async () => clock.now(),
    async claimOnce(key) {
      const isNew = once.get(key) === null;
      if (isNew) once.add(key, '');
      return isNew;
    },
    close: () => Promise.resolve(),
    forge(id, text) {
      const kept = shelf.requests.get(id);
      if (kept) shelf.requests.set(id, { ...kept, text });
    },
  };
}

type DeliveredByRequest = Map<string, ReadonlyMap<string, Delivered>>;

function memoryReports(
  shelf: Shelf,
  delivered: DeliveredByRequest,
  giveBack: Ledger['releaseLease'],
): Pick<Ledger, 'unreported' | 'delivered' | 'setDelivered' | 'markReported'> {
  const { requests, unreported } = shelf;
  return {
    unreported: async () => [...unreported],
    delivered: async (id) => new Map(delivered.get(id)),
    async setDelivered(id, ...[key, message, entry]) {
      if (entry && requests.has(id)) append(shelf, id, entry);
      const told = [key].flat().map((each) => [each, { ...message }] as const);
      delivered.set(id, new Map([...(delivered.get(id) ?? []), ...told]));
    },
    async markReported(id, rev, lease) {
      if (requests.get(id)?.rev !== rev) return false;
      unreported.delete(id);
      if (lease) await giveBack(lease);
      return true;
    },
  };
}
