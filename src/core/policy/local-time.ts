import { WEEKDAYS, type Moment } from '../commands/moment';

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;
const DAYS_IN_WEEK = 7;

/** Whether a text names a time zone, such as `Europe/Berlin`. */
export function isZone(text: string): boolean {
  try {
    return formatOf(text).format(0) !== '';
  } catch {
    return false;
  }
}

/** What calendars and clocks of a zone show at a moment; `weekday` 0 is Sunday. */
export interface LocalTime {
  /** `2026-12-05` */
  readonly date: string;
  readonly weekday: number;
  /** `02:00` */
  readonly clock: string;
}

/** What calendars and clocks of a zone show at `now`, milliseconds since 1970. */
export function localTime(now: number, timeZone: string): LocalTime {
  const parts = new Map(
    formatOf(timeZone)
      .formatToParts(now)
      .map(({ type, value }) => [type, value]),
  );
  const date = `${parts.get('year')}-${parts.get('month')}-${parts.get('day')}`;
  return {
    date,
    weekday: new Date(`${date}T00:00:00Z`).getUTCDay(),
    clock: `${parts.get('hour')}:${parts.get('minute')}`,
  };
}

/**
 * The first time after `after` that calendars and clocks of a zone show a moment, in milliseconds since 1970; null: that date is over. Where clocks
 * skip it (they go forward) it is when they skip it, as a window opens then too; where they show it twice each of the two counts.
 */
export function momentAfter({ day, clock }: Moment, after: number, timeZone: string): number | null {
  const { date } = localTime(after, timeZone);
  const weekday = WEEKDAYS.findIndex((name) => name === day);
  const days = Array.from({ length: DAYS_IN_WEEK + 2 }, (_, ahead) => dateAfter(date, ahead));
  const isWanted = (each: string): boolean =>
    weekday < 0 || new Date(`${each}T00:00:00Z`).getUTCDay() === weekday;
  const wanted = day !== null && weekday < 0 ? [day] : days.filter(isWanted);
  for (const each of wanted) {
    const found = instantsOf(`${each}T${clock}:00Z`, timeZone).find((at) => at > after);
    if (found !== undefined) return found;
  }
  return null;
}

function dateAfter(date: string, days: number): string {
  return new Date(Date.parse(`${date}T00:00:00Z`) + days * DAY_MS).toISOString().slice(0, 10);
}

/** When clocks of a zone show a time that is written as if it were UTC: once as a rule, twice where they go back; when they skip it, there. */
function instantsOf(written: string, timeZone: string): readonly number[] {
  const shown = Date.parse(written);
  const [early, late] = [shown - DAY_MS, shown + DAY_MS].map((at) => shown - offsetAt(at, timeZone));
  if (early === undefined || late === undefined) return [];
  const found = [...new Set([early, late])].filter((at) => at + offsetAt(at, timeZone) === shown);
  return found.length > 0 ? found.toSorted((a, b) => a - b) : [skipped([late, early], timeZone)];
}

/** The minute between two moments at which clocks of a zone are changed. */
function skipped([first, last]: readonly [number, number], timeZone: string): number {
  const after = offsetAt(last, timeZone);
  let [low, high] = [first, last];
  while (high - low > MINUTE_MS) {
    const middle = low + Math.floor((high - low) / 2 / MINUTE_MS) * MINUTE_MS;
    if (offsetAt(middle, timeZone) === after) high = middle;
    else low = middle;
  }
  return high;
}

/** How far ahead of UTC clocks of a zone are, in milliseconds. */
function offsetAt(at: number, timeZone: string): number {
  const { date, clock } = localTime(at, timeZone);
  return Date.parse(`${date}T${clock}:00Z`) - Math.floor(at / MINUTE_MS) * MINUTE_MS;
}

/** Making one takes longer than using it; there are as many as zones in a file. */
const FORMATS = new Map<string, Intl.DateTimeFormat>();

function formatOf(timeZone: string): Intl.DateTimeFormat {
  const known = FORMATS.get(timeZone);
  if (known) return known;
  const format = new Intl.DateTimeFormat('en-GB', {
    timeZone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  });
  FORMATS.set(timeZone, format);
  return format;
}
