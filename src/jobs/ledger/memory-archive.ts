import type { Archived, ArchiveLedger } from '../../core/audit/archive-port';
import { comparePositions, STREAM_START } from '../../core/audit/stream';
import { readKept, type Shelf } from './memory-shelf';

/** How requests and records leave a ledger in memory. `forget` takes what was delivered for a request. */
export function memoryArchive(shelf: Shelf, forget: (id: string) => void): ArchiveLedger {
  const { requests, chains, open, unreported, stream, planTexts } = shelf;
  const archived = new Map<string, Archived>();
  let trimmed = STREAM_START;
  return {
    async archive({ id, label, rev, audit }, { place, at }) {
      const now = await readKept(shelf, id);
      const isSame = now?.rev === rev && now.audit.seq === audit.seq && now.audit.head === audit.head;
      if (!isSame || open.has(id) || unreported.has(id)) return false;
      archived.set(label, { id, label, place, at, ...audit });
      requests.delete(id);
      chains.delete(id);
      forget(id);
      return true;
    },
    archived: async (label) => structuredClone(archived.get(label) ?? null),
    allArchived: async () => new Map([...archived.values()].map((kept) => [kept.id, { ...kept }])),
    async trimPlans() {
      const named = [...requests.values()].map(({ text }) => text).join('\n');
      const unnamed = [...planTexts.keys()].filter((digest) => !named.includes(digest));
      for (const digest of unnamed) planTexts.delete(digest);
      return unnamed.length;
    },
    async trimStream(to) {
      const first = stream.findIndex(({ position }) => comparePositions(position, to) > 0);
      stream.splice(0, first === -1 ? stream.length : first);
      trimmed = to;
    },
    trimmedTo: async () => trimmed,
  };
}
