import { parseCommand } from '../../../src/core/commands/parse';
import { printAsk } from '../../../src/core/commands/print';
import { printMoment, readMoment } from '../../../src/core/commands/moment';
import { refusalOf } from './refusal-of';

test.each([
  ['02:00', null, '02:00'],
  ['2:00', null, '02:00'],
  ['23:59', null, '23:59'],
  ['Sat 02:00', 'Sat', '02:00'],
  ['sAT  2:05', 'Sat', '02:05'],
  ['saturday 02:00', 'Sat', '02:00'],
  ['2026-12-05 02:00', '2026-12-05', '02:00'],
  ['2028-02-29 00:00', '2028-02-29', '00:00'],
])('%s is read, and printed so that it is read again', (text, day, clock) => {
  const reading = readMoment(text);
  expect(reading).toEqual({ ok: true, moment: { day, clock } });
  expect(readMoment(printMoment({ day, clock }))).toEqual(reading);
});

test.each([
  ['', /The time is empty/, null],
  ['24:00', /“24:00” is no time/, null],
  ['2', /“2” is no time, and no day with a time/, '02:00'],
  ['2am', /is no time/, '02:00'],
  ['12am', /is no time/, '00:00'],
  ['12:30 p.m.', /is no time/, '12:30'],
  ['14am', /is no time/, null],
  ['02.30', /is no time/, '02:30'],
  ['0230', /is no time/, '02:30'],
  ['14h', /“14h” says how long/, null],
  ['14h30', /is no time/, '14:30'],
  ['noon', /is no time/, '12:00'],
  ['midnight', /is no time/, '00:00'],
  ['tomorrow 2am', /is no time/, '02:00'],
  ['Sat', /is no time/, null],
  ['sat 2am', /is no time/, '"Sat 02:00"'],
  ['on tues at 2 am', /is no time/, '"Tue 02:00"'],
  ['02:00 Sat', /is no time/, '"Sat 02:00"'],
  ['Sat Sun 02:00', /is no time/, null],
  ['next sat 02:00', /is no time/, null],
  ['Sat 02:00 06:00', /is no time/, null],
  ['2026-12-05T02:00', /is no time/, '"2026-12-05 02:00"'],
  ['2026-02-29 02:00', /“2026-02-29 02:00” is on no day of the calendar/, null],
  ['2026-13-01 02:00', /is on no day of the calendar/, null],
  ['5.12. 02:00', /is no time/, null],
  ['1999-12-05 02:00', /is no time/, null],
  ['30m', /“30m” says how long, not when; --deadline takes that/, null],
  [`${'x'.repeat(40)} 2am`, /is no time/, null],
])('%s is no moment', (text, summary, nearest) => {
  const reading = readMoment(text);
  expect(reading).toMatchObject({ ok: false, nearest });
  expect(reading.ok ? '' : reading.summary).toMatch(summary);
});

test.each([
  ['without quotes', '‸Sat 02:00 --plan', /“Sat 02:00” has a space in it/, '"Sat 02:00"'],
  ['of a day that needs a clock', '‸tomorrow 2am', /“tomorrow 2am” is no time/, '02:00'],
  ['of two words', '‸2 am --plan', /“2 am” is no time/, '02:00'],
  ['of a day alone', '‸Sat --plan', /“Sat” is no time/, null],
  ['that is missing', '‸--plan', /value of this option is missing/, null],
])('A moment %s is refused with what was meant', (_what, marked, summary, nearest) => {
  const command = `hyper-v01 --at ${marked}`;
  const problem = refusalOf(command.replace('‸', ''), '/drain');
  expect(problem).toMatchObject({ position: command.indexOf('‸'), nearest });
  expect(problem.summary).toMatch(summary);
});

describe.each([['drain hyper-v01'], ['return hyper-v01'], ['rebalance'], ['migrate "web-01" -> hyper-v02']])(
  '%s',
  (command) => {
    it.each([
      ['--at "sat 2:00" --until 6:00', '--at "Sat 02:00" --until 06:00'],
      ['--until 06:00', '--until 06:00'],
      ['--at 02:00 --deadline 90m', '--at 02:00 --deadline 1h30m'],
    ])('takes %s', (typed, printed) => {
      const parsed = parseCommand('/hv', `${command} ${typed}`);
      expect(parsed.ok && printAsk(parsed.ask)).toBe(`${command} ${printed}`);
    });

    it('takes one end only', () => {
      const problem = refusalOf(`${command} --until 06:00 --deadline 30m`, '/hv');
      expect(problem.summary).toBe('--until and --deadline both say when no move begins any more.');
    });
  },
);
