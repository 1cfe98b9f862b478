import { compare, type Fleet, type PlanHost } from './fleet';
import { linkRates, type Going } from './link-rates';
import { tightBefore } from './sequence';
import { openGate } from './slots';
import { goingAlready } from './under-way';
import { speedOf, type Work } from './work';

/** A move with its place in time, in milliseconds from the beginning of the moves. */
export interface Timed {
  readonly work: Work;
  readonly startMs: number;
  readonly endMs: number;
}

/** How long a move counts when the longest goes first: its time alone, unless other orders are tried. */
export type Weigh = (work: Work) => number;

/**
 * Begins moves one after the other as slots become free: first one of the host that has most left to do, of these the longest. All moves
 * begin in the end, because the first one in the sequence always may. Given in the order in which they begin.
 */
export function scheduleOf(
  works: readonly Work[],
  fleet: Fleet,
  weigh: Weigh = ({ aloneMs }) => aloneMs,
): readonly Timed[] {
  const gate = openGate(works, fleet);
  const queues = queuesOf(works, fleet, weigh);
  const rates = linkRates(fleet);
  const ends = new Map<Work, Timed>();
  let going: Going[] = [...goingAlready(fleet)];
  for (const { work } of going) gate.begin(work);
  let now = 0;
  const beginAll = (): void => {
    for (let next = queues.next(gate); next; next = queues.next(gate)) {
      gate.begin(next);
      queues.touch(next);
      going.push({ work: next, left: next.bytes, rate: 0, isMeasured: false });
      ends.set(next, { work: next, startMs: now, endMs: Infinity });
    }
    rates.set(going);
  };
  beginAll();
  while (going.length > 0) {
    const step = Math.min(...going.map(({ left, rate }) => left / rate));
    now += step;
    for (const each of going) each.left -= each.rate * step;
    // What rounding leaves is less than a thousandth of a millisecond.
    const over = going.filter(({ left, rate }) => left <= rate * 1e-3);
    going = going.filter((each) => !over.includes(each));
    for (const { work } of over) {
      gate.end(work);
      queues.touch(work);
      const own = ends.get(work);
      if (own) ends.set(work, { ...own, endMs: now });
    }
    beginAll();
  }
  return [...ends.values()];
}

interface Queues {
  /** Takes the next move that may begin, or gives null: then none may, until something is touched. */
  next(gate: ReturnType<typeof openGate>): Work | null;
  /** Says that a move has begun or ended: others of its hosts may be let through by that, and no others. */
  touch(work: Work): void;
}

function queuesOf(works: readonly Work[], fleet: Fleet, weigh: Weigh): Queues {
  const sorted = works
    .map((work) => ({ work, weight: weigh(work) }))
    .toSorted((a, b) => b.weight - a.weight || a.work.at - b.work.at)
    .map(({ work }) => work);
  const queues = new Map<PlanHost, { name: string; waiting: Set<Work>; leftMs: number }>();
  const change = (work: Work, by: 1 | -1): void => {
    for (const host of [work.step.from, work.step.to]) {
      const queue = queues.get(host) ?? { name: host.name, waiting: new Set(), leftMs: 0 };
      queues.set(host, queue);
      queue.leftMs += by * shareOf(work, host, fleet);
      if (by > 0) queue.waiting.add(work);
      else queue.waiting.delete(work);
    }
  };
  for (const work of sorted) change(work, 1);
  // What others wait for goes first, in the order in which it makes room.
  const tight = tightBefore(works.map(({ step }) => step));
  const urgent = new Set(works.filter(({ step }) => tight.has(step.from)));
  let touched = new Set(queues.keys());
  return {
    touch({ step }) {
      // A limit of the whole plan lets others through at hosts that nothing has happened at.
      touched =
        fleet.input.mostAtOnce === null ? touched.add(step.from).add(step.to) : new Set(queues.keys());
    },
    next(gate) {
      for (const work of urgent) {
        if (!gate.isOpen(work)) continue;
        urgent.delete(work);
        change(work, -1);
        return work;
      }
      const busiest = [...touched]
        .flatMap((host) => (gate.hasSlot(host) ? (queues.get(host) ?? []) : []))
        .toSorted((a, b) => b.leftMs - a.leftMs || compare(a.name, b.name));
      for (const { waiting } of busiest) {
        for (const work of waiting) {
          if (!gate.isOpen(work)) continue;
          change(work, -1);
          urgent.delete(work);
          return work;
        }
      }
      touched = new Set();
      return null;
    },
  };
}

/** For how long a move keeps a host busy when all its slots, or all its link, are in use. */
function shareOf({ bytes, aloneMs }: Work, host: PlanHost, { input }: Fleet): number {
  return input.links === 'shared' ? bytes / speedOf(host, input) : aloneMs / host.facts.migration.most;
}
