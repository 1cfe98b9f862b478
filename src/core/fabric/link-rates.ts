import type { Fleet, PlanHost } from './fleet';
import { speedOf, type Work } from './work';

/** A move that is under way: bytes that are left, at so many per millisecond. */
export interface Going {
  readonly work: Work;
  left: number;
  rate: number;
  /** It goes at its own rate whatever else goes on, and takes its share of the links. */
  readonly isMeasured: boolean;
}

/** Sets how fast moves are while all of these go on. */
export function linkRates({ input }: Fleet): { set(going: readonly Going[]): void } {
  return {
    set(going) {
      const users = new Map<PlanHost, number>();
      for (const { work } of going) {
        for (const host of [work.step.from, work.step.to]) users.set(host, (users.get(host) ?? 0) + 1);
      }
      const share = (host: PlanHost): number =>
        speedOf(host, input) / (input.links === 'shared' ? (users.get(host) ?? 1) : 1);
      for (const each of going) {
        if (each.isMeasured) continue;
        each.rate = Math.min(share(each.work.step.from), share(each.work.step.to));
      }
    },
  };
}
