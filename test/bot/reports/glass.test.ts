import { callsOf, lacksCall } from '../../../src/bot/reports/calls';
import type { Reminding } from '../../../src/bot/reports/reminders';
import type { Policy } from '../../../src/core/settings';
import { approver, NOW, secondApprover } from '../../support/request-record';
import { everyState } from '../support/states';
import { inState } from '../support/usual-request';

const DAY = 86_400_000;
const people = [approver.user, secondApprover.user, 'U0THIRD'];
const policy: Policy = {
  'delegation-add': { requesters: 'anyone', approvers: people, quorum: 3, breakGlass: [approver.user] },
};
const reminding: Reminding = {
  policy,
  reminders: { firstSeconds: 900, escalateSeconds: 3_600, reviewSeconds: 86_400 },
  oncall: ['S0HYPERV'],
  now: NOW,
  delivered: new Set(),
};
const state = (name: string) => everyState[name] ?? inState('planning');
const over = state('done with a broken glass');
const keys = (record = over, at = 0): readonly string[] =>
  callsOf(record, { ...reminding, now: NOW + at }).map(({ key }) => key);

describe('a broken glass', () => {
  it('is told in the notices with everybody who is to know, and to each other approver', () => {
    const calls = callsOf(state('running with a broken glass'), reminding);
    expect(calls.map(({ key, to }) => [key, to])).toEqual([
      ['glass-p1', 'notices'],
      [`glass-p1-${secondApprover.user}`, { person: secondApprover.user }],
      ['glass-p1-U0THIRD', { person: 'U0THIRD' }],
    ]);
    expect(calls[0]?.message.text).toContain(`<!subteam^S0HYPERV>, <@${secondApprover.user}>, <@U0THIRD>`);
  });

  it('is to be reviewed when the request is over: told at once, after a day, then after twice as long', () => {
    const review = (at: number) => keys(over, at).filter((key) => key.startsWith('review'));
    expect([0, DAY - 1, DAY, 2 * DAY - 1, 2 * DAY, 4 * DAY].map(review)).toEqual([
      ['review-0'],
      ['review-0'],
      ['review-1'],
      ['review-1'],
      ['review-2'],
      ['review-3'],
    ]);
    const told = { ...reminding, delivered: new Set(keys()) };
    expect(lacksCall(over, told)).toBe(false);
    expect(lacksCall(over, { ...told, now: NOW + DAY })).toBe(true);
  });

  it('is told once more when it is reviewed, and no reminder follows', () => {
    const reviewed = state('done and reviewed');
    expect(keys(reviewed, 9 * DAY).filter((key) => key.startsWith('review'))).toEqual(['review-said']);
  });
});
