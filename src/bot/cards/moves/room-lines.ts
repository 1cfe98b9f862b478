import { grouped } from '../../../core/delegation/grouped';
import { awaitsRoom, roomMakers } from '../../../core/moves/making-room';
import type { MoveStep } from '../../../core/moves/move-step';
import type { RequestRecord } from '../../../core/request/record';
import { namesOf } from './unmoved-lines';

/** Whether a machine is where it was until another one has made room where it goes. */
export function isAwaitingRoom({
  moves,
  plan,
}: Pick<RequestRecord, 'moves' | 'plan'>): (step: MoveStep) => boolean {
  const makers = roomMakers(plan);
  return (step) => awaitsRoom(step, moves, makers);
}

/**
 * Which machines of other hosts have made room, and how they come back: a plain line for each of those hosts. What somebody else had moved has no home
 * noted there, nor what was away from home before.
 */
export function madeRoomLines({ moves, plan }: Pick<RequestRecord, 'moves' | 'plan'>): readonly string[] {
  const makers = roomMakers(plan);
  const gone = moves.filter((step) => makers.has(step.machine) && step.outcome?.kind === 'moved');
  return grouped(gone, ({ from }) => from).map((steps) => {
    const from = steps[0]?.from ?? '';
    const isOne = steps.length === 1;
    const [have, them, athome] = isOne ? ['has', 'it', 'it is'] : ['have', 'them', 'they are'];
    return `⇄ ${namesOf(steps)} ${have} made room on ${from}: /hv return ${from} brings ${them} back when there is room again, if ${athome} at home there.`;
  });
}
