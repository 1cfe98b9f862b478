import type { Handled, Job } from '../../../core/ports';
import { Fault, problemOf } from '../../../core/problem';
import { advance } from '../../../core/request/advance';
import { effectorOf } from '../../../core/request/effector';
import { hostsLeft } from '../../../core/request/host-effect';
import { paceOf, type Next } from '../../../core/request/next';
import { jobFor, type RequestRecord } from '../../../core/request/record';
import { isUnresolved } from '../../../core/request/settle';
import { isForged } from '../forged-job';
import { isAboutMoves } from '../../../core/request/advance-moves';
import { setNextHost, startHosts } from './carry-out';
import { lookAtHands } from './look-by-hand';
import { driveMoves } from './moves/drive-moves';
import { startMoves } from './moves/start-moves';
import { noteTrouble, type HostEffectorParts } from './parts';
import { planHosts } from './plan-hosts';

/** How long one job goes on with a request by itself, in milliseconds; then the card gets a new picture. */
const JOB_MS = 1_500;

/** How soon a report of progress is wanted, in milliseconds. */
const SOON_MS = 300;

/** In these states something is asked of hosts. */
const WANTING = { role: 'hyperv', wanting: ['planning', 'approved', 'running', 'awaiting-hand'] } as const;

/**
 * Handles a job of the role: does what the request needs of its hosts, and goes on as long as that is what it needs next. A look at moves that go on
 * asks for the next one by itself.
 */
export async function serveHosts(parts: HostEffectorParts, job: Job): Promise<Handled> {
  const first = await parts.ledger.read(job.request);
  if (!first || effectorOf(first) !== 'hyperv' || isForged(first, job, WANTING))
    return noteForged(parts, job, first);
  let record: RequestRecord = first;
  const { clock, rules } = parts;
  const end = clock.monotonic() + JOB_MS;
  const isLook = job.id.endsWith('-look');
  const isWanted = (next: Next): boolean => next.do === 'ask-effector' || (isLook && next.do === 'look');
  for (let next = advance(record, clock.now(), paceOf(rules)); isWanted(next);) {
    const before: RequestRecord = record;
    await actOrTell(parts, before);
    record = (await parts.ledger.read(before.id)) ?? before;
    next = advance(record, clock.now(), paceOf(rules));
    if (isLook && next.do === 'look' && record.rev === before.rev) {
      await tellProgress(parts, record);
      // Each revision has a look of its own: one that went on beyond its revision would be one more for each transition.
      if (job.id === jobFor(record, 'look').id) return { kind: 'hold', until: next.at };
      break;
    }
    // Asked again by the sweeper, never in a tight loop.
    if (record.rev === before.rev && next.do === 'ask-effector') return { kind: 'over' };
    if (record.rev === before.rev || clock.monotonic() > end) break;
  }
  await parts.queue.put('conduct', jobFor(record, 'conduct'));
  return { kind: 'over' };
}

/** How far moves are is no transition, and people watch it. */
async function tellProgress(
  { queue, clock }: HostEffectorParts,
  { id, label }: RequestRecord,
): Promise<void> {
  await queue
    .hold('reports', { id: `${label}-soon-report`, request: id }, clock.now() + SOON_MS)
    .catch(() => undefined);
}

async function actOrTell(parts: HostEffectorParts, record: RequestRecord): Promise<void> {
  try {
    await act(parts, record);
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    const latest = (await parts.ledger.read(record.id)) ?? record;
    if (!latest.ending) await noteTrouble(parts, latest, problemOf(error));
  }
}

function act(parts: HostEffectorParts, record: RequestRecord): Promise<RequestRecord | null> {
  switch (record.state) {
    case 'planning':
      return planHosts(parts, record);
    case 'approved':
      return isAboutMoves(record) ? startMoves(parts, record) : startHosts(parts, record);
    case 'running':
    case 'awaiting-hand':
      return continueRun(parts, record);
    default:
      return Promise.resolve(null);
  }
}

function continueRun(parts: HostEffectorParts, record: RequestRecord): Promise<RequestRecord | null> {
  if (isAboutMoves(record)) {
    const isBegun = record.moves.length + record.rounds.length > 0;
    return isBegun ? driveMoves(parts, record) : setNextHost(parts, record);
  }
  return hasToSet(record) ? setNextHost(parts, record) : lookAtHands(parts, record);
}

/** Whether something is this worker's to set, or to find out about. */
function hasToSet(record: RequestRecord): boolean {
  const isUnknown = record.hostSteps.some(isUnresolved);
  return isUnknown || hostsLeft(record, 'worker').length > 0;
}

async function noteForged(
  { ledger, clock, worker }: HostEffectorParts,
  job: Job,
  record: RequestRecord | null,
): Promise<Handled> {
  const detail = { job: job.id, role: 'hyperv', state: record?.state ?? null };
  await ledger.note(job.request, { what: 'job.forged', who: `hyperv/${worker}`, at: clock.now(), detail });
  return { kind: 'over' };
}
