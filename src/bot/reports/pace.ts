import type { Clock } from '../../core/ports';

/** One call that is about to be made. `isUrgent`: people wait for it, or it is the last word. */
export interface PacedCall {
  readonly kind: 'post' | 'edit' | 'view' | 'whisper';
  /** Empty: not known. */
  readonly channel: string;
  /** Timestamp of the message that is edited. */
  readonly ts?: string;
  readonly isUrgent: boolean;
}

/** When calls to Slack may be made, all deliveries of this bot together. */
export interface Pace {
  /** 0: now, and it counts as made. Else after how many milliseconds it may be asked for again; nothing counts then. */
  take(call: PacedCall): number;
  /** A call is made that cannot wait, such as opening a view within its trigger's 3 s: others wait for longer. */
  made(call: Pick<PacedCall, 'kind' | 'channel'>): void;
  /** Slack has refused a call for so many milliseconds (its Retry-After). */
  refused(call: PacedCall, ms: number): void;
}

/** So many a minute, so many saved up, and so many of those kept for what is urgent. */
interface Rate {
  readonly perMinute: number;
  readonly burst: number;
  readonly reserve: number;
}

/**
 * By docs.slack.dev/apis/web-api/rate-limits: chat.postMessage one a second and channel with short bursts, "several hundred"
 * a minute in the workspace; chat.update is tier 3, 50 a minute; views.* and chat.postEphemeral are tier 4, 100 a minute.
 */
const RATES: Readonly<Record<'post' | 'channel' | 'edit' | 'view' | 'whisper', Rate>> = {
  post: { perMinute: 300, burst: 60, reserve: 20 },
  channel: { perMinute: 60, burst: 4, reserve: 1 },
  edit: { perMinute: 50, burst: 30, reserve: 10 },
  view: { perMinute: 100, burst: 40, reserve: 20 },
  whisper: { perMinute: 100, burst: 40, reserve: 0 },
};

/** Edits of one message that nobody waits for are so far apart; what happens in between is told by the next one. */
const APART_MS = 3_000;

/** Nobody is sent away for longer: what was planned for then may have changed. */
const LONGEST_MS = 60_000;

/** A pace that lets everything through: for benches and tests on a Slack that does not limit. */
export const UNPACED: Pace = { take: () => 0, made: () => undefined, refused: () => undefined };

/** The pace of one bot. It counts what this process sends; what another one sends as well is learnt from Slack's refusals. */
export function createPace(clock: Pick<Clock, 'monotonic'>): Pace {
  const buckets = new Map<string, Bucket>();
  const edited = new Map<string, number>();
  const bucketsOf = ({ kind, channel }: Pick<PacedCall, 'kind' | 'channel'>): readonly Bucket[] => {
    const isToChannel = kind === 'post' && channel !== '';
    const named = [
      { name: kind, rate: RATES[kind] },
      ...(isToChannel ? [{ name: `post ${channel}`, rate: RATES.channel }] : []),
    ];
    return named.map(({ name, rate }) => {
      const bucket = buckets.get(name) ?? new Bucket(rate, clock);
      buckets.set(name, bucket);
      return bucket;
    });
  };
  return {
    take(call) {
      const now = clock.monotonic();
      const message = `${call.channel} ${call.ts ?? ''}`;
      const since = now - (edited.get(message) ?? -APART_MS);
      if (call.kind === 'edit' && !call.isUrgent && since < APART_MS) return APART_MS - since;
      const wanted = bucketsOf(call);
      if (wanted.some((bucket) => !bucket.has(call.isUrgent))) {
        return Math.min(LONGEST_MS, Math.max(...wanted.map((bucket) => bucket.turn(call.isUrgent))));
      }
      for (const bucket of wanted) bucket.use();
      if (call.kind === 'edit') {
        for (const [known, at] of edited) if (now - at >= APART_MS) edited.delete(known);
        edited.set(message, now);
      }
      return 0;
    },
    made(call) {
      for (const bucket of bucketsOf(call)) bucket.overdraw();
    },
    refused(call, ms) {
      for (const bucket of bucketsOf(call).slice(-1)) bucket.close(ms);
    },
  };
}

/** Calls of one kind: a token bucket, and the order in which those come again who were sent away. */
class Bucket {
  readonly #rate: Rate;
  readonly #clock: Pick<Clock, 'monotonic'>;
  readonly #everyMs: number;
  readonly #turns = { urgent: 0, other: 0 };
  #left: number;
  #filledAt: number;
  #closedUntil = 0;

  constructor(rate: Rate, clock: Pick<Clock, 'monotonic'>) {
    this.#rate = rate;
    this.#clock = clock;
    this.#everyMs = 60_000 / rate.perMinute;
    this.#left = rate.burst;
    this.#filledAt = clock.monotonic();
  }

  has(isUrgent: boolean): boolean {
    return this.#waitMs(isUrgent) === 0;
  }

  use(): void {
    this.#left -= 1;
  }

  /** For what cannot wait: what is owed makes others wait, at most until twice the burst is filled. */
  overdraw(): void {
    this.#left = Math.max(-this.#rate.burst, this.#left - 1);
  }

  close(ms: number): void {
    this.#closedUntil = Math.max(this.#closedUntil, this.#clock.monotonic() + ms);
    this.#left = Math.min(this.#left, 1);
  }

  /** After how many milliseconds to come again: one after the other, so that not all come at once for one free place. */
  turn(isUrgent: boolean): number {
    const line = isUrgent ? 'urgent' : 'other';
    const now = this.#clock.monotonic();
    const wait = this.#waitMs(isUrgent);
    if (wait === 0) return 0;
    this.#turns[line] = Math.max(this.#turns[line] + this.#everyMs, now + wait);
    return Math.max(1, this.#turns[line] - now);
  }

  #waitMs(isUrgent: boolean): number {
    const now = this.#clock.monotonic();
    const filled = this.#left + (now - this.#filledAt) / this.#everyMs;
    this.#left = Math.min(this.#rate.burst, filled);
    this.#filledAt = now;
    const wanted = 1 + (isUrgent ? 0 : this.#rate.reserve);
    const short = Math.max(0, wanted - this.#left) * this.#everyMs;
    return Math.max(short, this.#closedUntil - now, 0);
  }
}
