import type { Verdict } from '../delegation/plan';
import { about } from '../fabric/plan-sentence';
import type { Forecast, ForecastMove } from './forecast';
import type { MoveWindow } from './move-window';

/**
 * Whether what is foreseen fits a window, as far as is known at `now`: a warning where not all of it does, a refusal where nothing does or the
 * window is over. Empty where it fits.
 */
export function windowVerdicts(
  window: MoveWindow,
  { moves, ms }: Pick<Forecast, 'moves' | 'ms'>,
  now: number,
): readonly Verdict[] {
  const span = spanOf(window, now);
  if (span === null || (span >= ms && span > 0)) return [];
  const shortest = Math.min(...moves.map((each) => each.ms));
  if (span > 0 && shortest <= span) {
    return [
      {
        check: 'window.short',
        verdict: 'warn',
        sentence: `All of it takes ${about(ms)}, and the window is ${plain(span)}: what would not be over by its end stays.`,
        remedy: 'Choose a longer window, or ask again for what has stayed.',
      },
    ];
  }
  return [
    {
      check: 'window.too-short',
      verdict: 'refuse',
      sentence:
        span <= 0
          ? 'The window for the moves is over.'
          : `The shortest of these moves takes ${about(shortest)}, and the window is ${plain(span)}.`,
      remedy: 'Ask again with a longer window.',
    },
  ];
}

/** How long moves may go on that begin at `now` or when the window opens, in milliseconds; null: the window has no end. */
function spanOf({ from, until, deadlineMs }: MoveWindow, now: number): number | null {
  return until === null ? deadlineMs : until - Math.max(now, from ?? now);
}

/** Why a move is not begun any more: it would not be over by `until`, as far as is known; null: it would. */
export function tooLate(
  { name, ms }: Pick<ForecastMove, 'name' | 'ms'>,
  until: number | null,
  now: number,
): { readonly code: string; readonly summary: string; readonly remedy: string } | null {
  if (until === null || now + ms <= until) return null;
  return {
    code: 'move.no-time',
    summary: `${name} was left: it takes ${about(ms)}, and the window had ${plain(until - now)} left.`,
    remedy: 'Ask again for what has stayed.',
  };
}

function plain(ms: number): string {
  return about(ms).replace(/^about /, '');
}
