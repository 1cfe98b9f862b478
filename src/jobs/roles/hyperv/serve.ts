import type { Handled, Job } from '../../../core/ports';
import { Fault, problemOf } from '../../../core/problem';
import { advance } from '../../../core/request/advance';
import { effectorOf } from '../../../core/request/effector';
import { hostsLeft } from '../../../core/request/host-effect';
import { jobFor, type RequestRecord } from '../../../core/request/record';
import { isForged } from '../forged-job';
import { setNextHost, startHosts } from './carry-out';
import { lookAtHands } from './look-by-hand';
import { noteTrouble, type HostEffectorParts } from './parts';
import { planHosts } from './plan-hosts';

/** How long one job goes on with a request by itself, in milliseconds; then the card gets a new picture. */
const JOB_MS = 1_500;

/** In these states something is asked of hosts. */
const WANTING = { role: 'hyperv', wanting: ['planning', 'approved', 'running', 'awaiting-hand'] } as const;

/** Handles a job of the role: does what the request needs of its hosts, and goes on as long as that is what it needs next. */
export async function serveHosts(parts: HostEffectorParts, job: Job): Promise<Handled> {
  const first = await parts.ledger.read(job.request);
  if (!first || effectorOf(first) !== 'hyperv' || isForged(first, job, WANTING))
    return noteForged(parts, job, first);
  let record: RequestRecord = first;
  const { clock, rules } = parts;
  const end = clock.monotonic() + JOB_MS;
  const isLook = job.id.endsWith('-look');
  for (let next = advance(record, clock.now(), rules.times); ;) {
    // Asked before anything is done: somebody may have said stop since the job was put.
    if (next.do !== 'ask-directory' && !(isLook && next.do === 'look')) break;
    const before: RequestRecord = record;
    await actOrTell(parts, before);
    record = (await parts.ledger.read(before.id)) ?? before;
    next = advance(record, clock.now(), rules.times);
    const isNew = record.rev !== before.rev;
    if (isLook && !isNew && next.do === 'look') return { kind: 'hold', until: next.at };
    if (!isNew || clock.monotonic() > end) break;
  }
  await parts.queue.put('conduct', jobFor(record, 'conduct'));
  return { kind: 'over' };
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
      return startHosts(parts, record);
    case 'running':
    case 'awaiting-hand':
      return hasToSet(record) ? setNextHost(parts, record) : lookAtHands(parts, record);
    default:
      return Promise.resolve(null);
  }
}

/** Whether something is this worker's to set, or to find out about. */
function hasToSet(record: RequestRecord): boolean {
  const isUnknown = record.hostSteps.some(({ intent, outcome }) => intent && !outcome);
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
