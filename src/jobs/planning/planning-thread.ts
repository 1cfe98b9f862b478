import { parentPort } from 'node:worker_threads';
import type { PlanInput, Task } from '../../core/fabric/plan-input';
import { planMoves } from '../../core/fabric/plan-moves';

// What throws here ends the thread, and whoever has asked hears of it.
parentPort?.on('message', (message: unknown) => {
  // SAFETY: only `openThreadPlanner` of the same program asks, in this shape.
  const { input, task } = message as { input: PlanInput; task: Task };
  parentPort?.postMessage(planMoves(input, task));
});
