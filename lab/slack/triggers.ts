import { randomBytes } from 'node:crypto';
import { ApiError } from './api-error';

/** What a trigger id stands for: who acted, and when. */
interface Trigger {
  user: string;
  expiresAt: number;
  isUsed: boolean;
}

/** How long an expired trigger is told from an unknown one. */
const rememberedMs = 60_000;

/**
 * Trigger ids: good for one view within their life (three seconds at Slack). The refusals are those of the pages of
 * views.open and views.push; `trigger_expired` and `trigger_exchanged` are dialog.open's names for the same.
 */
export class Triggers {
  readonly #lifeMs: number;
  readonly #known = new Map<string, Trigger>();

  constructor(lifeMs: number) {
    this.#lifeMs = lifeMs;
  }

  issue(user: string): string {
    for (const [known, trigger] of this.#known) {
      if (trigger.expiresAt > Date.now() - rememberedMs) break;
      this.#known.delete(known);
    }
    const id = `${Date.now()}.${randomBytes(4).readUInt32BE()}.${randomBytes(16).toString('hex')}`;
    this.#known.set(id, { user, expiresAt: Date.now() + this.#lifeMs, isUsed: false });
    return id;
  }

  forget(): void {
    this.#known.clear();
  }

  /** The user of a fresh trigger; throws `invalid_trigger_id`, `exchanged_trigger_id` or `expired_trigger_id`. */
  exchange(id: string): string {
    const trigger = this.#known.get(id);
    if (!trigger) throw new ApiError('invalid_trigger_id');
    if (trigger.isUsed) throw new ApiError('exchanged_trigger_id');
    if (Date.now() > trigger.expiresAt) throw new ApiError('expired_trigger_id');
    trigger.isUsed = true;
    return trigger.user;
  }
}
