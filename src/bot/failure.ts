import type { Random } from '../core/ports';
import { Fault } from '../core/problem';
import { inert } from './cards/text';
import { describeError, type BotLog } from './log';

/**
 * What a person is told when a part of the system failed, in mrkdwn: what failed, what was not changed, what to do. An error
 * that nobody expected gets a reference, which joins the answer to the stack in the log.
 */
export function failureText(error: unknown, { random, log }: { random: Random; log: BotLog }): string {
  if (error instanceof Fault && error.retry === 'unknown') {
    const advice =
      'look whether a card shows it before you try again. Nothing is written without an approval.';
    return `⏳ Not now: ${inert(error.message)} It is not known whether this was recorded: ${advice}`;
  }
  if (error instanceof Fault) {
    return `⏳ Not now: ${inert(error.message)} Nothing was changed. ${inert(error.remedy)}`.trim();
  }
  const reference = random.hex(4);
  log.error({ ...describeError(error), reference }, 'unexpected error');
  return (
    `💥 Something unexpected went wrong. Nothing is written without an approval: look at the card for what was recorded. ` +
    `Give the reference ${reference} to whoever runs Handover.`
  );
}
