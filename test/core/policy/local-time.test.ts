import fc from 'fast-check';
import { readMoment } from '../../../src/core/commands/moment';
import { isZone, localTime, momentAfter } from '../../../src/core/policy/local-time';

const iso = (at: number | null): string | null =>
  at === null ? null : new Date(at).toISOString().replace(':00.000Z', 'Z');

function next(text: string, after: string, zone: string): string | null {
  const reading = readMoment(text);
  if (!reading.ok) throw new Error(reading.summary);
  return iso(momentAfter(reading.moment, Date.parse(after), zone));
}

describe('the next moment that is meant', () => {
  // 23 November 2026 is a Monday. The clocks of Berlin go back on 25 October 2026 at 3:00, and forward on 28 March 2027 at 2:00.
  it.each([
    ['a time later today', '02:00', '2026-11-23T01:59:59Z', 'UTC', '2026-11-23T02:00Z'],
    ['a time that is now', '02:00', '2026-11-23T02:00:00Z', 'UTC', '2026-11-24T02:00Z'],
    ['a time in another zone', '02:00', '2026-11-23T02:00:00Z', 'Europe/Berlin', '2026-11-24T01:00Z'],
    ['a day of this week', 'Sat 02:00', '2026-11-23T02:00:00Z', 'UTC', '2026-11-28T02:00Z'],
    ['a day that is today', 'Mon 03:00', '2026-11-23T02:00:00Z', 'UTC', '2026-11-23T03:00Z'],
    ['a day whose time is over today', 'Mon 01:00', '2026-11-23T02:00:00Z', 'UTC', '2026-11-30T01:00Z'],
    [
      'a day that is today there',
      'Mon 23:30',
      '2026-11-24T04:00:00Z',
      'America/New_York',
      '2026-11-24T04:30Z',
    ],
    ['a date', '2026-12-05 02:00', '2026-11-23T02:00:00Z', 'Europe/Berlin', '2026-12-05T01:00Z'],
    ['a date that is over', '2026-11-23 02:00', '2026-11-23T02:00:00Z', 'UTC', null],
    ['winter after summer', 'Sat 02:00', '2026-10-25T12:00:00Z', 'Europe/Berlin', '2026-10-31T01:00Z'],
    ['a time that is skipped', 'Sun 02:30', '2027-03-27T12:00:00Z', 'Europe/Berlin', '2027-03-28T01:00Z'],
    ['the end of what is skipped', 'Sun 03:00', '2027-03-27T12:00:00Z', 'Europe/Berlin', '2027-03-28T01:00Z'],
    ['the first of two', '02:30', '2026-10-24T12:00:00Z', 'Europe/Berlin', '2026-10-25T00:30Z'],
    ['the second of two', '02:30', '2026-10-25T00:30:00Z', 'Europe/Berlin', '2026-10-25T01:30Z'],
    ['none of two that are over', '02:30', '2026-10-25T01:30:00Z', 'Europe/Berlin', '2026-10-26T01:30Z'],
    ['half an hour skipped', '02:15', '2026-10-03T12:00:00Z', 'Australia/Lord_Howe', '2026-10-03T15:30Z'],
    [
      'where days are far ahead',
      'Tue 00:30',
      '2026-11-23T02:00:00Z',
      'Pacific/Kiritimati',
      '2026-11-23T10:30Z',
    ],
  ])('%s', (_what, text, after, zone, found) => {
    expect(next(text, after, zone)).toBe(found);
  });

  it('is shown by the clocks and the calendar of its zone, or skipped by them, and comes within eight days', () => {
    const zones = ['UTC', 'Europe/Berlin', 'America/New_York', 'Australia/Lord_Howe', 'Pacific/Chatham'];
    const start = Date.UTC(2026, 0, 1);
    fc.assert(
      fc.property(
        fc.constantFrom(...zones),
        fc.integer({ min: 0, max: 2 * 365 * 24 * 60 }),
        fc.constantFrom(null, 'Sun', 'Wed'),
        fc.constantFrom('00:00', '02:00', '02:30', '02:45', '23:59'),
        (zone, minute, day, clock) => {
          const after = start + minute * 60_000;
          const at = momentAfter({ day, clock }, after, zone) ?? 0;
          expect(at).toBeGreaterThan(after);
          expect(at - after).toBeLessThanOrEqual(7 * 86_400_000 + 3_600_000);
          const [shown, before] = [localTime(at, zone), localTime(at - 60_000, zone)];
          expect(shown.clock === clock || (before.clock < clock && clock < shown.clock)).toBe(true);
          expect(day === null ? 0 : shown.weekday).toBe({ Sun: 0, Wed: 3 }[day ?? 'Sun']);
        },
      ),
      { numRuns: 500 },
    );
  });
});

it('knows time zones by their names', () => {
  expect(['Europe/Berlin', 'UTC', 'Middle/Earth', ''].map(isZone)).toEqual([true, true, false, false]);
});
