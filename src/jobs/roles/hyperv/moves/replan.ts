import type { DrainAsk } from '../../../../core/commands/ask';
import { inputWithin } from '../../../../core/fabric/plan-within';
import { isWithin } from '../../../../core/moves/envelope';
import type { MoveStep } from '../../../../core/moves/move-step';
import { planInput } from '../../../../core/moves/plan-drain';
import { emptiedNow } from '../../../../core/moves/rounds';
import { isLeft } from '../../../../core/request/move-word';
import type { RequestRecord } from '../../../../core/request/record';
import { commit, type HostEffectorParts } from '../parts';
import { worldOf } from './world';

/** So often what is left of a request is planned anew. */
export const MOST_REPLANS = 3;

/** What became of it. */
export interface Replanned {
  /** As it is then; null: somebody else was first. */
  readonly record: RequestRecord | null;
  /** Whether the machine that it was for has no place at any destination that was approved. */
  readonly isStuck: boolean;
}

/** Where what is left of a request goes now. */
interface PlannedAnew {
  readonly moves: readonly MoveStep[];
  readonly changed: readonly MoveStep[];
  /** Machines for which there is no place at any destination that was approved. */
  readonly stuck: readonly { readonly machine: string; readonly name: string }[];
}

/**
 * Plans anew where those go that were not begun yet. A machine for which there is nothing keeps its old destination; when that is all that there is
 * to say, none of the tries is used up.
 */
export async function replanLeft(
  parts: HostEffectorParts,
  record: RequestRecord,
  { ask, step: { machine } }: { ask: DrainAsk; step: MoveStep },
): Promise<Replanned> {
  const anew = await planAnew(parts, record, ask);
  if (!anew) return { record, isStuck: true };
  const { moves, changed, stuck } = anew;
  const isStuck = stuck.some((each) => each.machine === machine);
  if (isStuck && changed.length === 0) return { record, isStuck };
  const replanned = await commit(parts, record, {
    change: { moves, replans: record.replans + 1, trouble: null },
    what: 'moves.replanned',
    detail: {
      changed: changed.map(({ name, to }) => `${name}: ${to}`),
      stuck: stuck.map(({ name }) => name),
    },
  });
  return { record: replanned, isStuck };
}

/**
 * A plan of what was not begun yet, from hosts as they are now: the same machines, and no destination that was not approved; so the approval stands.
 */
export async function planAnew(
  parts: HostEffectorParts,
  record: RequestRecord,
  ask: DrainAsk,
): Promise<PlannedAnew | null> {
  const envelope = record.plan?.hosts.envelope;
  if (!envelope) return null;
  const hosts = await parts.hyperV.inventory(parts.settings.hosts);
  const emptied = emptiedNow(record, ask);
  const to = envelope.destinations.filter((host) => !emptied.includes(host));
  const left = new Map(record.moves.filter(isLeft).map((step) => [step.machine, step]));
  const approved = {
    machines: [...left.keys()],
    destinations: to,
    delegations: [],
    settings: [],
    storage: !ask.noStorage,
    // Only of those that it was chosen for: the others have no choice.
    shutDown: true,
  };
  const task = { kind: 'drain' as const, hosts: emptied, to };
  const choices = Object.fromEntries(
    [...left.values()].flatMap(({ machine, first }) => (first === null ? [] : [[machine, first]])),
  );
  const world = { ...(await worldOf(parts, { ask, request: record.id })), choices };
  const plan = await parts.planner.plan(inputWithin(planInput(hosts, world, ask), approved), task);
  const wanted = new Map(plan.moves.map((move) => [move.machine, move]));
  const moves = record.moves.map((step) => {
    const move = isLeft(step) ? wanted.get(step.machine) : undefined;
    const wish = { ...step, to: move?.to ?? step.to };
    return isWithin(envelope, wish) ? wish : step;
  });
  const changed = moves.filter(({ to }, at) => to !== record.moves[at]?.to);
  return { moves, changed, stuck: plan.stuck };
}
