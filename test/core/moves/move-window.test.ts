import { parseCommand } from '../../../src/core/commands/parse';
import { readWindow } from '../../../src/core/moves/move-window';
import { tooLate, windowVerdicts } from '../../../src/core/moves/window-verdicts';
import { NOW } from '../../support/request-record';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

function read(options: string, zone = 'UTC'): ReturnType<typeof readWindow> {
  const parsed = parseCommand('/hv', `drain hyper-v01 ${options}`);
  if (!parsed.ok || parsed.ask.verb !== 'drain' || !parsed.ask.window) throw new Error(options);
  return readWindow(parsed.ask.window, NOW, zone);
}

// Asked on Monday, 23 November 2026, at 02:00 in UTC.
describe('a window', () => {
  it.each([
    ['--at "Sat 02:00"', { from: NOW + 5 * DAY, until: null, deadlineMs: null }],
    [
      '--at "Sat 02:00" --until 06:00',
      { from: NOW + 5 * DAY, until: NOW + 5 * DAY + 4 * HOUR, deadlineMs: null },
    ],
    ['--at 22:00 --until 01:00', { from: NOW + 20 * HOUR, until: NOW + 23 * HOUR, deadlineMs: null }],
    ['--at 02:00 --until 02:00', { from: NOW + DAY, until: NOW + 2 * DAY, deadlineMs: null }],
    ['--until 06:00', { from: null, until: NOW + 4 * HOUR, deadlineMs: null }],
    ['--deadline 30m', { from: null, until: null, deadlineMs: 30 * MINUTE }],
    ['--at 03:00 --deadline 30m', { from: NOW + HOUR, until: NOW + 90 * MINUTE, deadlineMs: null }],
  ])('%s is counted from the asking', (options, window) => {
    expect(read(options)).toEqual({ window });
  });

  it('is one of the own zone', () => {
    expect(read('--at 06:00', 'Europe/Berlin')).toMatchObject({ window: { from: NOW + 3 * HOUR } });
  });

  it('is as long as clocks make it', () => {
    const asked = {
      at: { day: '2027-03-27', clock: '23:00' },
      until: { day: null, clock: '05:00' },
      deadlineMs: null,
    };
    const berlin = readWindow(asked, Date.UTC(2027, 2, 27), 'Europe/Berlin');
    expect(berlin).toMatchObject({
      window: { from: Date.UTC(2027, 2, 27, 22), until: Date.UTC(2027, 2, 28, 3) },
    });
  });

  it.each([
    ['--at "2026-11-22 02:00"', 'window.over'],
    ['--until "2026-11-22 02:00"', 'window.over'],
    ['--at "Sat 02:00" --until "2026-11-28 01:00"', 'window.over'],
    ['--at "2026-12-24 02:00"', 'window.far'],
    ['--at 03:00 --until "2026-11-30 03:01"', 'window.long'],
    ['--until "2026-11-30 02:01"', 'window.long'],
    ['--at 03:00 --deadline 7d1m', 'window.long'],
  ])('%s is refused', (options, code) => {
    expect(read(options)).toMatchObject({ problem: { code } });
  });
});

describe('what is foreseen', () => {
  const move = {
    machine: 'm',
    name: 'web-01',
    from: 'a',
    to: 'b',
    kind: 'live',
    storage: null,
    bytes: 1,
  } as const;
  const forecast = {
    moves: [
      { ...move, ms: 9 * MINUTE },
      { ...move, ms: 40 * MINUTE },
    ],
    ms: 45 * MINUTE,
  };
  const window = { from: NOW + HOUR, until: NOW + HOUR + 30 * MINUTE, deadlineMs: null };

  it.each([
    ['fits', { ...window, until: NOW + HOUR + 45 * MINUTE }, NOW, []],
    ['fits no end', { ...window, until: null }, NOW, []],
    ['does not fit as a whole', window, NOW, ['warn']],
    ['does not fit any more', window, NOW + HOUR + 25 * MINUTE, ['refuse']],
    ['comes too late', window, NOW + 2 * HOUR, ['refuse']],
    ['does not fit a deadline', { from: null, until: null, deadlineMs: 9 * MINUTE - 1 }, NOW, ['refuse']],
    ['fits a deadline', { from: null, until: null, deadlineMs: 45 * MINUTE }, NOW, []],
  ])('%s', (_what, of, now, verdicts) => {
    expect(windowVerdicts(of, forecast, now).map(({ verdict }) => verdict)).toEqual(verdicts);
  });

  it('says how long it takes and how long the window is', () => {
    expect(windowVerdicts(window, forecast, NOW)[0]?.sentence).toBe(
      'All of it takes about 45 min, and the window is 30 min: what would not be over by its end stays.',
    );
    expect(windowVerdicts({ ...window, until: NOW + HOUR + 6 * MINUTE }, forecast, NOW)[0]?.sentence).toBe(
      'The shortest of these moves takes about 9 min, and the window is 6 min.',
    );
  });

  it('tells of a move that would not be over in time, and only of that', () => {
    const step = { name: 'web-03', ms: 9 * MINUTE };
    expect(tooLate(step, NOW + 6 * MINUTE, NOW)?.summary).toBe(
      'web-03 was left: it takes about 9 min, and the window had 6 min left.',
    );
    expect(tooLate(step, NOW + 9 * MINUTE, NOW)).toBeNull();
    expect(tooLate(step, null, NOW)).toBeNull();
  });
});
