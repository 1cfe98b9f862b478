import fc from 'fast-check';
import {
  belongsToDuration,
  LONGEST_DURATION_MS,
  printDuration,
  readDuration,
  SHORTEST_DURATION_MS,
} from '../../../src/core/commands/duration';
import { durations } from './arbitraries';

const [SECOND, MINUTE, HOUR, DAY] = [1_000, 60_000, 3_600_000, 86_400_000];

test.each([
  ['90s', 90 * SECOND, '1m30s'],
  ['30m', 30 * MINUTE, '30m'],
  ['8h', 8 * HOUR, '8h'],
  ['2d', 2 * DAY, '2d'],
  ['8H', 8 * HOUR, '8h'],
  ['1H30m', 90 * MINUTE, '1h30m'],
  ['90m', 90 * MINUTE, '1h30m'],
  ['24h', DAY, '1d'],
  ['1d1s', DAY + SECOND, '1d1s'],
  ['1d2h3m4s', DAY + 2 * HOUR + 3 * MINUTE + 4 * SECOND, '1d2h3m4s'],
  ['08h', 8 * HOUR, '8h'],
  ['0d8h0m', 8 * HOUR, '8h'],
  ['10s', SHORTEST_DURATION_MS, '10s'],
  ['30d', LONGEST_DURATION_MS, '30d'],
  ['720h', LONGEST_DURATION_MS, '30d'],
])('%s is read and has one canonical form', (text, ms, canonical) => {
  expect(readDuration(text)).toEqual({ ok: true, ms });
  expect(printDuration(ms)).toBe(canonical);
});

test.each([
  ['', /duration is empty/, null],
  ['8', /“8” has no unit: s \(seconds\), m \(minutes\), h \(hours\) or d \(days\)/, null],
  ['8hours', /“8hours” is not a duration/, '8h'],
  ['8Hrs', /“8Hrs” is not/, '8h'],
  ['2days', /is not/, '2d'],
  ['45min', /is not/, '45m'],
  ['90sec', /is not/, '1m30s'],
  ['1w', /is not/, '7d'],
  ['8 h', /“8 h” has a space in it; a duration is one word/, '8h'],
  ['1 day 12 hours', /has a space/, '1d12h'],
  ['1h, 30m', /has a space/, '1h30m'],
  ['1.5h', /“1.5h” is not/, '1h30m'],
  ['1,5h', /is not/, '1h30m'],
  ['0.7m', /is not/, '42s'],
  ['30m1h', /is not/, '1h30m'],
  ['1h1h', /is not/, null],
  ['8h30', /is not/, null],
  ['-8h', /is not/, null],
  ['h', /is not/, null],
  ['8x', /is not/, null],
  ['8h ', /has a space/, '8h'],
  ['8\u04bb', /is not/, null],
  ['\uFF18h', /is not/, null],
  ['30\u017F', /is not/, null],
  ['5weeks', /is not/, null],
  ['1second', /is not/, null],
  ['9s', /“9s” is shorter than 10 seconds/, null],
  ['0h', /is shorter/, null],
  ['30d1s', /“30d1s” is longer than 30 days/, null],
  [`${'9'.repeat(400)}d`, /is longer than 30 days/, null],
  [`${' '.repeat(40)}8h`, /has a space/, null],
])('“%s” is refused', (text, summary, nearest) => {
  const reading = readDuration(text);
  expect(reading).toEqual({ ok: false, summary: expect.stringMatching(summary), nearest });
  expect(reading).toEqual(expect.objectContaining({ summary: expect.stringMatching(/\.$/) }));
});

test('A proposed duration is one that is read, and is printed like that', () => {
  const piece = fc.constantFrom(
    '1',
    '8',
    '30',
    '.5',
    ' ',
    ',',
    'h',
    'm',
    'hours',
    'd',
    'day',
    'sec',
    'w',
    '-',
  );
  fc.assert(
    fc.property(fc.string({ unit: piece, maxLength: 8 }), (text) => {
      const reading = readDuration(text);
      if (reading.ok || reading.nearest === null) return;
      const read = readDuration(reading.nearest);
      expect(read.ok && printDuration(read.ms)).toBe(reading.nearest);
    }),
    { numRuns: 1_000 },
  );
});

test('Every duration is read back equal from its canonical text, which has no zero and no unit over its next', () => {
  fc.assert(
    fc.property(durations, (ms) => {
      const printed = printDuration(ms);
      expect(readDuration(printed)).toEqual({ ok: true, ms });
      expect(printed).toMatch(/^(?:[1-9]\d?d)?(?:(?:1?[1-9]|10|2[0-3])h)?(?:[1-5]?\dm)?(?:[1-5]?\ds)?$/);
      expect(printed).not.toMatch(/(?:^|[a-z])0/);
    }),
  );
});

test.each([0, 9_000, 10_500, -60_000, LONGEST_DURATION_MS + 1_000, NaN, Infinity])(
  'What cannot be read back is not printed: %d ms',
  (ms) => {
    expect(() => printDuration(ms)).toThrow('invariant broken');
  },
);

test('A long text is refused in time linear in its length', () => {
  const begun = performance.now();
  expect(readDuration('1'.repeat(100_000))).toMatchObject({ ok: false, nearest: null });
  expect(readDuration(`${'1 '.repeat(50_000)}h`)).toMatchObject({ ok: false, nearest: null });
  // Milliseconds where it is linear; at least ten seconds (10^10 steps) where it is quadratic.
  expect(performance.now() - begun).toBeLessThan(2_000);
});

test.each([
  ['8', true],
  ['30m', true],
  ['h', true],
  ['Hours', true],
  ['cifs', false],
  ['', false],
  ['smb', false],
])('“%s” belongs to a duration: %s', (word, belongs) => {
  expect(belongsToDuration(word)).toBe(belongs);
});
