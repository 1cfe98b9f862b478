import type { Problem } from '../problem';
import type { RequestRecord } from './record';
import { settleRun } from './settle';
import type { State } from './states';

/** How long planning may go without an answer from the directory, in milliseconds. */
export const PLANNING_PATIENCE_MS = 120_000;

/** How long reading back is tried after the last outcome, in milliseconds; then the result is reported as not proved. */
const PROOF_PATIENCE_MS = 600_000;

/** How many times a request may be planned again because the world had changed. */
export const MAX_REPLANS = 3;

/** The one next thing to do for a request. `ask-directory` covers planning, starting, applying and proving: the effector reads which. */
export type Next =
  | { readonly do: 'nothing' }
  | { readonly do: 'ask-directory' }
  | { readonly do: 'hold'; readonly until: number }
  | { readonly do: 'turn-stale' }
  | { readonly do: 'replan' }
  | { readonly do: 'end'; readonly state: State; readonly problem: Problem | null };

/**
 * Looks at a request and says what is next. Nothing else orchestrates: a worker does this one thing, records it by
 * compare-and-set and asks again, so a crash at any place is healed by asking again. `now` in milliseconds since 1970.
 */
export function advance(record: RequestRecord, now: number): Next {
  if (record.ending) return { do: 'nothing' };
  switch (record.state) {
    case 'planning':
      return askUntil(record.since + PLANNING_PATIENCE_MS, now, record.trouble ?? noAnswer());
    case 'waiting':
      return advanceWaiting(record.plan?.decideBy ?? 0, now);
    case 'approved':
      return askUntil(lastMoment(record, 'startBy'), now, record.trouble ?? notStarted());
    case 'running':
      return advanceRun(record, now);
    case 'stale':
      return (record.plan?.number ?? 0) > MAX_REPLANS
        ? { do: 'end', state: 'stale', problem: neverStill() }
        : { do: 'replan' };
    default:
      // An end state without an ending is a record that somebody edited: it is closed, nothing is carried out.
      return { do: 'end', state: record.state, problem: null };
  }
}

function askUntil(last: number, now: number, problem: Problem): Next {
  return now > last ? { do: 'end', state: 'failed', problem } : { do: 'ask-directory' };
}

function advanceWaiting(decideBy: number, now: number): Next {
  return now >= decideBy ? { do: 'end', state: 'expired', problem: null } : { do: 'hold', until: decideBy };
}

function advanceRun(record: RequestRecord, now: number): Next {
  const isOver = record.steps.every((step) => step.outcome);
  // A step that was begun is resolved by reading, however late: what it did must be known before anything is said.
  const isUnresolved = record.steps.some((step) => step.intent && !step.outcome);
  if (!isOver && (isUnresolved || now <= lastMoment(record, 'endBy'))) return { do: 'ask-directory' };
  const settled = settleRun(record);
  const lastOutcome = Math.max(0, ...record.steps.map((step) => step.outcome?.at ?? 0));
  const mayProve = lastOutcome === 0 || now - lastOutcome < PROOF_PATIENCE_MS;
  if (settled.state === 'done' && !record.proof && mayProve) return { do: 'ask-directory' };
  if (settled.state === 'stale') return { do: 'turn-stale' };
  if (settled.state === 'done') return { do: 'end', ...settled };
  return { do: 'end', state: settled.state, problem: settled.problem ?? outOfTime() };
}

function lastMoment(record: RequestRecord, limit: 'startBy' | 'endBy'): number {
  const times = record.decisions
    .filter((signed) => signed.statement.plan === record.plan?.number)
    .map((signed) => signed.statement[limit]);
  // The decision that completes the quorum starts the clock; the earliest ends it.
  if (times.length === 0) return 0;
  return limit === 'startBy' ? Math.max(...times) : Math.min(...times);
}

function noAnswer(): Problem {
  return {
    code: 'plan.no-answer',
    summary: 'No directory worker answered within two minutes.',
    remedy: 'Check that the worker with the role directory runs and reaches Redis, then ask again.',
  };
}

function notStarted(): Problem {
  return {
    code: 'decision.not-started',
    summary: 'The plan was approved, but no worker began in the time that the approval allows.',
    remedy: 'Check that the worker with the role directory runs, then ask again.',
  };
}

function neverStill(): Problem {
  return {
    code: 'plan.never-still',
    summary: 'The directory changed each time between plan and approval, four plans in a row.',
    remedy: 'Find out who else edits these objects, then ask again.',
  };
}

function outOfTime(): Problem {
  return {
    code: 'run.out-of-time',
    summary: 'The time in which the approval allowed changes is over.',
    remedy: 'Ask again for what is missing.',
  };
}
