import type { Plan } from '../delegation/plan';
import type { Problem } from '../problem';
import type { MoveStep } from './move-step';

/** The machines of other hosts that make room in a plan, by id. */
export function roomMakers(plan: Pick<Plan, 'hosts'> | null): ReadonlySet<string> {
  const machines = plan?.hosts.envelope?.machines ?? [];
  return new Set(machines.filter(({ room }) => room).map(({ id }) => id));
}

/**
 * Whether a move waits for others that make room where it goes: those that stand before it in the journal, so no two ever wait for each other. `moves`
 * as they were when hosts were looked at: what has left since is not yet missing in what they said of their memory.
 */
export function awaitsRoom(
  { machine, to }: Pick<MoveStep, 'machine' | 'to'>,
  moves: readonly MoveStep[],
  makers: ReadonlySet<string>,
): boolean {
  const at = moves.findIndex((each) => each.machine === machine);
  const before = moves.slice(0, Math.max(0, at));
  return before.some((each) => makers.has(each.machine) && each.from === to && each.outcome === null);
}

/** Whether nothing comes any more where a machine would make room. */
export function isRoomUnwanted(
  { machine, from }: Pick<MoveStep, 'machine' | 'from'>,
  moves: readonly MoveStep[],
  makers: ReadonlySet<string>,
): boolean {
  const isComing = ({ to, intent, outcome }: MoveStep): boolean => to === from && !intent && !outcome;
  return makers.has(machine) && !moves.some(isComing);
}

/** Moves planned anew: what makes room in the order of that plan (`placed`, by id), which has room itself, and all others as they stood after it. */
export function makersFirst(
  moves: readonly MoveStep[],
  placed: readonly string[],
  makers: ReadonlySet<string>,
): readonly MoveStep[] {
  // What has begun is in no new plan, and comes before what is.
  const rank = ({ machine }: MoveStep): number =>
    makers.has(machine) ? placed.indexOf(machine) : placed.length;
  return moves.toSorted((a, b) => rank(a) - rank(b));
}

/** Why it stays then. */
export function unwanted({ name, from }: Pick<MoveStep, 'name' | 'from'>): Problem {
  return {
    code: UNWANTED,
    summary: `${name} stays on ${from}: nobody needs its room any more.`,
    remedy: '',
  };
}

/** That somebody else has taken it away already. */
export function madeAlready({ name, from }: Pick<MoveStep, 'name' | 'from'>): Problem {
  return {
    code: MADE,
    summary: `${name} is not on ${from} any more: somebody else has moved or removed it, so its room is free.`,
    remedy: '',
  };
}

/** Whether a machine was left because its room was not needed any more, or was there, which is as good as planned. */
export function wasUnwanted({ outcome }: Pick<MoveStep, 'outcome'>): boolean {
  return outcome?.problem?.code === UNWANTED || outcome?.problem?.code === MADE;
}

/** Whether somebody else has moved or removed a machine meanwhile: then it is not where it was. */
export function isElsewhere({ outcome }: Pick<MoveStep, 'outcome'>): boolean {
  return outcome?.problem?.code === 'move.overtaken' || outcome?.problem?.code === MADE;
}

const UNWANTED = 'room.unwanted';
const MADE = 'room.made';
