import type { Logger } from 'pino';
import type { Random } from '../core/ports';
import { Fault, type Problem } from '../core/problem';
import { inert } from './cards/text';

/** A private answer to a command that was refused before anything was recorded. */
export function refusedCommand({ summary, remedy }: Problem): string {
  return `🚫 ${inert(summary)} Nothing was recorded. ${inert(remedy)}`.trim();
}

/** A private answer to a click: what failed, that nothing was changed, what to do. */
export function refusalText(problem: Problem, label?: string): string {
  const head = label === undefined ? '' : `${label}: `;
  const remedy = problem.remedy === '' ? '' : ` ${inert(problem.remedy)}`;
  return `🚫 ${head}${inert(problem.summary)} Your click changed nothing.${remedy}`;
}

/** What a person is told when a part of the system failed. Stacks go to the log only; a reference joins the two. */
export function failureText(error: unknown, { random, log }: { random: Random; log: Logger }): string {
  if (error instanceof Fault && error.retry === 'unknown') {
    return `⏳ ${inert(error.message)} It is not known whether this was recorded: look at the card before you try again.`;
  }
  if (error instanceof Fault) {
    return `⏳ Not now: ${inert(error.message)} Nothing was changed. ${inert(error.remedy)}`.trim();
  }
  const reference = random.hex(4);
  log.error({ err: error, reference }, 'unexpected failure');
  return `💥 Something unexpected went wrong. Nothing was changed by this. Give the reference ${reference} to whoever runs Handover.`;
}
