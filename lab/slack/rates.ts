/** Whether calls are limited as at Slack or not at all. */
export type RateMode = 'slack' | 'off';

/** So many calls a minute; unused ones are saved up to `burst`. */
interface Limit {
  perMinute: number;
  burst: number;
}

/** Slack says "20+ per minute" and that bursts are welcome: here a whole minute's worth may come at once. */
const tier = (perMinute: number): Limit => ({ perMinute, burst: perMinute });
const tiers = { 2: tier(20), 3: tier(50), 4: tier(100) } as const;

/** Methods of a "special" tier without a figure: "hundreds of requests per minute". */
const generous = tier(300);

/** The tier of each method, by its page below docs.slack.dev/reference/methods. */
const methodLimits: Record<string, Limit> = {
  'apps.connections.open': tiers[3],
  'auth.test': generous,
  'blocks.validate': generous,
  'chat.delete': tiers[3],
  'chat.getPermalink': generous,
  'chat.postEphemeral': tiers[4],
  // Beside one message a second in each channel, a limit for the whole workspace: "several hundred per minute".
  'chat.postMessage': generous,
  'chat.update': tiers[3],
  'conversations.history': tiers[3],
  'conversations.info': tiers[3],
  'conversations.join': tiers[3],
  'conversations.list': tiers[2],
  'conversations.members': tiers[4],
  'conversations.open': tiers[3],
  'conversations.replies': tiers[3],
  'files.completeUploadExternal': tiers[4],
  'files.getUploadURLExternal': tiers[4],
  'usergroups.list': tiers[2],
  'usergroups.users.list': tiers[2],
  'users.info': tiers[4],
  'users.list': tiers[2],
  'users.lookupByEmail': tiers[3],
  'views.open': tiers[4],
  'views.publish': tiers[4],
  'views.push': tiers[4],
  'views.update': tiers[4],
};

/** One message per second and channel; how many make a "short burst" is not published, five is this stand-in's choice. */
const perChannel: Limit = { perMinute: 60, burst: 5 };

interface Bucket {
  left: number;
  filledAt: number;
}

/** Counts calls per method (and posts per channel) of the one app in the one workspace. */
export class Rates {
  mode: RateMode;
  readonly #now: () => number;
  readonly #buckets = new Map<string, Bucket>();

  /** `now` is a monotonic clock in milliseconds. */
  constructor(mode: RateMode, now: () => number = () => performance.now()) {
    this.mode = mode;
    this.#now = now;
  }

  /** Counts a call; returns 0, or after how many whole seconds it may be repeated. Methods without a limit are not counted. */
  take(method: string, channel = ''): number {
    const limit = Object.hasOwn(methodLimits, method) ? methodLimits[method] : undefined;
    if (this.mode === 'off' || !limit) return 0;
    const wanted: [Bucket, Limit][] = [[this.#bucket(method, limit), limit]];
    if (method === 'chat.postMessage')
      wanted.push([this.#bucket(`${method} ${channel}`, perChannel), perChannel]);
    const waits = wanted.map(([bucket, { perMinute }]) =>
      bucket.left >= 1 ? 0 : Math.ceil(((1 - bucket.left) * 60) / perMinute),
    );
    const wait = Math.max(...waits);
    // A refused call uses nothing up, so that who waits as told gets through.
    if (wait === 0) for (const [bucket] of wanted) bucket.left -= 1;
    return wait;
  }

  /** Everything may be called again as if nothing had been. */
  forget(): void {
    this.#buckets.clear();
  }

  #bucket(key: string, limit: Limit): Bucket {
    const now = this.#now();
    const bucket = this.#buckets.get(key) ?? { left: limit.burst, filledAt: now };
    const gained = ((now - bucket.filledAt) / 60_000) * limit.perMinute;
    bucket.left = Math.min(limit.burst, bucket.left + gained);
    bucket.filledAt = now;
    this.#buckets.set(key, bucket);
    return bucket;
  }
}
