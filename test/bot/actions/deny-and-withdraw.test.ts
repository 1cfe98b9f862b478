import { writeButton } from '../../../src/bot/cards/button-value';

import { startPractice, type Practice } from '../support/practice';
import { cardOf, commit, press, replyKeys, told, waiting } from '../support/requests';
import { step } from '../support/usual-request';

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

describe('Deny', () => {
  it('asks for a reason, and shows it with the name of who denied', async () => {
    const { record, ts } = await waiting(practice);
    const { view } = await press(practice, ts, { user: 'approver', action: 'request.deny' });
    expect(view).toMatchObject({ callback_id: 'request.deny.submit' });
    const viewId = String(view?.['id']);
    const values = { 'request.deny.reason': '  use <hyper-v05> instead  ' };
    const submitted = await practice.lab.submit({ user: 'approver', view_id: viewId, values });
    expect(submitted).toMatchObject({ ok: true });
    const { state, decisions } = await read(record.id);
    expect([state, decisions[0]?.statement.reason]).toEqual(['denied', 'use <hyper-v05> instead']);
    await practice.report(record.id);
    expect(JSON.stringify(await cardOf(practice, record))).toContain(
      '"text":"Reason: use <hyper-v05> instead"',
    );
    expect(await replyKeys(practice, record, ts)).toEqual(['outcome']);
  });

  it('wants a reason of more than white space', async () => {
    const { record, ts } = await waiting(practice);
    const { view } = await press(practice, ts, { user: 'approver', action: 'request.deny' });
    const values = { 'request.deny.reason': '   ' };
    const submitted = await practice.lab.submit({ user: 'approver', view_id: String(view?.['id']), values });
    expect(JSON.stringify(submitted)).toContain('Say why');
    expect((await read(record.id)).state).toBe('waiting');
  });

  it('opens no form for the requester', async () => {
    const { ts } = await waiting(practice);
    const answer = await press(practice, ts, { user: 'requester', action: 'request.deny' });
    expect([answer.view, told(answer)]).toEqual([undefined, expect.stringContaining('somebody else')]);
  });

  it('says under the reason why it came too late', async () => {
    const { record, ts } = await waiting(practice);
    const { view } = await press(practice, ts, { user: 'approver', action: 'request.deny' });
    await press(practice, ts, { ...approve, user: 'second-approver' });
    const values = { 'request.deny.reason': 'no' };
    const submitted = await practice.lab.submit({ user: 'approver', view_id: String(view?.['id']), values });
    expect(JSON.stringify(submitted)).toContain('Approved by');
    expect((await read(record.id)).decisions).toHaveLength(1);
  });

  it('tells when the form could not be opened', async () => {
    const { ts } = await waiting(practice);
    await practice.lab.faults({ kind: 'api-error', method: 'views.open', error: 'expired_trigger_id' });
    const answer = await press(practice, ts, { user: 'approver', action: 'request.deny' });
    expect(told(answer)).toBe(
      '⏳ Not now: Slack did not open the form. Nothing was changed. Click once more.',
    );
  });
});

describe('Withdraw', () => {
  it('is for the requester alone', async () => {
    const { record, ts } = await waiting(practice);
    const other = await press(practice, ts, { user: 'approver', action: 'request.withdraw' });
    expect(told(other)).toMatch(/Only the person who asked.*Nothing was withdrawn/);
    const own = await press(practice, ts, { user: 'requester', action: 'request.withdraw' });
    expect([own.ok, told(own)]).toEqual([true, '']);
    expect((await read(record.id)).state).toBe('withdrawn');
  });

  it('comes too late once the request runs', async () => {
    const { record, ts } = await waiting(practice);
    await press(practice, ts, approve);
    await commit(practice, record, { state: 'running', steps: [{ ...step(), outcome: null }] });
    const value = writeButton({ id: record.id, plan: 1, fingerprint: record.plan?.fingerprint ?? '' });
    const order = {
      user: 'requester',
      channel: 'hyper-v',
      ts,
      action_id: 'request.withdraw',
      value,
      stale: true,
    };
    expect(told(await practice.lab.click(order))).toContain('being carried out already');
  });
});
