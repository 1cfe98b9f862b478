import type { Problem } from '../problem';
import { advanceHosts, hasSettings, isAboutHosts } from './advance-hosts';
import { advanceMoves, isAboutMoves } from './advance-moves';
import { advanceReversal } from './advance-reversal';
import { advanceRounds } from './advance-rounds';
import { closedAt, isStopped, lastMoment } from './closing';
import { effectorOf, type Effector } from './effector';
import { awaitProof, LAST_LOOK_MS, MAX_REPLANS, type Next, type Pace } from './next';
import type { RequestRecord } from './record';
import { isAsPlanned, isUnresolved, settleRun, stepsLeft } from './settle';

/** How long planning may go without an answer from the directory, in milliseconds. */
export const PLANNING_PATIENCE_MS = 120_000;

/** The same of hosts: there may be one Windows worker alone; the card says since when none is there. */
export const HOSTS_PATIENCE_MS = 8 * 3_600_000;

/**
 * Looks at a request and says what is next. Nothing else orchestrates: a worker does this one thing, records it by
 * compare-and-set and asks again, so a crash at any place is healed by asking again. `now` in milliseconds since 1970.
 */
export function advance(record: RequestRecord, now: number, pace: Pace): Next {
  if (record.ending) return { do: 'nothing' };
  if (record.reverses) return advanceReversal(record, now, pace);
  switch (record.state) {
    case 'planning':
      return askUntil(record.since + patienceOf(record), now, record.trouble ?? noAnswer(effectorOf(record)));
    case 'waiting':
      return advanceWaiting(record.plan?.decideBy ?? 0, now);
    case 'approved':
      return advanceApproved(record, now);
    case 'running':
    case 'awaiting-hand':
      return advanceRun(record, now, pace);
    case 'stale':
      return advanceStale(record);
    default:
      // An end state without an ending is a record that somebody edited: it is closed, nothing is carried out.
      return { do: 'end', state: record.state, problem: null };
  }
}

function askUntil(last: number, now: number, problem: Problem): Next {
  return now > last ? { do: 'end', state: 'failed', problem } : { do: 'ask-effector' };
}

function advanceApproved(record: RequestRecord, now: number): Next {
  if (isStopped(record)) return { do: 'end', state: 'stopped', problem: null };
  return askUntil(lastMoment(record, 'startBy'), now, record.trouble ?? notStarted(effectorOf(record)));
}

function advanceStale(record: RequestRecord): Next {
  // Plans that somebody’s choice has made do not count.
  return record.passed.filter(({ state }) => state === 'stale').length > MAX_REPLANS
    ? { do: 'end', state: 'stale', problem: neverStill(effectorOf(record)) }
    : { do: 'replan' };
}

function advanceWaiting(decideBy: number, now: number): Next {
  return now >= decideBy ? { do: 'end', state: 'expired', problem: null } : { do: 'hold', until: decideBy };
}

function advanceRun(record: RequestRecord, now: number, pace: Pace): Next {
  // A step that was begun is resolved by reading, however late, and whatever journal of hosts or moves somebody has put beside it.
  if (record.steps.some(isUnresolved)) return { do: 'ask-effector' };
  // A plan of settings alone has no steps: whoever has forged one has them resolved first.
  if (isAboutHosts(record) && record.steps.length === 0) return advanceHosts(record, now, pace);
  if (!isAboutMoves(record)) return advanceSteps(record, now, pace);
  if (record.rounds.length > 0) return advanceRounds(record, now, pace);
  return record.moves.length > 0 ? advanceMoves(record, now, pace) : advanceFirst(record, now, pace);
}

/**
 * What moves need comes first: the directory, then settings of hosts. What is not as planned there ends the request before anything is moved. Settings
 * have no journal before all of the directory is there, nor moves before both.
 */
function advanceFirst(record: RequestRecord, now: number, pace: Pace): Next {
  const isSetting = record.hostSteps.length > 0;
  const isWriting = !isSetting && record.steps.length > 0;
  const next = isSetting
    ? advanceHosts(record, now, pace)
    : isWriting
      ? advanceSteps(record, now, pace)
      : DONE;
  if (next.do !== 'end' || next.state !== 'done') return next;
  if (isStopped(record)) return { do: 'end', state: 'stopped', problem: null };
  if (closedAt(record, now) !== null) return { do: 'end', state: 'failed', problem: outOfTime() };
  if (hasSettings(record) && !isSetting) return { do: 'begin-settings' };
  // Nobody approves a plan that moves nothing: somebody has emptied it.
  return (record.plan?.forecast?.moves.length ?? 0) > 0
    ? { do: 'begin-moves' }
    : { do: 'end', state: 'failed', problem: nothingForeseen() };
}

const DONE: Next = { do: 'end', state: 'done', problem: null };

function advanceSteps(record: RequestRecord, now: number, pace: Pace): Next {
  const isOver = record.steps.every((step) => step.outcome);
  if (isOver && record.steps.every(isAsPlanned)) return awaitProof(record, now, pace);
  const closed = closedAt(record, now);
  if (closed !== null) return close(record, now, closed);
  if (!isOver && stepsLeft(record, 'worker').length > 0) return { do: 'ask-effector' };
  const isGoingWell = record.steps.every((step) => !step.outcome || isAsPlanned(step));
  if (!isOver && isGoingWell) {
    return record.state === 'awaiting-hand'
      ? { do: 'look', at: now + pace.lookSeconds * 1000 }
      : { do: 'await-hand' };
  }
  return settle(record);
}

/** Nothing begins any more. What is a person's is looked at once more: it may be done, or done in part, since the last look. */
function close(record: RequestRecord, now: number, closed: number): Next {
  if (stepsLeft(record, 'hand').length > 0 && now - closed < LAST_LOOK_MS) return { do: 'ask-effector' };
  return isStopped(record) ? { do: 'end', state: 'stopped', problem: null } : settle(record);
}

function settle(record: RequestRecord): Next {
  const settled = settleRun(record);
  if (settled.state === 'stale') return { do: 'turn-stale' };
  return { do: 'end', state: settled.state, problem: settled.problem ?? outOfTime() };
}

function patienceOf(record: RequestRecord): number {
  return effectorOf(record) === 'hyperv' ? HOSTS_PATIENCE_MS : PLANNING_PATIENCE_MS;
}

function noAnswer(role: Effector): Problem {
  return {
    code: 'plan.no-answer',
    summary: `No ${role} worker answered within ${role === 'hyperv' ? 'eight hours' : 'two minutes'}.`,
    remedy: `Check that the worker with the role ${role} runs and reaches Redis, then ask again.`,
  };
}

function notStarted(role: Effector): Problem {
  return {
    code: 'decision.not-started',
    summary: 'The plan was approved, but no worker began in the time that the approval allows.',
    remedy: `Check that the worker with the role ${role} runs, then ask again.`,
  };
}

function neverStill(role: Effector): Problem {
  const [what, who] =
    role === 'hyperv' ? ['A host', 'sets these hosts'] : ['The directory', 'edits these objects'];
  return {
    code: 'plan.never-still',
    summary: `${what} changed each time between plan and approval, four plans in a row.`,
    remedy: `Find out who else ${who}, then ask again.`,
  };
}

function outOfTime(): Problem {
  return {
    code: 'run.out-of-time',
    summary: 'The time in which the approval allowed changes is over.',
    remedy: 'Ask again for what is missing.',
  };
}

function nothingForeseen(): Problem {
  return {
    code: 'plan.altered',
    summary: 'The plan in the ledger allows moves, and names none.',
    remedy: 'Somebody may have written to Redis: look at the audit, then ask again.',
  };
}
