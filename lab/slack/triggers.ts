import { randomBytes } from 'node:crypto';
import { ApiError } from './api-error';

/** What a trigger id stands for: who acted, when, and in which modal if it was in one. */
interface Trigger {
  user: string;
  modal: string | undefined;
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

  /** `modal` is the id of the modal that the person acted in. */
  issue(user: string, modal?: string): string {
    for (const [known, trigger] of this.#known) {
      if (trigger.expiresAt > Date.now() - rememberedMs) break;
      this.#known.delete(known);
    }
    const id = `${Date.now()}.${randomBytes(4).readUInt32BE()}.${randomBytes(16).toString('hex')}`;
    this.#known.set(id, { user, modal, expiresAt: Date.now() + this.#lifeMs, isUsed: false });
    return id;
  }

  forget(): void {
    this.#known.clear();
  }

  /** The user of a fresh trigger; throws `invalid_trigger_id`, `exchanged_trigger_id` or `expired_trigger_id`. */
  exchange(id: string): string {
    return this.#exchange(id, () => true).user;
  }

  /**
   * As `exchange`, for a view to push: only the trigger of an interaction within a modal is good
   * (docs.slack.dev/reference/methods/views.push, "Usage info"), any other is `invalid_trigger_id`, as somebody met it
   * with a shortcut's (slackapi/python-slack-sdk issue 804). `modal` is where it was used.
   */
  exchangeWithin(id: string): { user: string; modal: string } {
    const { user, modal = '' } = this.#exchange(id, (trigger) => trigger.modal !== undefined);
    return { user, modal };
  }

  #exchange(id: string, isGood: (trigger: Trigger) => boolean): Trigger {
    const trigger = this.#known.get(id);
    if (!trigger || !isGood(trigger)) throw new ApiError('invalid_trigger_id');
    if (trigger.isUsed) throw new ApiError('exchanged_trigger_id');
    if (Date.now() > trigger.expiresAt) throw new ApiError('expired_trigger_id');
    trigger.isUsed = true;
    return trigger;
  }
}
