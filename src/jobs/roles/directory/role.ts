import { isChange } from '../../../core/commands/ask';
import { parseCommand } from '../../../core/commands/parse';
import type { Handled, Job } from '../../../core/ports';
import { Fault } from '../../../core/problem';
import type { RequestRecord } from '../../../core/request/record';
import { applyStep } from './apply-step';
import { stepOf } from './journal';
import { auditEntry, type DirectoryParts } from './parts';
import { deriveFresh, planRequest } from './plan-request';
import { proveRun } from './prove-run';
import { noteTrouble, startRun } from './start-run';

/** Handles a job of the role: reads from the ledger what the request needs of the directory, and does that one thing. */
export async function serveDirectory(parts: DirectoryParts, job: Job): Promise<Handled> {
  const record = await parts.ledger.read(job.request);
  if (!record || isForged(record, job)) {
    const detail = { job: job.id, role: 'directory', state: record?.state ?? null };
    await parts.ledger.note(job.request, auditEntry(parts, { what: 'job.forged', detail }));
    return { kind: 'over' };
  }
  try {
    const handled = await act(parts, record);
    if (handled === 'paced') return await tell(parts, record);
    if (handled.kind === 'hold') return handled;
  } catch (error) {
    if (!(error instanceof Fault)) throw error;
    // Asked again by the sweeper, not at once: a server that is busy must not be asked in a tight loop.
    const problem = { code: error.code, summary: error.message, remedy: error.remedy };
    const latest = (await parts.ledger.read(record.id)) ?? record;
    if (!latest.ending) await noteTrouble(parts, latest, problem);
    return tell(parts, record);
  }
  await askConduct(parts, record);
  return { kind: 'over' };
}

/** Answers a preview: the same observation, guards and derivation, and no request. */
export async function previewDelegation(parts: DirectoryParts, question: unknown) {
  const command = (question as { command?: unknown } | null)?.command;
  const parsed = parseCommand('/hv', typeof command === 'string' ? command : '');
  if (!parsed.ok || !isChange(parsed.ask)) throw new Error('not a question about a delegation');
  const { kind, verdicts, part } = await deriveFresh(parts, parsed.ask);
  return { verdicts, part: kind === 'refused' ? null : part };
}

async function act(parts: DirectoryParts, record: RequestRecord): Promise<Handled | 'paced'> {
  if (record.ending) return { kind: 'over' };
  if (record.state === 'planning') await planRequest(parts, record);
  if (record.state === 'approved' && (await startRun(parts, record)) === 'paced') return 'paced';
  return record.state === 'running' ? continueRun(parts, record) : { kind: 'over' };
}

async function continueRun(parts: DirectoryParts, record: RequestRecord): Promise<Handled | 'paced'> {
  const { plan } = record;
  if (!plan) return { kind: 'over' };
  const change = plan.directory.changes.find((each) => !stepOf(record, each).outcome);
  if (change) return applyStep(parts, record, { plan, change });
  await proveRun(parts, record, plan);
  return { kind: 'over' };
}

/**
 * Jobs come at least once, so a late one of an earlier revision is no news. A job of the present revision in a state
 * that asks nothing of the directory was put there by nobody of ours.
 */
function isForged(record: RequestRecord, job: Job): boolean {
  const revision = new RegExp(`^${record.label}-v(\\d+)-directory$`).exec(job.id)?.[1];
  if (revision === undefined || Number(revision) > record.rev) return true;
  const wantsDirectory = ['planning', 'approved', 'running'].includes(record.state);
  return Number(revision) === record.rev && !wantsDirectory;
}

/** Lets the thread show what holds the request up. */
async function tell({ ledger, queue }: DirectoryParts, before: RequestRecord): Promise<Handled> {
  const record = (await ledger.read(before.id)) ?? before;
  await queue.put('reports', { id: `${record.label}-v${record.rev}-report`, request: record.id });
  return { kind: 'over' };
}

async function askConduct({ ledger, queue }: DirectoryParts, before: RequestRecord): Promise<void> {
  const record = (await ledger.read(before.id)) ?? before;
  await queue.put('conduct', { id: `${record.label}-v${record.rev}-conduct`, request: record.id });
}
