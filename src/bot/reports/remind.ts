import { awaitsReview } from '../../core/request/break-glass';
import { describeError, type BotLog } from '../log';
import type { DeliveryParts } from './deliver';
import { lacksCall } from './calls';
import { CARD_KEY } from './wanted';

/** How often it is looked whether a reminder is due, in milliseconds; a quarter of the first one's time if that is shorter. */
const LOOK_EVERY_MS = 30_000;

/**
 * Looks at every request that waits, from time to time, and has what is due delivered. It remembers nothing: what was told
 * stands in the ledger, so a bot that was away goes on where another one has ended.
 */
export async function remindUntil(
  signal: AbortSignal,
  parts: DeliveryParts & { log: BotLog },
  attempt: (id: string) => Promise<unknown>,
): Promise<void> {
  const { clock, log, reminders } = parts;
  const startedAt = clock.now();
  const every = Math.min(LOOK_EVERY_MS, reminders.firstSeconds * 250);
  while (!signal.aborted) {
    await clock.wait(every, signal);
    if (signal.aborted) return;
    try {
      for (const id of await lacking(parts, startedAt)) {
        if (signal.aborted) return;
        await attempt(id);
      }
    } catch (error) {
      log.warn(describeError(error), 'reminders could not be looked for');
    }
  }
}

/**
 * What began so lately that no reminder can be due is not even read: in a flood that is nearly all. It was told what it lacks when it was
 * reported; only what began before this bot may lack what the settings did not want then.
 */
async function lacking(parts: DeliveryParts, startedAt: number): Promise<readonly string[]> {
  const { ledger, clock, hook, reminders } = parts;
  const soonest = Math.min(reminders.firstSeconds, reminders.escalateSeconds) * 1_000;
  const found: string[] = [];
  const begun = await ledger.openRequests(Math.max(startedAt, clock.now() - soonest));
  for (const id of [...begun, ...(await ledger.toReview())]) {
    const record = await ledger.read(id);
    if (!record || (record.state !== 'waiting' && !awaitsReview(record))) continue;
    const messages = await ledger.delivered(id);
    const delivered = new Set(messages.keys());
    // Nothing is told about a request whose card has not come to its place yet.
    if (!delivered.has(CARD_KEY)) continue;
    const lacks = lacksCall(record, { ...parts, now: clock.now(), delivered });
    if (lacks || hook?.lacks(record, messages)) found.push(id);
  }
  return found;
}
