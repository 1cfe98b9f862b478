import { closesAt, FreezeWindows, MaintenanceWindows, openWindow } from '../../../src/core/policy/windows';

const windows = FreezeWindows.parse([
  { name: 'night', days: ['tue'], from: '22:00', until: '04:00', timeZone: 'Europe/Berlin' },
  { name: 'noon', days: ['wed', 'sun'], from: '12:00', until: '13:00' },
  { name: 'once', start: '2026-11-30T10:00:00+02:00', end: '2026-11-30T10:00:01+02:00' },
]);

describe('windows', () => {
  // 24 November 2026 is a Tuesday; Berlin is an hour ahead of UTC then, two in summer.
  it.each([
    ['2026-11-24T20:59:59Z', null],
    ['2026-11-24T21:00:00Z', 'night'],
    ['2026-11-25T02:59:59Z', 'night'],
    ['2026-11-25T03:00:00Z', null],
    ['2026-11-26T01:00:00Z', null],
    ['2026-07-21T20:00:00Z', 'night'],
    ['2026-07-21T19:59:59Z', null],
    ['2026-11-25T12:00:00Z', 'noon'],
    ['2026-11-25T13:00:00Z', null],
    ['2026-11-29T12:30:00Z', 'noon'],
    ['2026-11-30T08:00:00Z', 'once'],
    ['2026-11-30T08:00:01Z', null],
  ])('at %s: %s', (moment, name) => {
    expect(openWindow(windows, Date.parse(moment))?.name ?? null).toBe(name);
  });

  // The clocks of Berlin go back on 25 October 2026 at 3:00, and forward on 28 March 2027 at 2:00.
  it.each([
    ['in the evening', 'night', '2026-11-24T21:00:30Z', '2026-11-25T03:00:00Z'],
    ['past midnight', 'night', '2026-11-25T02:59:59Z', '2026-11-25T03:00:00Z'],
    ['the same day', 'noon', '2026-11-25T12:59:00Z', '2026-11-25T13:00:00Z'],
    ['once', 'once', '2026-11-30T08:00:00Z', '2026-11-30T08:00:01Z'],
    ['when clocks go back', 'weekend', '2026-10-24T21:00:00Z', '2026-10-25T03:00:00Z'],
    ['when clocks go forward', 'weekend', '2027-03-27T22:30:00Z', '2027-03-28T02:00:00Z'],
    ['after a whole day', 'always', '2026-11-24T00:00:00Z', '2026-11-25T00:00:00Z'],
  ])('close %s: %s at %s until %s', (_what, name, now, end) => {
    const more = FreezeWindows.parse([
      { name: 'weekend', days: ['sat'], from: '22:00', until: '04:00', timeZone: 'Europe/Berlin' },
      { name: 'always', days: ['tue'], from: '00:00', until: '00:00' },
    ]);
    const window = [...windows, ...more].find((each) => each.name === name);
    if (!window) throw new Error(name);
    expect(openWindow([window], Date.parse(now))).toBe(window);
    expect(new Date(closesAt(window, Date.parse(now))).toISOString()).toBe(new Date(end).toISOString());
    expect(openWindow([window], closesAt(window, Date.parse(now)))).toBeNull();
  });

  it('are none where none are named', () => {
    expect(openWindow(undefined, 0)).toBeNull();
  });

  it.each([
    { name: 'x', days: ['tue'], from: '24:00', until: '04:00' },
    { name: 'x', days: [], from: '22:00', until: '04:00' },
    { name: 'x', days: ['tue'], from: '22:00', until: '04:00', timeZone: 'Middle/Earth' },
    { name: 'x', start: '2026-11-30T10:00:00', end: '2026-11-30T10:00:01Z' },
  ])('refuse %j', (window) => {
    expect(FreezeWindows.safeParse([window]).success).toBe(false);
  });

  it('waive moves and cordons, and never a directory write', () => {
    const window = { name: 'patch-night', days: ['tue'], from: '22:00', until: '04:00' };
    const waives = (what: string[]) => MaintenanceWindows.safeParse([{ ...window, waives: what }]).success;
    expect([waives(['live-move', 'cordon']), waives(['live-move', 'delegation-add']), waives([])]).toEqual([
      true,
      false,
      false,
    ]);
  });
});
