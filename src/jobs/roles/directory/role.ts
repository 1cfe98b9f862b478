import { isDirectoryAsk } from '../../../core/commands/ask';
import { parseCommand } from '../../../core/commands/parse';
import type { DirectoryChange, Plan } from '../../../core/delegation/plan';
import type { Handled, Job } from '../../../core/ports';
import { Fault, problemOf } from '../../../core/problem';
import { advance } from '../../../core/request/advance';
import { effectorOf } from '../../../core/request/effector';
import { paceOf, type Next } from '../../../core/request/next';
import { heldJobId, jobFor, type RequestRecord } from '../../../core/request/record';
import { stepsLeft } from '../../../core/request/settle';
import type { Person } from '../../../core/request/statement';
import { isForged } from '../forged-job';
import { applyStep } from './apply-step';
import { applyTogether } from './apply-together';
import { lookAtHands } from './look-by-hand';
import { auditEntry, noteTrouble, type DirectoryParts } from './parts';
import { deriveFresh, planRequest } from './plan-request';
import { planReversal } from './plan-reversal';
import { proveRun } from './prove-run';
import { startRun } from './start-run';

/** In these states something is asked of the directory. */
const WANTING = {
  role: 'directory',
  wanting: ['planning', 'approved', 'running', 'awaiting-hand'],
} as const;

/** How long one job goes on with a request by itself, in milliseconds; then others get their turn, and the card a new picture. */
const JOB_MS = 1_500;

/**
 * Handles a job of the role: reads from the ledger what the request needs of the directory, does that one thing, and goes on as
 * long as the directory is what it needs next: every step is in the ledger before the next one is thought of.
 */
export async function serveDirectory(parts: DirectoryParts, job: Job): Promise<Handled> {
  const first = await parts.ledger.read(job.request);
  if (!first || effectorOf(first) !== 'directory' || isForged(first, job, WANTING))
    return noteForged(parts, job, first);
  let record: RequestRecord = first;
  const { settings, clock } = parts;
  const isLook = job.id.endsWith('-look');
  const end = clock.monotonic() + JOB_MS;
  for (let next = advance(record, clock.now(), paceOf(settings)); ;) {
    // Asked before anything is done: somebody may have said stop since the job was put.
    if (next.do !== 'ask-effector' && !(isLook && next.do === 'look')) return leave(parts, record, next);
    const seen: RequestRecord = record;
    const handled = await actOrTell(parts, seen);
    if (!('now' in handled)) return handled;
    const { record: now, next: then } = await after(parts, seen, handled.now);
    record = now;
    next = then;
    const isNew = record.rev !== seen.rev;
    if (isLook && !isNew && next.do === 'look') return { kind: 'hold', until: next.at };
    if (!isNew || clock.monotonic() > end) return leave(parts, record, next);
  }
}

/** Where a request stands after one thing: what was just committed, if others are to act now, else as the ledger has it by then. */
async function after(
  { ledger, clock, settings }: DirectoryParts,
  seen: RequestRecord,
  committed: RequestRecord | null,
): Promise<{ record: RequestRecord; next: Next }> {
  const next = committed && advance(committed, clock.now(), paceOf(settings));
  if (committed && next?.do === 'hold') return { record: committed, next };
  const record = (await ledger.read(seen.id)) ?? seen;
  return { record, next: advance(record, clock.now(), paceOf(settings)) };
}

/** A job nobody had a reason to put is told in the audit and does nothing. */
async function noteForged(parts: DirectoryParts, job: Job, record: RequestRecord | null): Promise<Handled> {
  const detail = { job: job.id, role: 'directory', state: record?.state ?? null };
  await parts.ledger.note(job.request, auditEntry(parts, { what: 'job.forged', detail }));
  return { kind: 'over' };
}

/** Others are to act, or this job's time is over. What is not due by this worker's clock is asked for again when it is: never in a loop. */
async function leave(parts: DirectoryParts, record: RequestRecord, next: Next): Promise<Handled> {
  if (next.do === 'hold' && record.reverses) return { kind: 'hold', until: next.until };
  if (next.do === 'hold' && record.attempt === 1) return holdForDecision(parts, record, next.until);
  await askConduct(parts, record);
  return { kind: 'over' };
}

/** The first hold of a plan is what conduct would do next, and people wait for the card. When it is lost, the sweeper makes the next try. */
async function holdForDecision(
  { queue }: DirectoryParts,
  record: RequestRecord,
  until: number,
): Promise<Handled> {
  await queue.hold('conduct', { id: heldJobId(record), request: record.id }, until);
  await queue.put('reports', jobFor(record, 'report'));
  return { kind: 'over' };
}

/** One thing for a request; what fails for now is told and asked again by the sweeper, never in a tight loop. */
async function actOrTell(parts: DirectoryParts, record: RequestRecord): Promise<Handled | Acted> {
  try {
    const handled = await act(parts, record);
    return handled === 'paced' ? await tell(parts, record) : handled;
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    const latest = (await parts.ledger.read(record.id)) ?? record;
    if (!latest.ending) await noteTrouble(parts, latest, problemOf(error));
    return tell(parts, record);
  }
}

/** Answers a preview: the same observation, guards and derivation, and no request. */
export async function previewDelegation(parts: DirectoryParts, question: unknown) {
  const { command, by } = (question ?? {}) as { command?: unknown; by?: Person };
  const parsed = parseCommand('/hv', typeof command === 'string' ? command : '');
  if (!parsed.ok || !isDirectoryAsk(parsed.ask)) throw new Error('not a question about a delegation');
  const nobody = { enterprise: null, team: '', user: '' };
  const { planned } = await deriveFresh(parts, { ask: parsed.ask, by: by ?? nobody, record: null });
  return { verdicts: planned.verdicts, part: planned.kind === 'refused' ? null : planned.part };
}

/** One thing was done; `now`: what it has committed, when that is known. */
interface Acted {
  readonly now: RequestRecord | null;
}

const DONE: Acted = { now: null };

async function act(parts: DirectoryParts, record: RequestRecord): Promise<Handled | Acted | 'paced'> {
  if (record.ending) return DONE;
  switch (record.state) {
    case 'planning':
      return pacedOrDone(
        record.reverses ? await planReversal(parts, record) : await planRequest(parts, record),
      );
    case 'approved':
      return pacedOrDone(record.reverses ? await planReversal(parts, record) : await startRun(parts, record));
    case 'running':
    case 'awaiting-hand':
      return continueRun(parts, record);
    default:
      return DONE;
  }
}

function pacedOrDone(outcome: RequestRecord | 'paced' | null): Acted | 'paced' {
  return outcome === 'paced' ? 'paced' : { now: outcome };
}

async function continueRun(parts: DirectoryParts, record: RequestRecord): Promise<Handled | Acted | 'paced'> {
  const { plan } = record;
  if (!plan) return DONE;
  const left = stepsLeft(record, 'worker');
  if (left.length > 0) {
    if (await applyTogether(parts, record, { plan, left })) return DONE;
    const applied = await applyNext(parts, record, { plan, left });
    return applied === 'paced' || applied.kind === 'hold' ? applied : DONE;
  }
  if (stepsLeft(record, 'hand').length > 0) await lookAtHands(parts, record, plan);
  else await proveRun(parts, record, plan);
  return DONE;
}

/** Carries out the first change that can be: one that has to wait for its domain controller keeps no other object waiting. */
async function applyNext(
  parts: DirectoryParts,
  record: RequestRecord,
  { plan, left }: { plan: Plan; left: readonly DirectoryChange[] },
): Promise<Handled | 'paced'> {
  let waiting: unknown;
  for (const change of left) {
    try {
      return await applyStep(parts, record, { plan, change });
    } catch (error) {
      if (!(error instanceof Fault) || error.code !== 'directory.waits') throw error;
      waiting ??= error;
    }
  }
  throw waiting;
}

/** Lets the thread show what holds the request up. */
async function tell({ ledger, queue }: DirectoryParts, before: RequestRecord): Promise<Handled> {
  const record = (await ledger.read(before.id)) ?? before;
  await queue.put('reports', jobFor(record, 'report'));
  return { kind: 'over' };
}

async function askConduct({ ledger, queue }: DirectoryParts, before: RequestRecord): Promise<void> {
  const record = (await ledger.read(before.id)) ?? before;
  await queue.put('conduct', jobFor(record, 'conduct'));
}
