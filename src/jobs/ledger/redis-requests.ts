import { z } from 'zod';
import type { Ledger } from '../../core/ports';
import { chain, type AuditEntry } from '../../core/request/audit';
import { newRecord } from '../../core/request/new-record';
import type { RequestRecord } from '../../core/request/record';
import type { Intake, Signed } from '../../core/request/statement';
import { malformed } from './ledger-fault';
import type { Store } from './redis-chains';
import { RECORD_INTAKE, RECORD_REVERSAL } from './scripts';
import { readStored, writeDown } from './stored-record';
import { EMPTY_CHAIN, INTAKE_KEY_LIFE_S, intakeEntry, unlabelled } from './transition';

/** What RECORD_INTAKE and RECORD_REVERSAL answer; see there. */
const Recorded = z.union([
  z.tuple([z.literal(0), z.string()]),
  z.tuple([z.literal(1), z.string(), z.string(), z.int()]),
]);

/** Null when there is no such request: no hash at all. A hash without a record is a malformed one. */
export async function readRecord(store: Store, id: string): Promise<RequestRecord | null> {
  const { redis, keys, ends } = store;
  const hash = await redis.read((calls) => calls.hgetall(keys.request(id)));
  if (Object.keys(hash).length === 0) return null;
  const record = await readStored(id, hash, store);
  ends.saw(id, record.audit);
  return record;
}

/** Begins a request, or gives the one that this key or this intake has begun before. */
export async function recordIntake(
  store: Store,
  intake: Signed<Intake>,
  { key, card, parent = null }: Parameters<Ledger['recordIntake']>[1],
): Promise<{ record: RequestRecord; isNew: boolean }> {
  const { redis, keys } = store;
  const { id } = intake.statement;
  const link = chain(id, EMPTY_CHAIN, intakeEntry(intake.statement));
  const { text, record } = writeDown(unlabelled(newRecord(intake, card, parent)), store.plans);
  const indexes = [keys.intakeKey(key), keys.labels, keys.byLabel];
  const args = [id, text, INTAKE_KEY_LIFE_S, JSON.stringify(link), link.hash];
  const answer = await redis.run(RECORD_INTAKE, [...begun(store, id), ...indexes], args);
  return readBegun(store, answer, { ...record, audit: { seq: link.seq, head: link.hash } });
}

/** Begins a reversal, or gives the one that was begun before. */
export async function recordReversal(
  store: Store,
  reversal: RequestRecord,
  entry: AuditEntry,
): Promise<RequestRecord> {
  const { redis, keys } = store;
  const { id, state } = reversal;
  const link = chain(id, EMPTY_CHAIN, entry);
  const { text, record } = writeDown(unlabelled(reversal), store.plans);
  const args = [id, text, state, JSON.stringify(link), link.hash];
  const answer = await redis.run(RECORD_REVERSAL, [...begun(store, id), keys.labels, keys.byLabel], args);
  const begins = { ...record, audit: { seq: link.seq, head: link.hash } };
  return (await readBegun(store, answer, begins)).record;
}

/** What every beginning of a request writes to. */
function begun({ keys }: Store, id: string): readonly string[] {
  return [keys.request(id), keys.audit(id), keys.stream, keys.open, keys.unreported];
}

async function readBegun(
  store: Store,
  answer: unknown,
  begins: RequestRecord,
): Promise<{ record: RequestRecord; isNew: boolean }> {
  const recorded = Recorded.safeParse(answer);
  if (!recorded.success) throw malformed('The index of requests', recorded.error);
  const [isNew, id, label, since] = recorded.data;
  if (isNew === 1) return { record: { ...begins, label, since }, isNew: true };
  const record = await readRecord(store, id);
  if (!record) throw malformed(`The record of ${id.slice(0, 80)}`);
  return { record, isNew: false };
}
