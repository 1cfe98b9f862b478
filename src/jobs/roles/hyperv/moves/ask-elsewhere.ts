import type { DrainAsk } from '../../../../core/commands/ask';
import { inputWithin } from '../../../../core/fabric/plan-within';
import type { MoveStep } from '../../../../core/moves/move-step';
import { planInput } from '../../../../core/moves/plan-drain';
import { Fault, type Problem } from '../../../../core/problem';
import type { RequestRecord } from '../../../../core/request/record';
import type { HostEffectorParts } from '../parts';
import { worldOf } from './world';

/**
 * What keeps a machine where it is, when no destination takes it that was approved. A host that would take it is named with the command that asks for it:
 * a new destination is a new plan with an approval of its own, so it is never gone to from here.
 */
export async function askElsewhere(
  parts: HostEffectorParts,
  { plan }: Pick<RequestRecord, 'plan'>,
  { step, ask, hindrance }: { step: MoveStep; ask: DrainAsk; hindrance: Problem },
): Promise<Problem> {
  const approved = plan?.hosts.envelope?.destinations ?? [];
  const others = parts.settings.hosts.filter((host) => !approved.includes(host) && !ask.hosts.includes(host));
  if (others.length === 0) return hindrance;
  const to = await wouldTake(parts, others, { step, ask }).catch((error: unknown) => {
    // The reason is known, whoever does not answer now.
    if (error instanceof Fault) return undefined;
    throw error;
  });
  if (to === undefined) return hindrance;
  return {
    ...hindrance,
    remedy: `${to} would take it, which was not approved: ask /drain ${step.from} to ${to}.`,
  };
}

async function wouldTake(
  parts: HostEffectorParts,
  others: readonly string[],
  { step: { machine, from }, ask }: { step: MoveStep; ask: DrainAsk },
): Promise<string | undefined> {
  const asked = {
    machines: [machine],
    destinations: others,
    delegations: others.map((to) => ({ from, to })),
    settings: [],
    folders: null,
    shutDown: false,
  };
  const hosts = await parts.hyperV.inventory(parts.settings.hosts);
  const input = inputWithin(planInput(hosts, await worldOf(parts, { ask, request: null }), ask), asked);
  const found = await parts.planner.plan(input, { kind: 'drain', hosts: [from], to: others });
  return found.moves.find((move) => move.machine === machine)?.to;
}
