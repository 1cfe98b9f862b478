import type { AskedWindow } from '../commands/move-ask';
import { momentAfter } from '../policy/local-time';
import type { Problem } from '../problem';

const DAY_MS = 86_400_000;

/** Further ahead nobody knows any more what was approved; in milliseconds. */
const LONGEST_WAIT_MS = 30 * DAY_MS;
/** An approval is not for longer than one with a step by hand. */
const LONGEST_MS = 7 * DAY_MS;

/** When moves of a request may begin, in milliseconds since 1970. */
export interface MoveWindow {
  /** Null: as soon as they are approved. */
  readonly from: number | null;
  /** Null: as long as the approval allows. */
  readonly until: number | null;
  /** So long after the first of them has begun, where that moment alone says when it ends. */
  readonly deadlineMs: number | null;
}

/** The window that is meant by what was said at `askedAt` in a time zone, or why there is none. */
export function readWindow(
  { at, until, deadlineMs }: AskedWindow,
  askedAt: number,
  timeZone: string,
): { readonly window: MoveWindow } | { readonly problem: Problem } {
  const from = at && momentAfter(at, askedAt, timeZone);
  if (at && from === null) return isOver('--at');
  const start = from ?? askedAt;
  const end = until ? momentAfter(until, start, timeZone) : from && deadlineMs && from + deadlineMs;
  if (until && end === null) return isOver('--until');
  if (start - askedAt > LONGEST_WAIT_MS) return tooFar();
  if (end !== null && end - start > LONGEST_MS) return tooLong();
  return { window: { from, until: end, deadlineMs: from === null ? deadlineMs : null } };
}

function isOver(option: string): { problem: Problem } {
  const summary = `What ${option} says is over already.`;
  const remedy = 'Ask again with a later one. The zone is policy.timeZone of handover.yaml.';
  return { problem: { code: 'window.over', summary, remedy } };
}

function tooFar(): { problem: Problem } {
  const summary = 'The moves would begin more than 30 days from now.';
  return { problem: { code: 'window.far', summary, remedy: 'Ask again when it is nearer.' } };
}

function tooLong(): { problem: Problem } {
  const summary = 'The window would be longer than 7 days.';
  return { problem: { code: 'window.long', summary, remedy: 'Ask again with an earlier end.' } };
}
