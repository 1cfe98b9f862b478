import { readDuration } from './duration';
import { quoteFound } from './problem';

/**
 * A moment as people say it, which only a time zone and the time of the asking make one: the next such day, that date, or without
 * a day the next time that clocks show it.
 */
export interface Moment {
  /** `Sat`, `2026-12-05`, or null. */
  readonly day: string | null;
  /** `02:00` */
  readonly clock: string;
}

/** What could stand where a moment was not understood. */
export const MOMENT_EXPECTED =
  'a time such as 02:00 (whenever it is that late next), "Sat 02:00" or "2026-12-05 02:00", in quotes if it has a space';

/** Days of the week, as `Date` numbers them. */
export const WEEKDAYS: readonly string[] = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];

/** A moment, or one sentence on what is wrong with the text and what was probably meant. */
export type MomentReading =
  | { readonly ok: true; readonly moment: Moment }
  | { readonly ok: false; readonly summary: string; readonly nearest: string | null };

const FULL_DAYS = ['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday'];
/** Longer texts get no proposal. */
const LONGEST_SPOKEN = 40;
/** They say no day that a text without a clock could know; the next such time is what they mostly mean. */
const FILLING = ['at', 'on', 'tomorrow', 'today', 'tonight'];

/** Reads `02:00`, `Sat 02:00` or `2026-12-05 02:00`; a day of the week in any case, and in full. */
export function readMoment(text: string): MomentReading {
  const [first = '', second, ...more] = text.split(' ').filter((word) => word !== '');
  const clock = clockOf(second ?? first);
  const day = second === undefined ? null : dayOf(first);
  const isWhole = clock !== null && more.length === 0 && (second === undefined || day !== null);
  if (isWhole && (day === null || !isDate(day) || isInCalendar(day)))
    return { ok: true, moment: { day, clock } };
  return { ok: false, summary: whyNot(text, isWhole), nearest: nearestMoment(text) };
}

/** The canonical text of a moment, without quotation marks. */
export function printMoment({ day, clock }: Moment): string {
  return day === null ? clock : `${day} ${clock}`;
}

/** Whether a word belongs to a moment that stands there without quotes: `Sat 02:00`, `2 am`. */
export function belongsToMoment(word: string): boolean {
  return /^(?:[0-9].*|[ap]\.?m\.?)$/i.test(word) || dayOf(word) !== null;
}

function clockOf(word: string): string | null {
  return /^(?:[01]?[0-9]|2[0-3]):[0-5][0-9]$/.test(word) ? word.padStart(5, '0') : null;
}

/** A date as it is, a day of the week by its short name; null: neither. */
function dayOf(word: string): string | null {
  if (isDate(word)) return word;
  const typed = word.toLowerCase();
  const at = FULL_DAYS.findIndex((name) => name === typed || name.slice(0, 3) === typed);
  return WEEKDAYS[at] ?? null;
}

function isDate(word: string): boolean {
  return /^20[0-9]{2}-[0-9]{2}-[0-9]{2}$/.test(word);
}

function isInCalendar(date: string): boolean {
  const at = Date.parse(`${date}T00:00:00Z`);
  return !Number.isNaN(at) && new Date(at).toISOString().startsWith(date);
}

function whyNot(text: string, isWhole: boolean): string {
  const found = quoteFound(text);
  if (text.trim() === '') return 'The time is empty.';
  if (isWhole) return `${found} is on no day of the calendar.`;
  if (readDuration(text).ok) return `${found} says how long, not when; --deadline takes that.`;
  return `${found} is no time, and no day with a time.`;
}

/** Takes other ways to write days and times for what they mean; null if that is not clear. */
function nearestMoment(text: string): string | null {
  if (text.length > LONGEST_SPOKEN) return null;
  const words = text
    .toLowerCase()
    .replace(/^([0-9-]{10})t/, '$1 ')
    .replaceAll(/([0-9]) *([ap])\.?m\b\.?/g, '$1$2m')
    .split(/[ ,]+/)
    .filter((word) => word !== '' && !FILLING.includes(word));
  const clocks = words.flatMap((word) => spokenClock(word) ?? []);
  const days = words.flatMap((word) => spokenDay(word) ?? []);
  const [clock] = clocks;
  if (clock === undefined || clocks.length > 1 || days.length > 1 || words.length !== 1 + days.length)
    return null;
  const [day = null] = days;
  return day === null ? clock : `"${printMoment({ day, clock })}"`;
}

function spokenDay(word: string): string | null {
  const day = dayOf(word);
  if (day !== null) return !isDate(day) || isInCalendar(day) ? day : null;
  const at = FULL_DAYS.findIndex((name) => word.length > 2 && name.startsWith(word));
  return WEEKDAYS[at] ?? null;
}

/** `2am`, `2:30pm`, `02.00`, `0200`, `14h30`, `noon`. */
function spokenClock(word: string): string | null {
  if (word === 'noon') return '12:00';
  if (word === 'midnight') return '00:00';
  const [, hour = '', minute = '00', half] = /^([0-9]{1,2})(?:[:.h]?([0-9]{2}))?([ap]m)?$/.exec(word) ?? [];
  if (hour === '' || (half !== undefined && (Number(hour) < 1 || Number(hour) > 12))) return null;
  const hours = half === undefined ? Number(hour) : (Number(hour) % 12) + (half === 'pm' ? 12 : 0);
  return clockOf(`${hours}:${minute}`);
}
