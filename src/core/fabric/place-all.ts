import { putAll } from './best-fit';
import type { PlanHost, PlanMachine } from './fleet';
import { packWithFew } from './few-others';
import { looseAmong } from './loose';
import { insert } from './make-room';
import { hasRoom, lift, put, shift } from './occupancy';
import { packAll } from './pack';
import { quicken, type BusyMs } from './quicken';
import type { Reach } from './reach';
import { largestFirst, sizeBy } from './size';
import { widen } from './widen';
import { widenExactly } from './widen-exactly';

/** Where machines are to find a place. */
export interface Ground {
  readonly reach: Reach;
  readonly allowed: readonly PlanHost[];
  /**
   * Machines that nobody asked about and that may be moved where there is no other way; none: none may. Asked for only then: there are
   * thousands of them.
   */
  readonly others: () => readonly PlanMachine[];
  readonly busyMs: BusyMs;
}

/** Where others may be in the way: none as long as there is room without moving them. */
interface Field extends Omit<Ground, 'others'> {
  readonly others: readonly PlanMachine[];
}

/** Up to so many machines every placing may be looked at, within a budget. */
const MOST_EXACT = 30;
const BUDGET = 40_000;
const DEEPEST = 3;

/**
 * Finds a place for machines, for all of them if that can be done: spread over the hosts, else packed tightly, else with what is in the
 * way moved among themselves, else with as few others moved as can be found. Running machines come before others. What finds none is
 * put back home. Then the host with the least left gets more, as far as moving these machines can do that, and of places that are
 * equally good those are taken that are reached soonest.
 */
export function placeAll(machines: readonly PlanMachine[], ground: Ground): void {
  const movers = largestFirst(machines, sizeBy(ground.allowed));
  for (const machine of movers) lift(machine);
  const crowded = placeTogether(movers, { ...ground, others: [] }, [spread, tight]);
  const others = crowded.length > 0 ? placeAmong(movers, crowded, ground) : [];
  const moved = [...machines, ...others].filter(({ at, from }) => at !== from);
  widen(moved, ground);
  widenExactly(largestFirst(moved, sizeBy(ground.allowed)), ground);
  quicken(moved, ground);
}

/** Goes on where there was no room for some of them; gives the others that were in the way or might have been. */
function placeAmong(
  movers: readonly PlanMachine[],
  crowded: readonly PlanMachine[],
  ground: Ground,
): readonly PlanMachine[] {
  const field = { ...ground, others: ground.others() };
  liftBut(movers, crowded);
  let unplaced = placeTogether(movers, field, [exactly, forced]);
  if (unplaced.length > 0 && movers.some(({ how }) => how === 'cold')) {
    goHome(field.others);
    liftBut(movers, unplaced);
    const ofKind = (kind: PlanMachine['how']): PlanMachine[] =>
      placeTogether(
        movers.filter(({ how }) => how === kind),
        field,
        [spread, tight, exactly, forced],
      );
    unplaced = [...ofKind('live'), ...ofKind('cold')];
  }
  for (const machine of unplaced) put(machine, machine.from);
  goHome(field.others);
  return field.others;
}

/** Puts lifted machines, and gives those that are still lifted afterwards. Each way begins where the one before has failed. */
function placeTogether(movers: readonly PlanMachine[], field: Field, ways: readonly Way[]): PlanMachine[] {
  let unplaced: PlanMachine[] = [];
  for (const [at, way] of ways.entries()) {
    if (at > 0) liftBut(movers, unplaced);
    unplaced = way(movers, field);
    if (unplaced.length === 0) break;
  }
  return unplaced;
}

type Way = (movers: readonly PlanMachine[], field: Field) => PlanMachine[];

const spread: Way = (movers, { reach }) => putAll(movers, reach, 'spread');

const tight: Way = (movers, field) => makeRoom(movers, field, []);

const exactly: Way = (movers, field) => {
  const { reach, others } = field;
  if (movers.length > MOST_EXACT || !isThereMemory(movers, field)) return [...movers];
  const budget = { left: BUDGET };
  if (packAll(movers, { loose: looseAmong([]), reach, budget })) return [];
  return packWithFew(movers, others, { reach, budget: { left: BUDGET } }) ? [] : [...movers];
};

const forced: Way = (movers, field) => makeRoom(movers, field, field.others);

/** Puts what has room, then makes room for the rest, the smallest first: as many as can be. */
function makeRoom(
  movers: readonly PlanMachine[],
  { reach }: Field,
  others: readonly PlanMachine[],
): PlanMachine[] {
  const first = putAll(movers, reach, 'tight');
  const none = new Set(first);
  const among = movers.filter((machine) => !none.has(machine));
  const loose = looseAmong([...among, ...others]);
  const budget = { left: BUDGET };
  return first.toReversed().filter((machine) => {
    for (let depth = 1; depth <= DEEPEST; depth += 1) {
      if (insert(machine, { loose, reach, budget }, depth)) return false;
    }
    return true;
  });
}

function isThereMemory(movers: readonly PlanMachine[], { allowed }: Field): boolean {
  const free = allowed.reduce((sum, { room, used }) => sum + Math.max(0, room.memory - used.memory), 0);
  return movers.reduce((sum, { need }) => sum + need.memory, 0) <= free;
}

function liftBut(movers: readonly PlanMachine[], lifted: readonly PlanMachine[]): void {
  const none = new Set(lifted);
  for (const machine of movers) if (!none.has(machine)) lift(machine);
}

/** Those that have room again where they came from need not move. */
function goHome(others: readonly PlanMachine[]): void {
  for (const machine of others) {
    if (machine.at !== machine.from && hasRoom(machine, machine.from)) shift(machine, machine.from);
  }
}
