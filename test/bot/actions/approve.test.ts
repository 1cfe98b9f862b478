import { writeButton } from '../../../src/bot/cards/button-value';
import { NOW } from '../../support/request-record';
import { startPractice, type Practice } from '../support/practice';
import { cardOf, commit, freshPlan, press, replyKeys, told, waiting } from '../support/requests';

let practice: Practice;
beforeAll(async () => {
  practice = await startPractice();
});
afterAll(() => practice.stop());

const approve = { user: 'approver', action: 'request.approve' };
const read = async (id: string) => {
  const record = await practice.ledger.read(id);
  if (!record) throw new Error('the record is gone');
  return record;
};

describe('Approve', () => {
  it('records a signed decision about exactly the plan on the card, and the buttons go', async () => {
    const { record, ts } = await waiting(practice);
    const answer = await press(practice, ts, approve);
    expect([answer.ok, told(answer)]).toEqual([true, '']);
    const { state, decisions } = await read(record.id);
    expect([state, decisions.length]).toEqual(['approved', 1]);
    expect(decisions[0]?.statement).toMatchObject({
      verdict: 'approve',
      by: { enterprise: null, team: 'T0PRACTICE', user: 'U0APPROVER' },
      plan: 1,
      fingerprint: record.plan?.fingerprint,
    });
    await practice.report(record.id);
    const card = JSON.stringify(await cardOf(practice, record));
    expect(card).not.toContain('request.approve');
    expect(card).toContain('Approved by <@U0APPROVER>');
    expect(await replyKeys(practice, record, ts)).toEqual(['approved-p1']);
  });

  it('of the requester is refused privately and decides nothing', async () => {
    const { record, ts } = await waiting(practice);
    const answer = await press(practice, ts, { ...approve, user: 'requester' });
    expect(told(answer)).toMatch(/somebody else has to decide\. Nothing was decided\./);
    expect((await read(record.id)).decisions).toEqual([]);
  });

  it('of somebody who is no approver is refused privately', async () => {
    const { ts } = await waiting(practice);
    expect(told(await press(practice, ts, { ...approve, user: 'oncall' }))).toContain(
      'not among the approvers',
    );
  });

  it('of a guest is refused privately', async () => {
    const { ts } = await waiting(practice);
    expect(told(await press(practice, ts, { ...approve, user: 'guest' }))).toContain('only full members are');
  });

  it('pressed twice decides once, and the second hears who was first', async () => {
    const { record, ts } = await waiting(practice);
    const value = writeButton({ id: record.id, plan: 1, fingerprint: record.plan?.fingerprint ?? '' });
    await press(practice, ts, approve);
    const late = {
      user: 'second-approver',
      channel: 'hyper-v',
      ts,
      action_id: approve.action,
      value,
      stale: true,
    };
    const second = await practice.lab.click(late);
    expect(told(second)).toContain('Approved by <@U0APPROVER>. Your click changed nothing.');
    expect((await read(record.id)).decisions).toHaveLength(1);
  });

  it('by two people at once decides once', async () => {
    const { record, ts } = await waiting(practice);
    const users = ['approver', 'second-approver', 'approver'];
    const answers = await Promise.all(users.map((user) => press(practice, ts, { ...approve, user })));
    expect((await read(record.id)).decisions).toHaveLength(1);
    expect(answers.filter((answer) => told(answer) === '')).toHaveLength(1);
  });

  it('on a card that shows an older plan is refused', async () => {
    const { record, ts } = await waiting(practice);
    await commit(practice, record, { plan: freshPlan(record, { number: 2 }) });
    expect(told(await press(practice, ts, approve))).toContain('no longer the one on that card');
    expect((await read(record.id)).decisions).toEqual([]);
  });

  it('after the time to decide is refused', async () => {
    const { ts } = await waiting(practice, { decideBy: NOW - 1 });
    expect(told(await press(practice, ts, approve))).toContain('time to decide is over');
  });

  it('tells that Slack does not answer instead of deciding for somebody unknown', async () => {
    const { record, ts } = await waiting(practice);
    await practice.lab.faults({ kind: 'http-error', method: 'users.info', count: 2 });
    const answer = await press(practice, ts, { ...approve, user: 'bot' });
    expect(told(answer)).toMatch(/^⏳ Not now: Slack does not answer the bot\. Nothing was changed\./);
    expect((await read(record.id)).decisions).toEqual([]);
  });
});
