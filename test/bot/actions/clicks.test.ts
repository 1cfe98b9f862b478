import { waitFor } from '../../../lab/wait-for';
import { writeButton } from '../../../src/bot/cards/button-value';
import { NOW } from '../../support/request-record';
import { startPractice, textOf, toldTo, type Practice } from '../support/practice';
import { cardOf, commit, press, told, waiting } from '../support/requests';

let practice: Practice;
beforeAll(async () => {
  practice = await startPractice();
});
afterAll(() => practice.stop());

const approve = { user: 'approver', action: 'request.approve' };
describe('a click', () => {
  it.each([
    ['with a value that is none of ours', 'request.approve', '{"r":"x"}', /does not say which plan/],
    ['on a button that nobody knows', 'request.launch', '1', /does not know this button/],
    [
      'on a request that nobody knows',
      'request.approve',
      writeButton({ id: '0'.repeat(32), plan: 1, fingerprint: '0'.repeat(64) }),
      /No such request/,
    ],
  ])('%s is answered privately', async (_, action, value, sentence) => {
    const { ts } = await waiting(practice);
    const order = { user: 'approver', channel: 'hyper-v', ts, action_id: action, value, stale: true };
    expect(told(await practice.lab.click(order))).toMatch(sentence);
  });

  it('on a button in a thread is answered in that thread', async () => {
    const { record, ts } = await waiting(practice);
    await commit(practice, record, { voided: [{ plan: 0, sentence: 'So it was.', at: NOW }] });
    await practice.report(record.id);
    const [, reply] = await practice.lab.messages({ channel: 'hyper-v', thread_ts: ts });
    const order = { user: 'approver', channel: 'hyper-v', action_id: 'request.launch', stale: true };
    const answer = await practice.lab.click({ ...order, ts: String(reply?.['ts']) });
    expect(answer.ephemerals).toMatchObject([{ thread_ts: ts }]);
    // The card has replies now and so names itself as a thread; its clicks are still answered beside it.
    const beside = await practice.lab.click({ ...order, ts });
    expect(beside.ephemerals[0]).not.toHaveProperty('thread_ts');
  });

  it('is answered by the response address when Slack takes no ephemeral message', async () => {
    const { ts } = await waiting(practice);
    await practice.lab.faults({
      kind: 'api-error',
      method: 'chat.postEphemeral',
      error: 'internal_error',
      count: 1,
    });
    expect(told(await press(practice, ts, { ...approve, user: 'oncall' }))).toContain(
      'not among the approvers',
    );
  });

  it('that fails unexpectedly gets a reference, and the log the stack', async () => {
    const broken = await startPractice({
      around: (ledger) => ({ ...ledger, read: () => Promise.reject(new TypeError('a bug')) }),
    });
    try {
      const text = '/delegate hyper-v01 -> hyper-v02';
      await broken.lab.command({ user: 'requester', channel: 'hyper-v', text });
      const message = broken.slack.messages.post({ channel: 'C0HYPERV', user: 'U0HANDOVER' }, { text: 'x' });
      const value = writeButton({ id: '0'.repeat(32), plan: 1, fingerprint: '' });
      const order = {
        user: 'approver',
        channel: 'hyper-v',
        action_id: 'request.approve',
        value,
        stale: true,
      };
      await broken.lab.click({ ...order, ts: message.ts });
      const reference = /reference ([0-9a-f]{8})/.exec(await toldTo(broken, 'U0APPROVER'))?.[1];
      expect(reference).toBeDefined();
      expect(broken.logged).toContainEqual(
        expect.objectContaining({ level: 'error', reference, stack: expect.stringContaining('a bug') }),
      );
    } finally {
      await broken.stop();
    }
  });

  it('brings a card that is behind up to date, even when it is refused', async () => {
    const { record, ts } = await waiting(practice);
    await commit(practice, record, { state: 'expired', ending: { problem: null, at: NOW } });
    expect(told(await press(practice, ts, approve))).toContain('expired without a decision');
    // Sooner than the sweeper, which would bring it as well.
    await waitFor(
      'the card of the expired request',
      async () => textOf(await cardOf(practice, record)).includes('expired') || undefined,
      1_000,
    );
  });
});
