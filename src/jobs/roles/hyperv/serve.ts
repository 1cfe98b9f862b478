import type { Handled, Job } from '../../../core/ports';
import { Fault } from '../../../core/problem';
import { advance } from '../../../core/request/advance';
import { effectorOf } from '../../../core/request/effector';
import type { RequestRecord } from '../../../core/request/record';
import { setNextHost, startHosts } from './carry-out';
import { commit, type HostEffectorParts } from './parts';
import { planHosts } from './plan-hosts';

/** How long one job goes on with a request by itself, in milliseconds; then the card gets a new picture. */
const JOB_MS = 1_500;

/** Handles a job of the role: does what the request needs of its hosts, and goes on as long as that is what it needs next. */
export async function serveHosts(parts: HostEffectorParts, job: Job): Promise<Handled> {
  const first = await parts.ledger.read(job.request);
  if (!first || effectorOf(first) !== 'hyperv' || isForged(first, job)) return noteForged(parts, job, first);
  let record: RequestRecord = first;
  const { clock, rules } = parts;
  const end = clock.monotonic() + JOB_MS;
  while (advance(record, clock.now(), rules.times).do === 'ask-directory') {
    const before: RequestRecord = record;
    await actOrTell(parts, before);
    record = (await parts.ledger.read(before.id)) ?? before;
    if (record.rev === before.rev || clock.monotonic() > end) break;
  }
  await parts.queue.put('conduct', { id: `${record.label}-v${record.rev}-conduct`, request: record.id });
  return { kind: 'over' };
}

async function actOrTell(parts: HostEffectorParts, record: RequestRecord): Promise<void> {
  try {
    await act(parts, record);
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    const latest = (await parts.ledger.read(record.id)) ?? record;
    if (latest.ending || latest.trouble?.code === error.code) return;
    const problem = { code: error.code, summary: error.message, remedy: error.remedy };
    const detail = { problem: problem.code, summary: problem.summary };
    await commit(parts, latest, { change: { trouble: problem }, what: 'trouble', detail });
  }
}

function act(parts: HostEffectorParts, record: RequestRecord): Promise<RequestRecord | null> {
  switch (record.state) {
    case 'planning':
      return planHosts(parts, record);
    case 'approved':
      return startHosts(parts, record);
    case 'running':
      return setNextHost(parts, record);
    default:
      return Promise.resolve(null);
  }
}

/** A job of another revision than any that there was, or of a state that asks nothing of hosts, was put there by nobody of ours. */
function isForged(record: RequestRecord, job: Job): boolean {
  const revision = new RegExp(`^${record.label}-v(\\d+)-(?:hyperv|look)$`).exec(job.id)?.[1];
  if (revision === undefined || Number(revision) > record.rev) return true;
  return Number(revision) === record.rev && !['planning', 'approved', 'running'].includes(record.state);
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
