import type { MovePlan } from './plan';
import type { Envelope, PlanInput, Task } from './plan-input';
import { planMoves } from './plan-moves';

/**
 * Plans what is left of an approved plan, from a new look: no machine and no destination outside the envelope is ever in it, nothing is
 * set up that was not approved, and what is held (`input.held`: it failed before) stays. What cannot be done inside is stuck, and says
 * so: then somebody has to ask anew.
 */
export function planWithin(input: PlanInput, task: Task, envelope: Envelope): MovePlan {
  return planMoves({ ...input, envelope }, task);
}
