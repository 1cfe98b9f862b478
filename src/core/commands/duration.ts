import { invariant } from '../problem';
import { quoteFound } from './problem';

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** The shortest time that may be asked for, in milliseconds: less is over before anybody can use it. */
export const SHORTEST_DURATION_MS = 10 * SECOND;
/** The longest, in milliseconds. */
export const LONGEST_DURATION_MS = 30 * DAY;

/** What could stand where a duration was not understood. */
export const DURATION_EXPECTED = 'a duration from 10s to 30d as one word, such as 30m, 8h, 2d or 1h30m';

/** A duration in milliseconds, or one sentence on what is wrong with the text and what was probably meant. */
export type DurationReading =
  | { readonly ok: true; readonly ms: number }
  | { readonly ok: false; readonly summary: string; readonly nearest: string | null };

const UNITS = [
  ['d', DAY],
  ['h', HOUR],
  ['m', MINUTE],
  ['s', SECOND],
] as const;

/** Words that are refused, but whose meaning is clear enough to propose the right spelling. */
const SPOKEN: readonly (readonly [string, number])[] = [
  ...UNITS,
  ...['day', 'days'].map((word) => [word, DAY] as const),
  ...['hr', 'hrs', 'hour', 'hours'].map((word) => [word, HOUR] as const),
  ...['min', 'mins', 'minute', 'minutes'].map((word) => [word, MINUTE] as const),
  ...['sec', 'secs', 'second', 'seconds'].map((word) => [word, SECOND] as const),
  ...['w', 'week', 'weeks'].map((word) => [word, 7 * DAY] as const),
];

/** Longer texts get no proposal; it also bounds the work of finding one. */
const LONGEST_SPOKEN = 40;

/** Reads `30m`, `8h`, `2d`, `90s` or several of them from the larger unit to the smaller, `1h30m`; letters in any case. */
export function readDuration(text: string): DurationReading {
  const counts = /^(?:([0-9]+)d)?(?:([0-9]+)h)?(?:([0-9]+)m)?(?:([0-9]+)s)?$/i.exec(text);
  if (text === '' || counts === null) return refuse(`${whyNot(text)}.`, nearestDuration(text));
  const ms = UNITS.reduce((sum, [, unit], index) => sum + Number(counts[index + 1] ?? 0) * unit, 0);
  if (ms < SHORTEST_DURATION_MS) return refuse(`${quoteFound(text)} is shorter than 10 seconds.`, null);
  if (ms > LONGEST_DURATION_MS) return refuse(`${quoteFound(text)} is longer than 30 days.`, null);
  return { ok: true, ms };
}

/**
 * The canonical text of a duration: the largest units first, none that is zero, as `1d`, `8h` or `1h30m`. Throws for what
 * `readDuration` never gives: fractions of a second, less than 10 s, more than 30 days.
 */
export function printDuration(ms: number): string {
  const isWhole = Number.isInteger(ms / SECOND);
  const isWithin = ms >= SHORTEST_DURATION_MS && ms <= LONGEST_DURATION_MS;
  invariant(isWhole && isWithin, `a duration of ${ms} ms can be read back`);
  let left = ms;
  const parts = UNITS.map(([letter, unit]) => {
    const count = Math.floor(left / unit);
    left -= count * unit;
    return count === 0 ? '' : `${count}${letter}`;
  });
  return parts.join('');
}

/** Whether a word belongs to a duration that is wrongly written as several: `8 h`, `1 day 12 hours`. */
export function belongsToDuration(word: string): boolean {
  return /^[0-9]/.test(word) || unitOf(word) !== null;
}

function whyNot(text: string): string {
  if (text === '') return 'The duration is empty';
  const found = quoteFound(text);
  if (/^[0-9]+$/.test(text))
    return `The duration ${found} has no unit: s (seconds), m (minutes), h (hours) or d (days)`;
  return text.includes(' ')
    ? `${found} has a space in it; a duration is one word`
    : `${found} is not a duration`;
}

/** Takes words, fractions, spaces and any order for what they mean; null if that is not clear or out of bounds. */
function nearestDuration(text: string): string | null {
  if (text.length > LONGEST_SPOKEN) return null;
  const seen = new Set<number>();
  let ms = 0;
  const rest = text.replaceAll(
    /([0-9]+(?:[.,][0-9]+)?) *([a-z]+)[ ,]*/gi,
    (part, count: string, word: string) => {
      const unit = unitOf(word);
      if (unit === null || seen.has(unit)) return part;
      seen.add(unit);
      ms += Number(count.replace(',', '.')) * unit;
      return '';
    },
  );
  const rounded = Math.round(ms / SECOND) * SECOND;
  const isWithin = rounded >= SHORTEST_DURATION_MS && rounded <= LONGEST_DURATION_MS;
  return rest.trim() === '' && isWithin ? printDuration(rounded) : null;
}

function unitOf(word: string): number | null {
  return SPOKEN.find(([spelling]) => spelling === word.toLowerCase())?.[1] ?? null;
}

function refuse(summary: string, nearest: string | null): DurationReading {
  return { ok: false, summary, nearest };
}
