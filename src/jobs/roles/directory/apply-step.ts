import { lookAt } from '../../../core/delegation/look';
import type { DirectoryChange, Plan } from '../../../core/delegation/plan';
import type { Handled } from '../../../core/ports';
import { Fault } from '../../../core/problem';
import type { RequestRecord } from '../../../core/request/record';
import { changeKey, stepOf, withStep } from './journal';
import { commit, type DirectoryParts } from './parts';
import { recordOutcome } from './record-outcome';
import { findHindrance, noteTrouble, type Hindrance } from './start-run';
import { asPlanned, changed, failed, overtaken, takenAway, type OutcomeDraft } from './step-outcome';

/** Nobody else writes an object while its lease lives; the longest that a dead worker's object waits, in milliseconds. */
const LEASE_MS = 8_000;

/** A modify is sent only if the lease lives at least this much longer: the longest that the server's answer is waited for. */
export const SEND_DEADLINE_MS = 4_000;

/** When somebody else holds an object, the step is looked at again after this. */
const LEASE_RETRY_MS = 500;

interface Ours {
  readonly parts: DirectoryParts;
  readonly plan: Plan;
  readonly change: DirectoryChange;
  /** By this worker's monotonic clock: a pause of the whole process does not stop it. */
  readonly sendUntil: number;
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
  const lease = await parts.ledger.takeLease(`object-${change.guid}`, holder, LEASE_MS);
  if (!lease) return { kind: 'hold', until: parts.clock.now() + LEASE_RETRY_MS };
  try {
    const sendUntil = takenAt + LEASE_MS - SEND_DEADLINE_MS;
    return await applyLeased({ parts, plan, change, sendUntil }, record);
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
  const hindrance = await findHindrance(parts, record, { plan, change });
  if (hindrance) return hinder(ours, record, hindrance);
  const intended = hadIntent ? record : await intend(ours, record);
  if (!intended) return { kind: 'over' };
  const draft = (await resolve(ours, { hadIntent, isOurs })) ?? (await write(ours, record));
  return draft ? finish(ours, intended, draft) : 'paced';
}

function intend({ parts, change }: Ours, record: RequestRecord): Promise<RequestRecord | null> {
  const intent = { at: parts.clock.now(), worker: parts.worker };
  const steps = withStep(record, change, { intent });
  return commit(parts, record, {
    change: { steps },
    what: 'intent',
    detail: { object: change.dn, add: change.add, remove: change.remove },
  });
}

/** What a look says, or null when the object is as before and may be written. */
async function resolve(
  { parts, change }: Ours,
  { hadIntent, isOurs }: { hadIntent: boolean; isOurs: boolean },
): Promise<OutcomeDraft | null> {
  const object = await parts.directory.read(change.guid);
  const values = object ? object.allowedToDelegateTo : null;
  const seen = lookAt(change, values);
  if (seen === 'after') return asPlanned(change, hadIntent);
  if (seen === 'stale') return overtaken(change, values, hadIntent);
  return isOurs ? takenAway(change) : null;
}

/** One strict modify. Null: it was not sent, or its answer was lost and the object is as before. */
async function write(ours: Ours, record: RequestRecord): Promise<OutcomeDraft | null> {
  const { parts, plan, change } = ours;
  if (parts.clock.monotonic() > ours.sendUntil) return null;
  const { guid, dn, attribute, add, remove } = change;
  try {
    const answer = await parts.directory.modify({ guid, dn, attribute, add, remove });
    if (answer === 'changed') {
      parts.wrote.add(changeKey(record, plan, change));
      return changed(change);
    }
  } catch (error) {
    if (!(error instanceof Fault) || error.retry === 'later') throw error;
    if (error.retry === 'never') {
      return failed({ code: error.code, summary: error.message, remedy: error.remedy });
    }
  }
  // A conflict (20, 16) or a lost answer: only reading tells.
  return resolve(ours, { hadIntent: true, isOurs: false });
}

async function hinder(ours: Ours, record: RequestRecord, hindrance: Hindrance): Promise<Handled | 'paced'> {
  const { parts, change } = ours;
  if (hindrance.kind === 'held') {
    await noteTrouble(parts, record, hindrance.problem);
    return 'paced';
  }
  if (hindrance.kind === 'refused') {
    await recordOutcome(parts, record, {
      change,
      draft: failed(hindrance.problem),
      what: hindrance.problem.code,
    });
    return { kind: 'over' };
  }
  const problem = { code: 'plan.stale', summary: hindrance.sentence, remedy: 'Look at the new plan.' };
  return finish(ours, record, { ...failed(problem), kind: 'stale' });
}

async function finish(ours: Ours, record: RequestRecord, draft: OutcomeDraft): Promise<Handled> {
  await recordOutcome(ours.parts, record, { change: ours.change, draft, what: 'outcome' });
  return { kind: 'over' };
}
