import type { Clock } from '../core/ports';
import { inTime } from './in-time';
import { oneAsker } from './one-asker';
import { slackFault } from './slack-fault';

/** How long an answer is believed, and how long it is waited for, in milliseconds. */
const BELIEVED_MS = 60_000;
const WAIT_MS = 800;

/**
 * Asks Slack about somebody or something: once for all who want to know it meanwhile, and believed for a minute. An answer that comes too late
 * for this time is there for the next, since people are told to try again. Throws Fault when Slack does not say in time; `ask` throws its own.
 */
export function slackAnswers<T>(
  clock: Clock,
  ask: (about: string) => Promise<T>,
): (about: string) => Promise<T> {
  const known = new Map<string, { readonly answer: T; readonly until: number }>();
  const askOnce = oneAsker(async (about) => {
    const found = { answer: await ask(about), until: clock.now() + BELIEVED_MS };
    known.set(about, found);
    return found;
  });
  return async (about) => {
    const cached = known.get(about);
    if (cached && cached.until > clock.now()) return cached.answer;
    const found = await inTime(clock, WAIT_MS, askOnce(about));
    if (found === 'late') throw slackFault(null);
    return found.answer;
  };
}
