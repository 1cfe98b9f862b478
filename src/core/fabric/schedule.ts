import { compare, type Fleet, type PlanHost } from './fleet';
import { openLinks, type Going } from './link-rates';
import { openGate } from './slots';
import { goingAlready } from './under-way';
import { busyMs, type Work } from './work';

/** A move with its place in time, in milliseconds from the beginning of the moves. */
export interface Timed {
  readonly work: Work;
  readonly startMs: number;
  readonly endMs: number;
}

/** How long a move counts when the longest goes first: its time alone, unless other orders are tried. */
export type Weigh = (work: Work) => number;

/** What schedules of the same moves have in common: the fleet as it is after them, and hosts that are too full for any order but the sequence's. */
interface Ground {
  readonly fleet: Fleet;
  readonly tight: ReadonlySet<PlanHost>;
}

/**
 * Begins moves one after the other as slots become free: first one of the host that has most left to do, of these the longest. All moves
 * begin in the end, because the first one in the sequence always may. Given in the order in which they begin.
 */
export function scheduleOf(
  works: readonly Work[],
  ground: Ground,
  weigh: Weigh = ({ aloneMs }) => aloneMs,
): readonly Timed[] {
  const gate = openGate(works, ground.fleet, ground.tight);
  const links = openLinks(ground.fleet);
  const queues = queuesOf(works, ground, weigh);
  const timed = new Map<Work, Timed & { endMs: number }>();
  let going: Going[] = [];
  let now = 0;
  const begin = (each: Going): void => {
    gate.begin(each.work);
    links.begin(each.work);
    going.push(each);
  };
  const end = ({ work }: Going): void => {
    gate.end(work);
    links.end(work);
    queues.touch(work);
    const own = timed.get(work);
    if (own) own.endMs = now;
  };
  const beginAll = (): void => {
    for (let next = queues.next(gate); next; next = queues.next(gate)) {
      begin({ work: next, left: next.bytes, rate: 0, isMeasured: false });
      queues.touch(next);
      timed.set(next, { work: next, startMs: now, endMs: Infinity });
    }
    links.set(going);
  };
  for (const each of goingAlready(ground.fleet)) begin(each);
  beginAll();
  while (going.length > 0) {
    const step = soonest(going);
    now += step;
    const on: Going[] = [];
    const over: Going[] = [];
    for (const each of going) {
      each.left -= each.rate * step;
      // What rounding leaves is less than a thousandth of a millisecond.
      (each.left <= each.rate * 1e-3 ? over : on).push(each);
    }
    going = on;
    for (const each of over) end(each);
    beginAll();
  }
  return [...timed.values()];
}

function soonest(going: readonly Going[]): number {
  let least = Infinity;
  for (const { left, rate } of going) least = Math.min(least, left / rate);
  return least;
}

/** What waits at a host, in the order in which it is tried, and for how long all of it keeps the host busy. */
interface Queue {
  readonly host: PlanHost;
  readonly waiting: Work[];
  leftMs: number;
}

interface Queues {
  /** Takes the next move that may begin, or gives null: then none may, until something is touched. */
  next(gate: ReturnType<typeof openGate>): Work | null;
  /** Says that a move has begun or ended: others of its hosts may be let through by that, and no others. */
  touch(work: Work): void;
}

function queuesOf(works: readonly Work[], { fleet, tight }: Ground, weigh: Weigh): Queues {
  const sorted = works
    .map((work) => ({ work, weight: weigh(work) }))
    .toSorted((a, b) => b.weight - a.weight || a.work.at - b.work.at)
    .map(({ work }) => work);
  const queues = new Map<PlanHost, Queue>();
  for (const work of sorted) {
    for (const host of [work.step.from, work.step.to]) {
      const queue = queues.get(host) ?? { host, waiting: [], leftMs: 0 };
      queues.set(host, queue);
      queue.leftMs += busyMs(work, host, fleet.input);
      queue.waiting.push(work);
    }
  }
  const take = (work: Work): Work => {
    for (const host of [work.step.from, work.step.to]) {
      const queue = queues.get(host);
      if (!queue) continue;
      queue.leftMs -= busyMs(work, host, fleet.input);
      queue.waiting.splice(queue.waiting.indexOf(work), 1);
    }
    urgent.delete(work);
    return work;
  };
  // What others wait for goes first, in the order in which it makes room.
  const urgent = new Set(works.filter(({ step }) => tight.has(step.from)));
  // Where something may be let through that was not when it was last tried.
  const touched = new Set(queues.values());
  return {
    touch({ step }) {
      // A limit of the whole plan lets others through at hosts that nothing has happened at.
      const hosts = fleet.input.mostAtOnce === null ? [step.from, step.to] : queues.keys();
      for (const host of hosts) {
        const queue = queues.get(host);
        if (queue) touched.add(queue);
      }
    },
    next(gate) {
      for (const work of urgent) {
        if (gate.isOpen(work)) return take(work);
      }
      for (let queue = longest(touched); queue; queue = longest(touched)) {
        if (gate.hasSlot(queue.host)) {
          for (const work of queue.waiting) if (gate.isOpen(work)) return take(work);
        }
        touched.delete(queue);
      }
      return null;
    },
  };
}

/** Of the host that has most left to do. */
function longest(queues: Iterable<Queue>): Queue | null {
  let most: Queue | null = null;
  for (const queue of queues) {
    if (
      !most ||
      queue.leftMs > most.leftMs ||
      (queue.leftMs === most.leftMs && compare(queue.host.name, most.host.name) < 0)
    )
      most = queue;
  }
  return most;
}
