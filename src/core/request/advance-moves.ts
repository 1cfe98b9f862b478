import { hasMoved, isLeftByChoice, isUnderWay, type MoveStep } from '../moves/move-step';
import { wasUnwanted } from '../moves/making-room';
import type { Problem } from '../problem';
import { isStopped } from './closing';
import { unheardWord } from './move-word';
import type { Next, Pace } from './next';
import type { RequestRecord } from './record';
import { firstProblem } from './settle';
import { fromOf, movesClosedAt } from './window';

/** How long the last look at emptied hosts is tried, in milliseconds. */
export const LOOK_MS = 600_000;

/** Whether a request moves machines. */
export function isAboutMoves({ plan }: Pick<RequestRecord, 'plan'>): boolean {
  return (plan?.hosts.envelope ?? null) !== null;
}

/**
 * What is next of a run that moves machines. What was begun is followed to its end, however late and whatever was said since: Windows goes on
 * with it by itself. One look serves all that is under way.
 */
export function advanceMoves(record: RequestRecord, now: number, pace: Pace): Next {
  const { moves } = record;
  const look: Next = { do: 'look', at: now + pace.moveLookSeconds * 1_000 };
  if (moves.some(isUnderWay)) return look;
  const left = isGivenUp(moves) ? [] : moves.filter(({ outcome }) => outcome === null);
  const next = movesClosedAt(record, now, pace) === null ? goOn(record, now, { pace, left, look }) : null;
  if (next) return next;
  // Nobody says that a host is safe to service who has not looked.
  if (isDrain(record) && record.remaining === null && now - lastEnd(moves) < LOOK_MS) {
    return record.trouble ? look : { do: 'ask-effector' };
  }
  const isCut = left.length > 0 || moves.some(isCutShort);
  return isCut && isStopped(record) ? { do: 'end', state: 'stopped', problem: null } : settle(moves);
}

/** Whether a machine was not moved though it should have been: there was no time for it, or somebody said stop. */
function isCutShort(step: MoveStep): boolean {
  return step.outcome?.kind === 'left' && !isLeftRightly(step);
}

/** Whether a machine was left because somebody chose that, or because nobody needed its room any more. */
function isLeftRightly(step: MoveStep): boolean {
  return isLeftByChoice(step) || wasUnwanted(step);
}

/** What is next as long as moves may begin; null: none is left, and nobody has said a word about those that are over. */
function goOn(
  record: RequestRecord,
  now: number,
  { pace, left, look }: { pace: Pace; left: readonly MoveStep[]; look: Next },
): Next | null {
  if (unheardWord(record)) return { do: 'ask-effector' };
  if (left.length === 0) return null;
  const from = fromOf(record, pace);
  if (from !== null && now < from) return { do: 'look', at: from };
  return left.some(isWaiting) || record.trouble ? look : { do: 'ask-effector' };
}

/** Whether hosts are to be empty at the end of it. */
export function isDrain({ intake }: Pick<RequestRecord, 'intake'>): boolean {
  return intake.statement.command.startsWith('drain ');
}

/** When the last of them ended, in milliseconds since 1970; 0: none has. */
export function lastEnd(moves: readonly MoveStep[]): number {
  return Math.max(0, ...moves.map(({ outcome }) => outcome?.at ?? 0));
}

function isWaiting({ waitingSince }: MoveStep): boolean {
  return waitingSince !== null;
}

/** So many moves that fail one after the other end a request: what is wrong is no single machine's. */
const MOST_FAILURES = 3;

/** Whether no further move is begun because too many have failed in a row. */
export function isGivenUp(moves: readonly MoveStep[]): boolean {
  const ended = moves.flatMap(({ outcome }) => outcome ?? []).toSorted((a, b) => a.at - b.at);
  const last = ended.slice(-MOST_FAILURES);
  return last.length === MOST_FAILURES && last.every(({ kind }) => kind === 'failed');
}

function settle(moves: readonly MoveStep[]): Next {
  const kinds = moves.map(({ outcome }) => outcome?.kind ?? 'left');
  // What nobody needed has kept nothing.
  const problem = firstProblem(moves.filter((step) => !wasUnwanted(step)));
  if (kinds.includes('stuck')) return { do: 'end', state: 'stuck', problem };
  if (moves.every((step) => hasMoved(step) || isLeftRightly(step)))
    return { do: 'end', state: 'done', problem: null };
  const state = kinds.includes('moved') ? 'partial' : 'failed';
  return { do: 'end', state, problem: problem ?? outOfTime() };
}

function outOfTime(): Problem {
  return {
    code: 'run.out-of-time',
    summary: 'The time in which the approval allowed moves to begin is over.',
    remedy: 'Ask again for what is missing.',
  };
}
