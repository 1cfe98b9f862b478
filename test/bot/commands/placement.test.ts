import { textOf, asked, channelsWith, messagesIn, startPractice, type Practice } from '../support/practice';

const delegate = '/delegate hyper-v01 -> hyper-v02 cifs';

describe('the place of a card', () => {
  let practice: Practice;
  beforeAll(async () => {
    const channels = channelsWith({ notices: { isExtShared: true } });
    practice = await startPractice({ channels });
  });
  afterAll(() => practice.stop());

  const send = (text: string, { user = 'requester', channel = 'hyper-v' } = {}) =>
    practice.lab.command({ user, channel, text });

  describe('given where the bot is no member', () => {
    it('has its card in the approvals channel, and says so', async () => {
      const answer = await send(delegate, { channel: 'elsewhere' });
      expect(textOf(answer.ack)).toContain('the card is in <#C0APPROVALS>');
      const record = await asked(practice, answer);
      await practice.report(record.id);
      const cards = await messagesIn(practice, 'approvals');
      expect(JSON.stringify(cards)).toContain(`${record.label} · asked by <@U0REQUESTER> in <#C0ELSEWHERE>`);
    });

    it('has its card in the approvals channel when it was a direct message', async () => {
      const answer = await send(delegate, { channel: 'dm' });
      expect((await asked(practice, answer)).card.channel).toBe('C0APPROVALS');
    });
  });

  it('given in a channel shared with another organisation is refused and not recorded', async () => {
    const before = await practice.ledger.openRequests();
    const answer = await send(delegate, { channel: 'notices' });
    expect(textOf(answer.ack)).toMatch(/shared with another organisation.*Nothing was recorded/);
    expect(await practice.ledger.openRequests()).toEqual(before);
  });

  it('is told “not now” when Slack does not say where the card may go', async () => {
    const before = await practice.ledger.openRequests();
    await practice.lab.faults({ kind: 'http-error', method: 'conversations.info', count: 4 });
    await practice.lab.faults({ kind: 'http-error', method: 'users.info', count: 2 });
    const answer = await send(delegate, { user: 'second-approver', channel: 'elsewhere' });
    await practice.lab.faults({ kind: 'clear' });
    expect(textOf(answer.ack)).toMatch(/^⏳ Not now: Slack does not answer the bot\. Nothing was changed\./);
    expect(await practice.ledger.openRequests()).toEqual(before);
  });
});

describe('a slash command that nobody could see the card of', () => {
  it('is refused before it is recorded', async () => {
    const people = ['U0REQUESTER', 'U0APPROVER'];
    const practice = await startPractice({ channels: channelsWith({ approvals: { members: people } }) });
    try {
      const answer = await practice.lab.command({ user: 'requester', channel: 'elsewhere', text: delegate });
      expect(textOf(answer.ack)).toMatch(
        /neither in this channel nor in the approvals channel.*Invite @handover/,
      );
      expect(await practice.ledger.openRequests()).toEqual([]);
    } finally {
      await practice.stop();
    }
  });
});
