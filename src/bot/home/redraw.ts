import { WebAPIRateLimitedError } from '@slack/web-api';
import { describeError } from '../log';
import type { Desk, HomeParts } from './desk';
import type { Onlooker } from './onlookers';
import { shownIn } from './view';

/** Draws the Home of everybody who looks on and would see something else by now. False: some could not be drawn now, and may be soon. Never throws. */
export async function redrawAll(signal: AbortSignal, parts: HomeParts, desk: Desk): Promise<boolean> {
  let isAllDrawn = true;
  for (const onlooker of desk.onlookers.present()) {
    if (signal.aborted) break;
    isAllDrawn = (await redraw(parts, desk, onlooker)) && isAllDrawn;
  }
  return isAllDrawn;
}

async function redraw({ pace, log }: HomeParts, desk: Desk, onlooker: Onlooker): Promise<boolean> {
  const { onlookers, newest } = desk;
  const { user } = onlooker.acted;
  // What the person has just asked for goes first; it may be about what was true before.
  if (newest.has(user)) return false;
  const call = { kind: 'view', channel: user, isUrgent: false } as const;
  const drawing = {};
  newest.set(user, drawing);
  try {
    const content = await contentFor(desk, onlooker);
    const shown = typeof content === 'string' ? content : shownIn(content);
    if (newest.get(user) !== drawing || shown === onlooker.shown) return true;
    if (pace.take(call) > 0) return false;
    await desk.publish(user, content, false);
    if (typeof content === 'string') onlookers.left(user);
    else onlookers.drawn({ ...onlooker, shown });
    return true;
  } catch (error) {
    log.warn({ ...describeError(error), user }, 'Home was not kept up to date');
    if (!(error instanceof WebAPIRateLimitedError)) return true;
    pace.refused(call, error.retryAfter * 1_000);
    return false;
  } finally {
    if (newest.get(user) === drawing) newest.delete(user);
  }
}

/** What should stand there by now, judged by the rights of now. */
async function contentFor(desk: Desk, { acted, page, notice }: Onlooker) {
  const seen = await desk.look(acted);
  if (typeof seen === 'string') return seen;
  const known = desk.findings.lately(seen.by);
  return { ...seen, notice, page, ...(known !== undefined && { findings: known }) };
}
