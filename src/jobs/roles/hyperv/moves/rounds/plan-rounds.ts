import type { DrainAsk } from '../../../../../core/commands/ask';
import type { HostReading } from '../../../../../core/hyperv-port';
import type { PlanWorld } from '../../../../../core/moves/plan-drain';
import type { PlannedMoves } from '../../../../../core/moves/plan-migrate';
import { plannedRounds, roundsToPlan, type PlannedRound } from '../../../../../core/moves/plan-rounds';
import type { HostEffectorParts } from '../../parts';

/** Plans each round of a drain whose machines return. */
export async function planRounds(
  { planner }: HostEffectorParts,
  hosts: readonly HostReading[],
  { world, ask }: { readonly world: PlanWorld; readonly ask: DrainAsk },
): Promise<PlannedMoves> {
  const wanted = roundsToPlan(hosts, world, ask);
  if ('kind' in wanted) return wanted;
  const rounds: PlannedRound[] = [];
  for (const each of wanted) {
    rounds.push({ wanted: each, plan: await planner.plan(each.input, each.task) });
  }
  return plannedRounds(rounds);
}
