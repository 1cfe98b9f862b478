import { putNewest } from '../../core/newest';
import type { Acted } from '../person';

/** Somebody who has Home open, as far as anybody can know, and what stands there. */
export interface Onlooker {
  readonly acted: Acted;
  readonly page: number;
  readonly notice: string | null;
  /** What was shown, as `shownIn` tells it. */
  readonly shown: string;
}

/** Slack does not say when somebody leaves: so long after opening it or clicking there Home is kept up to date, in milliseconds. */
const LATELY_MS = 15 * 60_000;

/** More Homes than this are not kept up to date; of more people those who came last. */
const MOST = 20;

/** Who was seen at Home lately. */
export class Onlookers {
  readonly #clock: { monotonic(): number };
  readonly #seen = new Map<string, { readonly until: number; readonly onlooker: Onlooker }>();

  constructor(clock: { monotonic(): number }) {
    this.#clock = clock;
  }

  /** Somebody has opened Home or clicked there. */
  came(onlooker: Onlooker): void {
    const { user } = onlooker.acted;
    putNewest(this.#seen, [user, { until: this.#clock.monotonic() + LATELY_MS, onlooker }], MOST);
  }

  /** Home was drawn anew for somebody, who has done nothing. */
  drawn(onlooker: Onlooker): void {
    const { user } = onlooker.acted;
    const known = this.#seen.get(user);
    if (known) this.#seen.set(user, { ...known, onlooker });
  }

  /** Nothing is kept up to date for this person any more. */
  left(user: string): void {
    this.#seen.delete(user);
  }

  /** Those who are still looking, those who came first at first. */
  present(): readonly Onlooker[] {
    const now = this.#clock.monotonic();
    for (const [user, { until }] of this.#seen) if (until <= now) this.#seen.delete(user);
    return [...this.#seen.values()].map(({ onlooker }) => onlooker);
  }
}
