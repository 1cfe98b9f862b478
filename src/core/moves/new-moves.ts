import type { MoveStep } from './move-step';

/** What is known of a move before anything was begun. */
type Planned = Pick<MoveStep, 'machine' | 'name' | 'from' | 'to' | 'storage'>;

/** The journal of moves before anything was begun, in their order. */
export function newMoves(planned: readonly Planned[]): readonly MoveStep[] {
  return planned.map(({ machine, name, from, to, storage }) => ({
    machine,
    name,
    from,
    to,
    storage,
    waitingSince: null,
    intent: null,
    arrivedAt: null,
    doubtSince: null,
    tries: 0,
    outcome: null,
  }));
}
