import { awaitsReview } from '../../core/request/break-glass';
import { z } from 'zod';
import type { RecordChange } from '../../core/ports';
import { chain, chainAll, SYSTEM_CHAIN, type AuditEntry, type Happened } from '../../core/request/audit';
import type { RequestRecord } from '../../core/request/record';
import { changedObjects } from './changed-objects';
import type { ChainEnds, End } from './chain-ends';
import type { LedgerKeys } from './keys';
import { busy, malformed } from './ledger-fault';
import type { RedisCalls } from './redis-connection';
import { COMMIT, NOTE } from './scripts';
import { outcomeMarks, type OutcomeMarks } from './outcome-marks';
import type { StoredPlans } from './stored-plans';
import { numberOf, type ParsedRecords } from './parsed-records';
import { writeDown } from './stored-record';
import { EMPTY_CHAIN, strayEntry, transit } from './transition';

/** How often an audit record is linked anew because the chain has grown meanwhile. */
const LINKS = 256;

/** A ledger's connection, the names of its keys, and its plans. */
export interface Store {
  readonly redis: RedisCalls;
  readonly keys: LedgerKeys;
  readonly plans: StoredPlans;
  readonly records: ParsedRecords;
  readonly ends: ChainEnds;
}

/** What COMMIT and NOTE answer; see there. */
const Answer = z.union([
  z.tuple([z.literal(0)]),
  z.tuple([z.literal(1)]),
  z.tuple([z.literal(1), z.int()]),
  z.tuple([z.literal(2), z.string(), z.string()]),
]);

/*
 * The end of a chain is kept beside state and revision, in fields of its own: a note lets the chain grow and leaves the revision alone,
 * so it never takes a transition from anybody. Both scripts compare the end; who linked to an older one links again.
 */

/** Compare-and-set on state and revision, with an audit record. Null when somebody else was first. */
export async function commitChange(
  store: Store,
  { seen, change, entry }: { seen: RequestRecord; change: RecordChange; entry: Happened },
): Promise<RequestRecord | null> {
  const { redis, keys, plans, ends } = store;
  const { id, state, rev } = seen;
  const { text, shelved, record } = writeDown(transit(seen, change, entry), plans);
  const touched = [keys.request(id), keys.audit(id), keys.stream, keys.open, keys.unreported];
  const indexes = [keys.origins, keys.claims, keys.writes, keys.changing, keys.toReview];
  const planText = shelved?.text ?? null;
  const apart = shelved && planText !== null ? [keys.plan(shelved.digest)] : [];
  const marks = [...listsOf(outcomeMarks(seen, record)), ...changingLists(seen, record)];
  const done = await relink(id, seen.audit, async (end) => {
    const { links, end: last } = chainAll(id, end, entry);
    const next = [record.state, text, endMark(record), last.seq, last.head];
    const mine = [record.label, record.until ?? '', planText ?? ''];
    const audit = [links.length, ...links.map((link) => JSON.stringify(link))];
    const args = [id, state, rev, end.head, ...next, ...mine, ...audit, ...marks];
    const answer = await redis.run(COMMIT, [...touched, ...indexes, ...apart], args);
    return {
      answer,
      done: (since) => ({ ...record, rev: rev + 1, since: since ?? Number.NaN, audit: last }),
    };
  });
  if (done && shelved) plans.keep(shelved);
  if (done) ends.saw(id, done.audit);
  return done;
}

/** As COMMIT takes it. */
function endMark(record: RequestRecord): '0' | '1' | '2' {
  if (!record.ending) return '0';
  return awaitsReview(record) ? '2' : '1';
}

/** As COMMIT takes them: each list after its length. */
function listsOf({ origins, kept, removed, writes }: OutcomeMarks): readonly (string | number)[] {
  const lists = [origins, kept, removed, writes.flatMap(({ guid, server }) => [guid, server])];
  return lists.flatMap((list) => [list.length, ...list]);
}

function changingLists(seen: RequestRecord, record: RequestRecord): readonly (string | number)[] {
  const { more, less } = changedObjects(seen, record);
  return [more.length, ...more, less.length, ...less];
}

/** Appends to the request's chain, or to the system's when there is no such request. */
export async function appendNote(store: Store, id: string, entry: AuditEntry): Promise<void> {
  const isNoted = id !== '' && (await appendTo(store, { id, hash: store.keys.request(id), entry }));
  if (isNoted) return;
  const hash = store.keys.systemChain;
  await appendTo(store, { id: SYSTEM_CHAIN, hash, entry: strayEntry(id, entry) });
}

/** Appends to the request's chain that a message was delivered, and keeps it: `told` in turns its keys and what. Null when there is no such request. */
export function appendDelivery(
  store: Store,
  id: string,
  { told, entry }: { told: readonly string[]; entry: AuditEntry },
): Promise<true | null> {
  return appendTo(store, { id, hash: store.keys.request(id), entry, delivered: told });
}

async function appendTo(
  { redis, keys, ends }: Store,
  {
    id,
    hash,
    entry,
    delivered,
  }: { id: string; hash: string; entry: AuditEntry; delivered?: readonly string[] },
): Promise<true | null> {
  const mustExist = hash === keys.systemChain ? '0' : '1';
  // Only a first guess: the script compares, and says where the chain ends when it ends elsewhere.
  return relink(id, ends.of(id) ?? EMPTY_CHAIN, async (now) => {
    const link = chain(id, now, entry);
    const args = [now.head, JSON.stringify(link), link.seq, link.hash, mustExist, ...(delivered ?? [])];
    const touched = [hash, keys.audit(id), keys.stream, ...(delivered ? [keys.delivered(id)] : [])];
    const answer = await redis.run(NOTE, touched, args);
    return {
      answer,
      done: () => {
        ends.saw(id, { seq: link.seq, head: link.hash });
        return true as const;
      },
    };
  });
}

/** Tries until the chain stands still for one try. Null when the script found nothing to write to. */
async function relink<T>(
  id: string,
  first: End,
  attempt: (end: End) => Promise<{ answer: unknown; done: (since: number | undefined) => T }>,
): Promise<T | null> {
  let end = first;
  for (let tries = 0; tries < LINKS; tries += 1) {
    const { answer, done } = await attempt(end);
    const read = Answer.safeParse(answer);
    if (!read.success) throw malformed(`The chain of ${id.slice(0, 80)}`, read.error);
    const [result, detail, head] = read.data;
    if (result === 0) return null;
    if (result === 1) return done(detail);
    end = endOf(id, detail, head);
  }
  throw busy();
}

function endOf(id: string, text: string | null | undefined, head: string): End {
  const seq = numberOf(text);
  if (Number.isNaN(seq)) throw malformed(`The chain of ${id.slice(0, 80)}`);
  return { seq, head };
}
