import type { Plan } from '../delegation/plan';
import type { MoveStep } from './move-step';

/** The journal of a plan's moves before anything was begun, in the order of its forecast. */
export function newMoves(plan: Pick<Plan, 'forecast'> | null): readonly MoveStep[] {
  return (plan?.forecast?.moves ?? []).map(({ machine, name, from, to, storage }) => ({
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
