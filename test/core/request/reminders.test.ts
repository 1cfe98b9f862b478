import { remindersDue } from '../../../src/core/request/reminders';
import { intake, NOW, planOf, recordOf } from '../../support/request-record';

const MINUTE = 60_000;
const usual = { firstSeconds: 900, escalateSeconds: 3_600, reviewSeconds: 86_400 };
const waiting = recordOf({ state: 'waiting', plan: planOf(intake()), since: NOW });
const dueAt = (minutes: number, record = waiting) => remindersDue(record, NOW + minutes * MINUTE, usual);

describe('the reminders of a request that waits', () => {
  it.each([
    [0, 0],
    [14, 0],
    [15, 1],
    [29, 1],
    [30, 2],
    [60, 3],
    [120, 4],
    [239, 4],
    [240, 5],
    [479, 5],
  ])('after %i minutes are %i', (minutes, count) => {
    expect(dueAt(minutes).count).toBe(count);
  });

  it('do not go on when the time to decide is over', () => {
    expect(dueAt(100_000)).toEqual({ count: 5, isEscalated: true });
  });

  it('are followed by one escalation, after its own time', () => {
    expect([dueAt(59).isEscalated, dueAt(60).isEscalated]).toEqual([false, true]);
  });

  it('count from when the plan began to wait', () => {
    expect(dueAt(60, { ...waiting, since: NOW + 50 * MINUTE }).count).toBe(0);
  });

  it.each([
    ['is decided', { state: 'approved' as const }],
    ['has ended', { ending: { problem: null, at: NOW } }],
    ['has no plan', { plan: null }],
  ])('are none when it %s', (_, change) => {
    expect(dueAt(60, { ...waiting, ...change })).toEqual({ count: 0, isEscalated: false });
  });
});
