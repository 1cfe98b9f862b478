/** Bytes on their way over links that others use too. Times in milliseconds, rates in bytes per millisecond. */
export interface Transfer {
  readonly id: string;
  /** Links that it goes through, by name: the narrowest share of them is its rate. */
  readonly links: readonly string[];
  readonly left: number;
}

/** What a stretch of time comes to. */
export interface Stretch {
  readonly transfers: readonly Transfer[];
  /** Ids of those that ended within it, and when. */
  readonly ended: readonly { readonly id: string; readonly at: number }[];
}

/** How fast each transfer is while all of them are on their way: every link is shared evenly by those that go through it. */
export function ratesOf(
  transfers: readonly Transfer[],
  speedOf: (link: string) => number,
): ReadonlyMap<string, number> {
  const users = new Map<string, number>();
  for (const { links } of transfers) {
    for (const link of links) users.set(link, (users.get(link) ?? 0) + 1);
  }
  const share = (link: string): number => speedOf(link) / (users.get(link) ?? 1);
  return new Map(transfers.map(({ id, links }) => [id, Math.min(...links.map(share))]));
}

/**
 * Lets time go by. Between two ends rates are constant, so the course is exact whatever the stretches are that it is looked at in:
 * nothing here has a tick.
 */
export function passTime(
  transfers: readonly Transfer[],
  { from, to }: { from: number; to: number },
  speedOf: (link: string) => number,
): Stretch {
  const ended: { id: string; at: number }[] = [];
  let going = transfers;
  let now = from;
  while (going.length > 0 && now < to) {
    const rates = ratesOf(going, speedOf);
    const rateOf = ({ id }: Transfer): number => rates.get(id) ?? 0;
    const next = Math.min(...going.map((each) => each.left / rateOf(each)), to - now);
    const moved = going.map((each) => ({ ...each, left: each.left - rateOf(each) * next }));
    now += next;
    // What is left of rounding is less than a byte.
    for (const each of moved) if (each.left < 1) ended.push({ id: each.id, at: now });
    going = moved.filter(({ left }) => left >= 1);
  }
  return { transfers: going, ended };
}
