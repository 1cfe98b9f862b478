import type { Fleet, PlanHost } from './fleet';
import type { Work } from './work';

/** A move that is under way: bytes that are left, at so many per millisecond. */
export interface Going {
  readonly work: Work;
  left: number;
  rate: number;
  /** It goes at its own rate whatever else goes on, and takes its share of the links. */
  readonly isMeasured: boolean;
}

/** Says how fast moves are while others go on. */
interface LinkRates {
  begin(work: Work): void;
  end(work: Work): void;
  /** Sets how fast all these are, which are all that go on. */
  set(going: readonly Going[]): void;
}

/** Begins with every link idle. */
export function openLinks({ input }: Fleet): LinkRates {
  const users = new Map<PlanHost, number>();
  const change = ({ step: { from, to } }: Work, by: 1 | -1): void => {
    users.set(from, (users.get(from) ?? 0) + by);
    users.set(to, (users.get(to) ?? 0) + by);
  };
  const share = (host: PlanHost): number =>
    host.speed / (input.links === 'shared' ? (users.get(host) ?? 1) : 1);
  return {
    begin: (work) => change(work, 1),
    end: (work) => change(work, -1),
    set(going) {
      for (const each of going) {
        if (each.isMeasured) continue;
        each.rate = Math.min(share(each.work.step.from), share(each.work.step.to));
      }
    },
  };
}
