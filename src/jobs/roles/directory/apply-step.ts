import type { DirectoryChange, Plan } from '../../../core/delegation/plan';
import type { Handled } from '../../../core/ports';
import type { Problem } from '../../../core/problem';
import { isStopped } from '../../../core/request/closing';
import type { RequestRecord } from '../../../core/request/record';
import { beginTemporary } from './begin-temporary';
import { findHindrance } from './hindrance';
import { holdObject } from './hold-object';
import { changeKey, stepOf, withStep } from './journal';
import type { Hindrance } from '../setbacks';
import { auditEntry, noteTrouble, type DirectoryParts } from './parts';
import { recordOutcome } from './record-outcome';
import { failed, type OutcomeDraft } from './step-outcome';
import { intentOf, resolve, writeStep, type HeldStep } from './write-step';
import { onWriter, waits } from './writer';

/** When somebody else holds an object, the step is looked at again after this, in milliseconds. */
const HOLD_RETRY_MS = 500;

interface Ours extends HeldStep {
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
  const hold = await holdObject(parts, record, change);
  if (!hold) return { kind: 'hold', until: parts.clock.now() + HOLD_RETRY_MS };
  try {
    const { intent } = stepOf(record, change);
    const { guid, name } = change;
    // Once it is intended at one place, the same try goes on nowhere else.
    let begunAt: string | null = null;
    const begin = (server: string): void => {
      begunAt = server;
    };
    return await onWriter(parts, [{ guid, name, intent }], async (directory) => {
      if (begunAt !== null) throw waits([{ name, server: begunAt }]);
      return applyLeased({ parts, directory, plan, change, hold, begin }, record);
    });
  } finally {
    await hold.release();
  }
}

/**
 * First what may have been written already is resolved by reading, whatever the approval is worth by now; only then is anything judged,
 * intended and written.
 */
async function applyLeased(ours: Ours, record: RequestRecord): Promise<Handled | 'paced'> {
  const { parts, plan, change } = ours;
  const { intent } = stepOf(record, change);
  const hadIntent = intent !== null;
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
  // What another worker has begun is begun anew: it may still be there, and must not take its intent back under our write.
  const intended = intent?.worker === parts.worker ? record : await intend(ours, record);
  if (!intended) return { kind: 'over' };
  const draft = await writeStep(ours, intended, hadIntent);
  return typeof draft === 'string' ? 'paced' : finish(ours, intended, draft);
}

/** Null: somebody else was first, who may have said stop. */
async function intend(ours: Ours, record: RequestRecord): Promise<RequestRecord | null> {
  const { parts, plan, change } = ours;
  ours.begin(ours.directory.server);
  const until = await beginTemporary(parts, record, plan);
  const { intent, entry } = intentOf(ours);
  return parts.ledger.commit(record, { steps: withStep(record, change, { intent }), until }, entry);
}

/** There is no intent, since nothing is written, but the time begins. Null: somebody else was first. */
async function keepForTime({ parts, plan }: Ours, record: RequestRecord): Promise<RequestRecord | null> {
  const until = await beginTemporary(parts, record, plan);
  if (until === record.until) return record;
  return parts.ledger.commit(record, { until }, auditEntry(parts, { what: 'kept', detail: { until } }));
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
