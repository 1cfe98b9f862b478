import { planMoves } from '../../src/core/fabric/plan-moves';
import type { Planner } from '../../src/core/fabric/planner-port';

/** Plans at once: where a test lets time pass, no thread may need any. */
export const planInPlace: Planner = {
  plan: (input, task) => Promise.resolve(planMoves(input, task)),
  close: () => Promise.resolve(),
};
