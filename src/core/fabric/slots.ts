import type { Fleet, PlanHost } from './fleet';
import { slotsOf } from './pair-reasons';
import type { Step } from './sequence';
import type { Work } from './work';

/** How many moves a host may still begin, of all kinds and of those that copy disks. */
interface Slots {
  all: number;
  storage: number;
}

/** Says which moves may begin, with the fleet as it is after all of them: slots at both ends, and the order at hosts that are too full for any other. */
export interface Gate {
  isOpen(work: Work): boolean;
  hasSlot(host: PlanHost): boolean;
  begin(work: Work): void;
  end(work: Work): void;
}

/** Begins with every slot free. Counted in and out together. `tight`: hosts that are too full for any order but the sequence's. */
export function openGate(works: readonly Work[], fleet: Fleet, tight: ReadonlySet<PlanHost>): Gate {
  const slots = new Map<PlanHost, Slots>();
  for (const host of fleet.hosts) {
    slots.set(host, { all: slotsOf(host, false), storage: slotsOf(host, true) });
  }
  // Found once: many orders are tried, and each asks thousands of times.
  const ends = works.map(({ step }) => ({ from: slots.get(step.from), to: slots.get(step.to) }));
  const orders = ordersOf(works, tight);
  let left = fleet.input.mostAtOnce ?? Infinity;
  const change = ({ step, storage }: Work, by: 1 | -1): void => {
    left += by;
    for (const host of [step.from, step.to]) {
      const own = slots.get(host);
      if (!own) continue;
      own.all += by;
      if (storage) own.storage += by;
    }
  };
  return {
    isOpen(work) {
      const own = ends[work.at];
      if (left <= 0 || !own) return false;
      return isFree(own.from, work.storage) && isFree(own.to, work.storage) && orders.isNext(work);
    },
    hasSlot: (host) => left > 0 && isFree(slots.get(host), false),
    begin(work) {
      change(work, -1);
      orders.begin(work);
    },
    end(work) {
      change(work, 1);
      orders.end(work);
    },
  };
}

function isFree(slots: Slots | undefined, storage: boolean): boolean {
  return slots !== undefined && slots.all > 0 && (!storage || slots.storage > 0);
}

interface Orders {
  isNext(work: Work): boolean;
  begin(work: Work): void;
  end(work: Work): void;
}

/**
 * At a host that is too full, a machine may come when all that is before it in the sequence has come or gone: then there is never more
 * there than the sequence has at that place. A machine that was parked goes on when it has arrived.
 */
function ordersOf(works: readonly Work[], tight: ReadonlySet<PlanHost>): Orders {
  const queues = new Map<PlanHost, Work[]>([...tight].map((host) => [host, []]));
  const legs = new Map<Step['machine'], Work[]>();
  for (const work of works) {
    queues.get(work.step.from)?.push(work);
    queues.get(work.step.to)?.push(work);
    const known = legs.get(work.step.machine);
    if (known) known.push(work);
    else legs.set(work.step.machine, [work]);
  }
  const begun = new Set<Work>();
  const over = new Set<Work>();
  const cursors = new Map<PlanHost, number>();
  const isSettled = (work: Work, host: PlanHost): boolean =>
    work.step.to === host ? begun.has(work) : over.has(work);
  const hasTurn = (work: Work, host: PlanHost): boolean => {
    const queue = queues.get(host);
    if (!queue) return true;
    let at = cursors.get(host) ?? 0;
    for (let next = queue[at]; next && next !== work && isSettled(next, host); next = queue[at]) at += 1;
    cursors.set(host, at);
    return queue[at] === work;
  };
  return {
    isNext(work) {
      const own = legs.get(work.step.machine) ?? [];
      return own.every((leg) => leg.at >= work.at || over.has(leg)) && hasTurn(work, work.step.to);
    },
    begin: (work) => void begun.add(work),
    end: (work) => void over.add(work),
  };
}
