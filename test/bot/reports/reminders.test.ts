import { lacksCall } from '../../../src/bot/reports/calls';
import { callsToDecide, mentionedKey } from '../../../src/bot/reports/reminders';
import { NOW, policy } from '../../support/request-record';
import { everyMoveState } from '../support/move-states';
import { rendered } from '../support/rendered';
import { approved, inState } from '../support/usual-request';

const MINUTE = 60_000;
const reminders = { firstSeconds: 900, escalateSeconds: 3_600, reviewSeconds: 86_400 };
const waiting = inState('waiting', { since: NOW });

function calls(
  minutes: number,
  { record = waiting, delivered = [] as string[], oncall = ['U0ONCALL', 'S0HYPERV'] } = {},
) {
  const now = NOW + minutes * MINUTE;
  return callsToDecide(record, { policy, reminders, oncall, now, delivered: new Set(delivered) });
}
const keys = (...given: Parameters<typeof calls>): string[] => calls(...given).map(({ key }) => key);
const two = { 'delegation-add': { ...policy['delegation-add'], quorum: 2 } } as typeof policy;

describe('whom a request that waits calls', () => {
  it('mentions the approvers once: in the thread, unless the card has done so', () => {
    expect(keys(0)).toEqual(['ask-p1']);
    expect(keys(0, { delivered: [mentionedKey(1)] })).toEqual([]);
    expect(calls(0)[0]?.message.text).toMatch(
      /^🔐 <@U0APPROVER>, <@U0APPROVER2>: R-1042 waits for a decision until .*hyper-v01 will be able to act/,
    );
  });

  it('reminds in the thread and each approver who has not decided, and only for the last time that is due', () => {
    expect(keys(45)).toEqual(['ask-p1', 'remind-p1-2', 'remind-p1-2-U0APPROVER', 'remind-p1-2-U0APPROVER2']);
    const record = approved(waiting);
    const reminding = {
      policy: two,
      reminders,
      oncall: [],
      now: NOW + 20 * MINUTE,
      delivered: new Set<string>(),
    };
    expect(callsToDecide(record, reminding).map(({ key }) => key)).toEqual([
      'ask-p1',
      'remind-p1-1',
      'remind-p1-1-U0APPROVER2',
    ]);
  });

  it('mentions nobody in a reminder in the thread: who is meant is told directly', () => {
    const [, inThread, direct] = calls(15);
    expect(inThread?.message.text).toMatch(/^⏰ R-1042 still waits: 1 approval missing\./);
    expect(JSON.stringify(inThread)).not.toContain('<@');
    expect(direct).toMatchObject({ to: { person: 'U0APPROVER' } });
    expect(rendered(direct?.message ?? { text: '', blocks: [] })).toContain('waits for your decision since');
  });

  it('calls the people on call once, if there are any', () => {
    expect(keys(70)).toContain('escalated-p1');
    expect(calls(70).find(({ key }) => key === 'escalated-p1')?.message.text).toMatch(
      /^📣 <@U0ONCALL>, <!subteam\^S0HYPERV>: nobody has decided R-1042/,
    );
    expect(keys(70, { oncall: [] })).not.toContain('escalated-p1');
  });

  it('reminds who asked where nothing is to be approved before somebody chooses', () => {
    const found = everyMoveState['moves waiting for a choice'];
    if (!found) throw new Error('there is no such state');
    const record = { ...found, since: NOW };
    expect(keys(15, { record })).toEqual(['remind-p2-1', 'remind-p2-1-U0REQUESTER']);
    const [inThread, direct] = calls(15, { record });
    expect(inThread?.message.text).toMatch(
      /^⏰ R-1042 still waits\. Nothing moves yet, .* chooses for app-0,/,
    );
    expect(rendered(direct?.message ?? { text: '', blocks: [] })).toContain('waits for your choice since');
    expect(calls(70, { record }).at(-1)?.message.text).toContain('nobody has chosen for R-1042 since');
  });

  it('takes back what was told to people when nobody has to decide any more', () => {
    const delivered = [mentionedKey(1), 'remind-p1-1', 'remind-p1-1-U0APPROVER'];
    const [taken, ...others] = calls(20, { record: inState('denied'), delivered });
    expect(others).toEqual([]);
    expect(taken).toMatchObject({ key: 'remind-p1-1-U0APPROVER', to: { person: 'U0APPROVER' } });
    expect(taken?.message.text).toBe('☑ R-1042 no longer waits for your decision.');
  });

  it('takes back what was told about an earlier plan', () => {
    const plan = waiting.plan && { ...waiting.plan, number: 2 };
    const record = { ...waiting, plan, since: NOW + 10 * MINUTE };
    expect(keys(20, { record, delivered: ['remind-p1-1-U0APPROVER'] })).toEqual([
      'ask-p2',
      'remind-p1-1-U0APPROVER',
    ]);
  });

  it('lacks nothing once all of it was told', () => {
    const delivered = new Set([...keys(45), ...keys(45).map((key) => key)]);
    const reminding = { policy, reminders, oncall: [], now: NOW + 45 * MINUTE, delivered };
    expect(lacksCall(waiting, reminding)).toBe(false);
    expect(lacksCall(waiting, { ...reminding, now: NOW + 60 * MINUTE })).toBe(true);
  });
});
