import type { Clock } from '../../core/ports';
import type { StreamRecord } from '../../core/audit/stream';
import { chain, type AuditEntry, type AuditRecord } from '../../core/request/audit';
import type { RequestRecord } from '../../core/request/record';
import type { State } from '../../core/request/states';
import { memoryMarks, type MemoryMarks } from './memory-marks';
import { parsedRecords, type ParsedRecords } from './parsed-records';
import { storedPlans, type StoredPlans } from './stored-plans';
import { readStored, type WrittenRecord } from './stored-record';
import { EMPTY_CHAIN } from './transition';

/** What is kept of a request; `text` as in Redis, so that what is read never shares an object with what is kept. */
interface KeptRequest {
  readonly label: string;
  readonly state: State;
  readonly rev: number;
  readonly since: number;
  readonly text: string;
}

/** All that a ledger in memory holds of requests. */
export interface Shelf {
  readonly clock: Clock;
  readonly requests: Map<string, KeptRequest>;
  readonly chains: Map<string, readonly AuditRecord[]>;
  /** How many labels were given, and how many links were made. */
  readonly counts: { labels: number; links: number };
  /** All links of all chains, in their order. */
  readonly stream: StreamRecord[];
  /** Id → when it began. */
  readonly open: Map<string, number>;
  readonly unreported: Set<string>;
  readonly toReview: Set<string>;
  /** Digest → text. */
  readonly planTexts: Map<string, string>;
  readonly plans: StoredPlans;
  readonly records: ParsedRecords;
  readonly marks: MemoryMarks;
}

/** An empty one. */
export function memoryShelf(clock: Clock): Shelf {
  const planTexts = new Map<string, string>();
  return {
    clock,
    requests: new Map(),
    chains: new Map(),
    counts: { labels: 0, links: 0 },
    stream: [],
    open: new Map(),
    unreported: new Set(),
    toReview: new Set(),
    planTexts,
    plans: storedPlans((digest) => Promise.resolve(planTexts.get(digest) ?? null)),
    records: parsedRecords(),
    marks: memoryMarks(clock),
  };
}

/** Begins a request with the first link of its chain. */
export function begin(shelf: Shelf, { record, text }: WrittenRecord, entry: AuditEntry): void {
  const { id, state } = record;
  shelf.counts.labels += 1;
  const label = `R-${1000 + shelf.counts.labels}`;
  shelf.requests.set(id, { label, state, rev: 0, since: shelf.clock.now(), text });
  append(shelf, id, entry);
  shelf.open.set(id, shelf.clock.now());
  shelf.unreported.add(id);
}

/** The record of what is kept at the moment of the call. */
export async function readKept(shelf: Shelf, id: string): Promise<RequestRecord | null> {
  const { requests, chains } = shelf;
  const kept = requests.get(id);
  if (!kept) return null;
  const last = chains.get(id)?.at(-1);
  const end = { seq: `${last?.seq ?? 0}`, head: last?.hash ?? EMPTY_CHAIN.head };
  const { label, state, rev, since, text } = kept;
  return readStored(id, { label, state, rev: `${rev}`, since: `${since}`, record: text, ...end }, shelf);
}

/** Links an entry to the end of a chain. */
export function append(
  { chains, stream, requests, clock, counts }: Shelf,
  id: string,
  entry: AuditEntry,
): void {
  const links = chains.get(id) ?? [];
  const last = links.at(-1);
  const end = last ? { seq: last.seq, head: last.hash } : EMPTY_CHAIN;
  const link = structuredClone(chain(id, end, entry));
  chains.set(id, [...links, link]);
  const position = `${clock.now()}-${counts.links}`;
  counts.links += 1;
  stream.push({ position, label: requests.get(id)?.label ?? '', text: JSON.stringify(link) });
}
