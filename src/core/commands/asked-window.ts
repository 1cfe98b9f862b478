import type { CommandCursor } from './cursor';
import type { AskedWindow } from './move-ask';
import type { Options } from './options';

/** The options that say when machines may begin to move. */
export const WINDOW_OPTIONS = ['at', 'until', 'deadline'] as const satisfies readonly (keyof Options)[];

/** What the options say of it; an end is said in one way. */
export function windowOf(
  cursor: CommandCursor,
  options: Pick<Options, (typeof WINDOW_OPTIONS)[number]>,
): { window: AskedWindow | null } {
  const { at = null, until = null, deadline: deadlineMs = null } = options;
  if (until !== null && deadlineMs !== null) {
    const summary = '--until and --deadline both say when no move begins any more.';
    throw cursor.refuse('command.option', summary, { expected: 'one of the two' });
  }
  const isSaid = at !== null || until !== null || deadlineMs !== null;
  return { window: isSaid ? { at, until, deadlineMs } : null };
}
