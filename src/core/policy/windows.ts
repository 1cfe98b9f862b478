import { z } from 'zod';
import { isZone, localTime } from './local-time';
import { WAIVABLE } from './waiver';

const DAYS = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'] as const;
const Clock = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'a time such as 22:30');
const Name = z.string().regex(/^[a-z][a-z0-9-]{0,39}$/, 'a name such as patch-night');

/** A time zone by its name in the IANA database. */
export const TimeZone = z.string().refine(isZone, 'a time zone such as Europe/Berlin');

/** Again every week. Until a time that is not later than the first: of the next day. */
const Weekly = {
  days: z.array(z.enum(DAYS)).min(1),
  from: Clock,
  until: Clock,
  timeZone: TimeZone.default('UTC'),
};

/** Once, from one moment to another, with their zones. */
const Once = {
  start: z.iso.datetime({ offset: true }),
  end: z.iso.datetime({ offset: true }),
};

const windows = <Shape extends z.ZodRawShape>(more: Shape) =>
  z.array(
    z.union([
      z.strictObject({ name: Name, ...more, ...Weekly }),
      z.strictObject({ name: Name, ...more, ...Once }),
    ]),
  );

/** While one of these is open nothing new begins, and nothing can be approved. */
export const FreezeWindows = windows({});

/** While one of these is open what it waives needs no approval, and when it has closed nothing of that begins any more. Only moves and cordons can be waived, never a directory write. */
export const MaintenanceWindows = windows({
  waives: z.array(z.enum(WAIVABLE)).min(1),
});
export type MaintenanceWindow = z.infer<typeof MaintenanceWindows>[number];

type Window = z.infer<typeof FreezeWindows>[number];

/** The first window that is open at a moment (milliseconds since 1970), or null. */
export function openWindow<W extends Window>(windowsOf: readonly W[] | undefined, now: number): W | null {
  return openWindows(windowsOf, now)[0] ?? null;
}

/** All windows that are open at a moment. */
export function openWindows<W extends Window>(
  windowsOf: readonly W[] | undefined,
  now: number,
): readonly W[] {
  return (windowsOf ?? []).filter((window) => isOpen(window, now));
}

/** When a window that is open at a moment closes, in milliseconds since 1970; one that opens again at once closes, too. */
export function closesAt(window: Window, now: number): number {
  if ('start' in window) return Date.parse(window.end);
  const minute = Math.floor(now / MINUTE_MS) * MINUTE_MS;
  const until = minutesOf(window.until);
  const left = until - minutesOf(localTime(now, window.timeZone).clock);
  const end = minute + (left <= 0 ? left + DAY_MINUTES : left) * MINUTE_MS;
  // Where clocks change until then, it is an hour sooner or later.
  const off = until - minutesOf(localTime(end, window.timeZone).clock);
  const changed = ((off + DAY_MINUTES / 2 + DAY_MINUTES) % DAY_MINUTES) - DAY_MINUTES / 2;
  return end + changed * MINUTE_MS;
}

const MINUTE_MS = 60_000;
const DAY_MINUTES = 1_440;

function minutesOf(clock: string): number {
  const [hours = 0, minutes = 0] = clock.split(':').map(Number);
  return hours * 60 + minutes;
}

function isOpen(window: Window, now: number): boolean {
  if ('start' in window) return now >= Date.parse(window.start) && now < Date.parse(window.end);
  const { weekday: day, clock } = localTime(now, window.timeZone);
  const isDay = (index: number): boolean => window.days.some((name) => name === DAYS[(index + 7) % 7]);
  if (window.from < window.until) return isDay(day) && clock >= window.from && clock < window.until;
  // Past midnight it is still the window of the day before.
  return (isDay(day) && clock >= window.from) || (isDay(day - 1) && clock < window.until);
}
