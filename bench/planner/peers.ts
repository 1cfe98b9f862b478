import type { Problem } from './problem';

/** A way of emptying hosts that moves nothing else. */
export interface PeerPlan {
  readonly unplaced: number;
  /** Units that all moves take one after the other, as a peer that moves one machine at a time has it. */
  readonly oneByOne: number;
}

/** The largest first, each to the first host that has room. */
export function firstFitDecreasing(problem: Problem): PeerPlan {
  const movers = problem.movers.toSorted((a, b) => b.memory - a.memory || (a.id < b.id ? -1 : 1));
  return fill({ ...problem, movers }, (hosts) => hosts[0]);
}

/** As they come from the host, each to the host with the most free memory, one at a time: HvDRS 1.6. */
export function inventoryOrder(problem: Problem): PeerPlan {
  return fill(problem, ([first, ...more]) =>
    more.reduce((most, each) => (most && most.memory >= each.memory ? most : each), first),
  );
}

interface Room {
  memory: number;
  cpu: number;
}

function fill({ movers, targets }: Problem, choose: (hosts: readonly Room[]) => Room | undefined): PeerPlan {
  const rooms = targets.map(({ memory, cpu }): Room => ({ memory, cpu }));
  let [unplaced, oneByOne] = [0, 0];
  for (const { memory, cpu } of movers) {
    const host = choose(rooms.filter((room) => room.memory >= memory && room.cpu >= cpu));
    if (!host) {
      unplaced += 1;
      continue;
    }
    host.memory -= memory;
    host.cpu -= cpu;
    oneByOne += memory;
  }
  return { unplaced, oneByOne };
}
