import type { MovePlan } from './plan';
import type { PlanInput, Task } from './plan-input';

/** Plans moves as `planMoves` does, without keeping whoever asks from anything else meanwhile. */
export interface Planner {
  /** Throws Fault `planning.broken` or `planning.too-long` (later): then there is no plan. */
  plan(input: PlanInput, task: Task): Promise<MovePlan>;
  close(): Promise<void>;
}
