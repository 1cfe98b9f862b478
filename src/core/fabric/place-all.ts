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
  /** Machines that nobody asked about and that may be moved where there is no other way; empty: none may. */
  readonly others: readonly PlanMachine[];
  readonly busyMs: BusyMs;
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
  const unplaced = placeTogether(movers, ground);
  if (unplaced.length > 0 && movers.some(({ how }) => how === 'cold')) {
    goHome(ground.others);
    liftBut(movers, unplaced);
    const running = placeTogether(
      movers.filter(({ how }) => how === 'live'),
      ground,
    );
    const cold = placeTogether(
      movers.filter(({ how }) => how === 'cold'),
      ground,
    );
    unplaced.splice(0, unplaced.length, ...running, ...cold);
  }
  for (const machine of unplaced) put(machine, machine.from);
  goHome(ground.others);
  const moved = [...machines, ...ground.others].filter(({ at, from }) => at !== from);
  widen(moved, ground);
  widenExactly(largestFirst(moved, sizeBy(ground.allowed)), ground);
  quicken(moved, ground);
}

/** Puts lifted machines, and gives those that are still lifted afterwards. Each way begins where the one before has failed. */
function placeTogether(movers: readonly PlanMachine[], ground: Ground): PlanMachine[] {
  let unplaced: PlanMachine[] = [];
  for (const way of [spread, tight, exactly, forced]) {
    unplaced = way(movers, ground);
    if (unplaced.length === 0) break;
    if (way !== forced) liftBut(movers, unplaced);
  }
  return unplaced;
}

type Way = (movers: readonly PlanMachine[], ground: Ground) => PlanMachine[];

const spread: Way = (movers, { reach }) => putAll(movers, reach, 'spread');

const tight: Way = (movers, ground) => makeRoom(movers, ground, []);

const exactly: Way = (movers, ground) => {
  const { reach, others } = ground;
  if (movers.length > MOST_EXACT || !isThereMemory(movers, ground)) return [...movers];
  const budget = { left: BUDGET };
  if (packAll(movers, { loose: looseAmong([]), reach, budget })) return [];
  return packWithFew(movers, others, { reach, budget: { left: BUDGET } }) ? [] : [...movers];
};

const forced: Way = (movers, ground) => makeRoom(movers, ground, ground.others);

/** Puts what has room, then makes room for the rest, the smallest first: as many as can be. */
function makeRoom(
  movers: readonly PlanMachine[],
  { reach }: Ground,
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

function isThereMemory(movers: readonly PlanMachine[], { allowed }: Ground): boolean {
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
