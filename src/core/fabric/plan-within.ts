import type { Envelope, PlanInput } from './plan-input';

/**
 * What is left of an approved plan, from a new look: no machine and no destination outside the envelope is ever in its plan, nothing is
 * set up that was not approved, and what is held (`input.held`: it failed before) stays. What cannot be done inside is stuck, and says
 * so: then somebody has to ask anew.
 */
export function inputWithin(input: PlanInput, envelope: Envelope): PlanInput {
  return { ...input, envelope };
}
