import { lookAt } from '../../../core/delegation/look';
import type { DirectoryChange, Plan } from '../../../core/delegation/plan';
import type { Directory, Handled, Modification } from '../../../core/ports';
import { Fault, type Problem } from '../../../core/problem';
import { isStopped } from '../../../core/request/closing';
import type { RequestRecord } from '../../../core/request/record';
import { beginTemporary } from './begin-temporary';
import { findHindrance } from './hindrance';
import { changeKey, stepOf, withStep } from './journal';
import { auditEntry, noteTrouble, type DirectoryParts, type Hindrance } from './parts';
import { recordOutcome } from './record-outcome';
import {
  alreadySo,
  asPlanned,
  changed,
  failed,
  overtaken,
  takenAway,
  type OutcomeDraft,
} from './step-outcome';
import { onWriter, waits } from './writer';

/** Nobody else writes an object while its lease lives; the longest that a dead worker's object waits, in milliseconds. */
const LEASE_MS = 8_000;

/** A modify is sent only if the lease lives at least this much longer: the longest that the server's answer is waited for. */
export const SEND_DEADLINE_MS = 4_000;

/** When somebody else holds an object, the step is looked at again after this. */
const LEASE_RETRY_MS = 500;

interface Ours {
  readonly parts: DirectoryParts;
  readonly directory: Directory;
  readonly plan: Plan;
  readonly change: DirectoryChange;
  /** By this worker's monotonic clock: a pause of the whole process does not stop it. */
  readonly sendUntil: number;
  /** Told before the intent is recorded. */
  readonly begin: (server: string) => void;
}

/**
 * Carries out one change of a running request under the lease of its object. 'paced': nothing was recorded that somebody
 * should act on at once; the sweeper asks again.
 */
export async function applyStep(
  parts: DirectoryParts,
  record: RequestRecord,
  { plan, change }: { plan: Plan; change: DirectoryChange },
): Promise<Handled | 'paced'> {
  const takenAt = parts.clock.monotonic();
  // A holder per try: a job that was given out twice must not run side by side with itself.
  const holder = `${parts.worker}/${record.label}/${parts.random.hex(4)}`;
  const reason = `${record.label} writes ${change.attribute} of ${change.name}`;
  const lease = await parts.ledger.takeLease(`object-${change.guid}`, holder, LEASE_MS, reason);
  if (!lease) return { kind: 'hold', until: parts.clock.now() + LEASE_RETRY_MS };
  try {
    const sendUntil = takenAt + LEASE_MS - SEND_DEADLINE_MS;
    const { intent } = stepOf(record, change);
    const { guid, name } = change;
    // Once it is intended at one place, the same try goes on nowhere else.
    let begunAt: string | null = null;
    const begin = (server: string): void => {
      begunAt = server;
    };
    return await onWriter(parts, [{ guid, name, intent }], async (directory) => {
      if (begunAt !== null) throw waits([{ name, server: begunAt }]);
      return applyLeased({ parts, directory, plan, change, sendUntil, begin }, record);
    });
  } finally {
    await parts.ledger.releaseLease(lease).catch(() => undefined);
  }
}

/**
 * First what may have been written already is resolved by reading, whatever the approval is worth by now; only then is anything judged,
 * intended and written.
 */
async function applyLeased(ours: Ours, record: RequestRecord): Promise<Handled | 'paced'> {
  const { parts, plan, change } = ours;
  const hadIntent = stepOf(record, change).intent !== null;
  const isOurs = parts.wrote.has(changeKey(record, plan, change));
  const earlier = hadIntent || isOurs ? await resolve(ours, { hadIntent: true, isOurs }) : null;
  if (earlier) return finish(ours, record, earlier);
  // It was begun and is as before: after a stop it is not begun again.
  if (hadIntent && isStopped(record)) return finish(ours, record, failed(STOPPED));
  const hindrance = await findHindrance(parts, record, { plan, change });
  if (hindrance) return hinder(ours, record, hindrance);
  // Looked at before the intent: a place that dies here leaves nothing behind that could have been written.
  const seen = await resolve(ours, { hadIntent, isOurs });
  if (seen) {
    // What is kept for a time is given back too.
    const timed = seen.kept.length > 0 ? await keepForTime(ours, record) : record;
    return timed ? finish(ours, timed, seen) : { kind: 'over' };
  }
  const intended = hadIntent ? record : await intend(ours, record);
  if (!intended) return { kind: 'over' };
  const draft = await write(ours, record, hadIntent);
  return draft ? finish(ours, intended, draft) : 'paced';
}

/** Null: somebody else was first, who may have said stop. */
async function intend(
  { parts, plan, change, directory, begin }: Ours,
  record: RequestRecord,
): Promise<RequestRecord | null> {
  begin(directory.server);
  const until = await beginTemporary(parts, record, plan);
  const intent = { at: parts.clock.now(), worker: parts.worker, server: directory.server };
  const steps = withStep(record, change, { intent });
  const wish =
    change.attribute === 'userAccountControl'
      ? { before: change.before, after: change.after }
      : { add: change.add, keep: change.keep, remove: change.remove };
  const detail = { object: change.dn, attribute: change.attribute, ...wish, server: directory.server };
  return parts.ledger.commit(record, { steps, until }, auditEntry(parts, { what: 'intent', detail }));
}

/** There is no intent, since nothing is written, but the time begins. Null: somebody else was first. */
async function keepForTime({ parts, plan }: Ours, record: RequestRecord): Promise<RequestRecord | null> {
  const until = await beginTemporary(parts, record, plan);
  if (until === record.until) return record;
  return parts.ledger.commit(record, { until }, auditEntry(parts, { what: 'kept', detail: { until } }));
}

/** What a look says, or null when the object is as before and may be written. */
async function resolve(
  { parts, directory, change }: Ours,
  { hadIntent, isOurs }: { hadIntent: boolean; isOurs: boolean },
): Promise<OutcomeDraft | null> {
  const object = await directory.read(change.guid);
  const seen = lookAt(change, object);
  if (seen === 'after' && !hadIntent && isWriting(change)) {
    return alreadySo(change, await claimedByOthersOf(parts, change));
  }
  if (seen === 'after') return isWriting(change) ? asPlanned(change) : changed(change);
  if (seen === 'stale') return overtaken(change, object, hadIntent);
  return isOurs ? takenAway(change) : null;
}

/** Of what a change would have added and is there already, what other requests want: it stays for this one too, whatever becomes of theirs. */
async function claimedByOthersOf(parts: DirectoryParts, change: DirectoryChange): Promise<readonly string[]> {
  if (change.kind !== 'delegation-add') return [];
  const { guid } = change;
  const claims = await parts.ledger.claims(change.add.map((value) => ({ guid, value })));
  return change.add.filter((_, at) => (claims[at] ?? []).length > 0);
}

/** Whether a change writes anything: values that are only kept are there already. */
function isWriting(change: DirectoryChange): boolean {
  return change.attribute === 'userAccountControl' || change.add.length + change.remove.length > 0;
}

/** One strict modify. Null: it was not sent, or its answer was lost and the object is as before. */
async function write(ours: Ours, record: RequestRecord, hadIntent: boolean): Promise<OutcomeDraft | null> {
  const { parts, directory, plan, change } = ours;
  if (parts.clock.monotonic() > ours.sendUntil) return null;
  try {
    const answer = await directory.modify(modificationOf(change));
    if (answer === 'changed') {
      parts.wrote.add(changeKey(record, plan, change));
      return changed(change);
    }
    // Refused whole (20, 16): what is there now is somebody else's, unless an earlier try of ours came through.
    return await resolve(ours, { hadIntent, isOurs: false });
  } catch (error) {
    if (!(error instanceof Fault) || error.retry === 'later') throw error;
    if (error.retry === 'never') {
      return failed({ code: error.code, summary: error.message, remedy: error.remedy });
    }
  }
  // A lost answer: only reading tells.
  return resolve(ours, { hadIntent: true, isOurs: false });
}

function modificationOf(change: DirectoryChange): Modification {
  const { guid, dn } = change;
  if (change.attribute === 'userAccountControl') {
    return { guid, dn, attribute: change.attribute, before: change.before, after: change.after };
  }
  // By its kind, whatever its lists hold: a removal never adds.
  const isAdding = change.kind === 'delegation-add';
  const values = { add: isAdding ? change.add : [], remove: isAdding ? [] : change.remove };
  return { guid, dn, attribute: change.attribute, ...values };
}

const STOPPED: Problem = {
  code: 'run.stopped',
  summary: 'It was stopped before this was written.',
  remedy: '',
};

async function hinder(ours: Ours, record: RequestRecord, hindrance: Hindrance): Promise<Handled | 'paced'> {
  const { parts, directory, change } = ours;
  if (hindrance.kind === 'held') {
    await noteTrouble(parts, record, hindrance.problem);
    return 'paced';
  }
  if (hindrance.kind === 'refused') {
    const draft = failed(hindrance.problem);
    await recordOutcome(parts, record, { change, draft, what: hindrance.problem.code, directory });
    return { kind: 'over' };
  }
  const problem = { code: 'plan.stale', summary: hindrance.sentence, remedy: 'Look at the new plan.' };
  return finish(ours, record, { ...failed(problem), kind: 'stale' });
}

async function finish(ours: Ours, record: RequestRecord, draft: OutcomeDraft): Promise<Handled> {
  const { parts, change, directory } = ours;
  await recordOutcome(parts, record, { change, draft, what: 'outcome', directory });
  return { kind: 'over' };
}
