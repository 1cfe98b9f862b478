import type { MovePlan } from '../../../../core/fabric/plan';
import { plannedOf, type MovesToPlan } from '../../../../core/moves/plan-drain';
import type { PlannedMoves } from '../../../../core/moves/plan-migrate';
import { inVain, isWorthRoom, lacksRoom, noRoomMade, roomOffer } from '../../../../core/moves/room';
import { Fault } from '../../../../core/problem';
import type { HostEffectorParts } from '../parts';

/** So often machines are left out of a plan that it would move for nobody. */
const MOST_TRIES = 3;

/**
 * A drain as it can be done by itself, and where something stays for want of room, with machines of other hosts moved out of the way: that is the plan
 * where it was asked for, and else only said.
 */
export async function planDrained(
  parts: Pick<HostEffectorParts, 'planner'>,
  wanted: MovesToPlan,
  { makeRoom }: { readonly makeRoom: boolean },
): Promise<PlannedMoves> {
  const plan = await parts.planner.plan(wanted.input, wanted.task);
  if (!lacksRoom(plan)) return plannedOf(plan, wanted);
  if (makeRoom) {
    const roomy = await findRoom(parts, wanted, plan);
    return roomy ? plannedOf(roomy.plan, roomy.wanted) : plannedOf(plan, wanted, [noRoomMade()]);
  }
  const roomy = await findRoom(parts, wanted, plan).catch((error: unknown) => {
    // What nobody has asked for keeps no plan waiting.
    if (error instanceof Fault) return null;
    throw error;
  });
  return plannedOf(plan, wanted, roomy ? [roomOffer(roomy.plan, plan)] : []);
}

/** A plan with machines of other hosts moved out of the way, none of them for nobody; null: nothing comes of that. */
async function findRoom(
  { planner }: Pick<HostEffectorParts, 'planner'>,
  wanted: MovesToPlan,
  without: MovePlan,
): Promise<{ readonly plan: MovePlan; readonly wanted: MovesToPlan } | null> {
  if (wanted.task.kind !== 'drain') return null;
  const task = { ...wanted.task, makeRoom: true as const };
  const idle = new Map<string, string>();
  for (let tries = 0; tries < MOST_TRIES; tries += 1) {
    const held = { ...wanted.input.held, ...Object.fromEntries(idle) };
    const plan = await planner.plan({ ...wanted.input, held }, task);
    if (!isWorthRoom(plan, without)) return null;
    const vain = inVain(plan);
    if (vain.length === 0) return { plan, wanted: { ...wanted, task } };
    for (const machine of vain) idle.set(machine, 'it makes room for nobody');
  }
  return null;
}
