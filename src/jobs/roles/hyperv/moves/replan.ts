import type { DrainAsk } from '../../../../core/commands/ask';
import { inputWithin } from '../../../../core/fabric/plan-within';
import { foldersOf, isWithin } from '../../../../core/moves/envelope';
import { makersFirst, roomMakers } from '../../../../core/moves/making-room';
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
  /** Ids of the machines that it moves. */
  readonly placed: ReadonlySet<string>;
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
  const { moves, changed, stuck, placed } = anew;
  const isMaker = roomMakers(record.plan).has(machine);
  // What makes room is never stuck: it is only not among what a plan moves.
  const isStuck = isMaker ? !placed.has(machine) : stuck.some((each) => each.machine === machine);
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
    folders: foldersOf(envelope.machines),
    // Only of those that it was chosen for: the others have no choice.
    shutDown: true,
  };
  const task = {
    kind: 'drain' as const,
    hosts: emptied,
    to,
    // Only those that were approved, since the others are outside of the envelope.
    ...(ask.makeRoom && { makeRoom: true as const }),
  };
  const choices = Object.fromEntries(
    [...left.values()].flatMap(({ machine, first }) => (first === null ? [] : [[machine, first]])),
  );
  const world = { ...(await worldOf(parts, { ask, request: record.id })), choices };
  const plan = await parts.planner.plan(inputWithin(planInput(hosts, world, ask), approved), task);
  // One that would have to be parked stays where it is: the others are judged again before each move.
  const parked = new Set(plan.moves.filter(({ why }) => why === 'parking').map(({ machine }) => machine));
  const planned = plan.moves.filter(({ machine }) => !parked.has(machine));
  const wanted = new Map(planned.map((move) => [move.machine, move]));
  const moves = record.moves.map((step) => {
    const move = isLeft(step) ? wanted.get(step.machine) : undefined;
    const wish = { ...step, to: move?.to ?? step.to };
    return isWithin(envelope, wish) ? wish : step;
  });
  const changed = moves.filter(({ to }, at) => to !== record.moves[at]?.to);
  const placed = new Set(wanted.keys());
  return {
    moves: makersFirst(moves, [...placed], roomMakers(record.plan)),
    changed,
    stuck: plan.stuck,
    placed,
  };
}
