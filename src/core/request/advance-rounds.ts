import { hasMoved, isLeftByChoice, isUnderWay } from '../moves/move-step';
import type { Round } from '../moves/round';
import { presentRound, runOn } from '../moves/rounds';
import type { Problem } from '../problem';
import { isGivenUp, lastEnd, LOOK_MS } from './advance-moves';
import { isStopped } from './closing';
import { unheardWord } from './move-word';
import type { Next, Pace } from './next';
import type { RequestRecord } from './record';
import { firstProblem } from './settle';
import { fromOf, movesClosedAt } from './window';

/**
 * What is next of hosts that are emptied, opened and filled again, round after round. The first round that does not come to its end ends the
 * request: the hosts after it are not begun, since their machines may find no room.
 */
export function advanceRounds(record: RequestRecord, now: number, pace: Pace): Next {
  const soon: Next = { do: 'look', at: now + pace.moveLookSeconds * 1_000 };
  if (record.moves.some(isUnderWay)) return soon;
  const round = presentRound(record);
  if (!round) return { do: 'end', state: 'done', problem: null };
  const act: Next = record.trouble ? soon : { do: 'ask-effector' };
  const closed = movesClosedAt(record, now, pace);
  if (closed === null && unheardWord(record)) return { do: 'ask-effector' };
  if (closed === null && hasMovesLeft(record)) return isHeldUp(record) ? soon : act;
  return LEGS[round.leg](record, { round, now, closed, pace, act });
}

/** A round beside its moves, and since when no move may begin any more. */
interface Leg {
  readonly round: Round;
  readonly now: number;
  readonly closed: number | null;
  readonly pace: Pace;
  /** The worker's turn, at once or, where something keeps it, a little later. */
  readonly act: Next;
}

const LEGS: Readonly<Record<Round['leg'], (record: RequestRecord, leg: Leg) => Next>> = {
  next(record, { round, now, closed, pace, act }) {
    const from = fromOf(record, pace);
    // The moves are still the way back of the round before: what came home otherwise than it left may be its new Windows' doing.
    const ill = firstProblem(record.moves);
    if (ill) return endAt(record, ill);
    if (closed !== null) return endAt(record, notBegun(round));
    return from !== null && now < from ? { do: 'look', at: from } : act;
  },
  away(record, { round, now, closed, act }) {
    const since = Math.max(lastEnd(record.moves), round.begunAt ?? 0, closed ?? 0);
    const isSeen = record.remaining !== null || now - since >= LOOK_MS;
    return isSeen ? endAt(record, notEmpty(record, round)) : act;
  },
  service: (record, { round, now, closed, pace }) =>
    closed === null ? { do: 'look', at: now + pace.lookSeconds * 1_000 } : endAt(record, notBack(round)),
  back: (record, { round, act }) =>
    record.moves.every((step) => hasMoved(step) || isLeftByChoice(step))
      ? act
      : endAt(record, notReturned(round)),
  over: (_, { act }) => act,
};

/** Whether a move of the present round may still begin. */
function hasMovesLeft({ moves }: RequestRecord): boolean {
  return !isGivenUp(moves) && moves.some(({ outcome }) => outcome === null);
}

function isHeldUp({ moves, trouble }: RequestRecord): boolean {
  return trouble !== null || moves.some(({ waitingSince, outcome }) => waitingSince !== null && !outcome);
}

/** What a move says of its failure tells more than that the round was not ended; that one has arrived unwell ended nothing. */
function endAt(record: RequestRecord, problem: Problem): Next {
  const { moves, rounds } = record;
  const first = firstProblem(moves.filter((step) => !hasMoved(step)));
  if (moves.some(({ outcome }) => outcome?.kind === 'stuck')) {
    return { do: 'end', state: 'stuck', problem: first ?? problem };
  }
  if (isStopped(record)) return { do: 'end', state: 'stopped', problem: null };
  const hasMovedAny = moves.some(hasMoved) || rounds.some(({ away }) => away > 0);
  return { do: 'end', state: hasMovedAny ? 'partial' : 'failed', problem: first ?? problem };
}

function notBegun({ hosts }: Round): Problem {
  return {
    code: 'round.not-begun',
    summary: `The time of the approval was over before ${hosts.join(', ')} could be emptied.`,
    remedy: 'Ask again for what is missing.',
  };
}

function notEmpty({ remaining }: RequestRecord, { hosts }: Round): Problem {
  const left = (remaining ?? []).filter(({ machines }) => machines.length > 0);
  const why =
    left.length > 0
      ? left.map(({ host, machines }) => `${host} still has ${machines.join(', ')}`).join('; ')
      : `nobody has seen that ${hosts.join(', ')} is empty`;
  return {
    code: 'round.not-empty',
    summary: `It stops here: ${why}. That is not safe to service, and no further host was begun.`,
    remedy: 'Move or end by hand what is left there, or ask to bring back what was moved.',
  };
}

function notBack({ hosts, away }: Round): Problem {
  return {
    code: 'round.not-back',
    summary: `${hosts.join(', ')} was not back before the time of the approval was over. ${runOn(away)}.`,
    remedy: hosts.map((host) => `When it is back: /hv return ${host}.`).join(' '),
  };
}

function notReturned({ hosts }: Round): Problem {
  return {
    code: 'round.not-returned',
    summary: `Not every machine has returned to ${hosts.join(', ')}, so no further host was begun.`,
    remedy: hosts.map((host) => `Ask again for the rest: /hv return ${host}.`).join(' '),
  };
}
