import { hasMoved, isMoving, type MoveStep } from '../../core/moves/move-step';
import type { RequestRecord } from '../../core/request/record';
import { stuckLines, unmovedLines } from '../cards/moves/unmoved-lines';
import { folded, plain, type Message } from '../cards/message';
import { clip, inert } from '../cards/text';
import type { Wanted } from './wanted';

/** Fewer machines than these have no half that anybody waits for. */
const LEAST_FOR_HALF = 4;

/** So many failures get a reply each; the card and the outcome have all of them. */
const MOST_FAILURES = 5;

/**
 * Replies on the way of a request that moves several machines: each failure with its diagnosis, as soon as it is known, and that half of them have
 * moved. Each says what stays true, since a reply that changed would be edited without end. At the end the outcome tells all of it.
 */
export function milestones(record: RequestRecord): readonly Wanted[] {
  const { moves, rounds, ending, label } = record;
  // Of what is over, or is about to be, the outcome tells.
  if (ending || moves.length < 2 || !moves.some(isOpen)) return [];
  const failed = moves.filter(({ outcome }) => outcome?.kind === 'failed' || outcome?.kind === 'stuck');
  const half = Math.ceil(moves.length / 2);
  // Rounds have replies of their own.
  const isHalf =
    rounds.length === 0 && moves.length >= LEAST_FOR_HALF && moves.filter(hasMoved).length >= half;
  return [
    ...failed.slice(0, MOST_FAILURES).map((step) => ({
      key: `move-failed-${step.machine}`,
      message: note([`${label}, on its way:`, ...stuckLines([step]), ...unmovedLines([step])].join('\n')),
    })),
    ...(isHalf
      ? [
          {
            key: 'half',
            message: note(`◐ ${label}: half of the machines have moved, ${half} of ${moves.length}.`),
          },
        ]
      : []),
  ];
}

function isOpen(step: MoveStep): boolean {
  return isMoving(step) || step.outcome === null;
}

function note(text: string): Message {
  return { text: inert(clip(text, 600)), blocks: folded(text).map((each) => plain(each)) };
}
