import { NOW } from '../../support/request-record';
import { channelsWith, messagesIn, startPractice, type Practice } from '../support/practice';
import { commit, waiting } from '../support/requests';

/** What becomes of a card whose channel the bot can no longer reach; each case has a workspace of its own. */
describe('a report whose card stands in a channel that is closed by then', () => {
  const bot = 'U0HANDOVER';
  const people = ['U0REQUESTER', 'U0APPROVER'];
  const hyperV = (practice: Practice) => practice.slack.workspace.channel('hyper-v') ?? { members: [] };
  const isReported = async (practice: Practice, id: string): Promise<boolean> =>
    !(await practice.ledger.unreported()).includes(id);
  const results = (practice: Practice, method: string): string[] =>
    practice.slack.traffic.entries(method).map(({ result }) => result);

  it.each([
    ['archived', {}, { isArchived: true }, 'is_inactive'],
    [
      'private, and the bot was removed from it',
      { isPrivate: true },
      { members: people },
      'channel_not_found',
    ],
  ])('(%s) goes to the approvals channel, at the first try', async (_how, before, after, refusal) => {
    const channels = channelsWith({ 'hyper-v': { members: [bot, ...people], ...before } });
    const practice = await startPractice({ channels });
    try {
      const { record, ts } = await waiting(practice);
      Object.assign(hyperV(practice), after);
      await commit(practice, record, { state: 'expired', ending: { problem: null, at: NOW } });
      await practice.report(record.id);
      expect(await isReported(practice, record.id)).toBe(true);
      expect(results(practice, 'chat.update')).toEqual([refusal]);
      const [card, ...others] = await messagesIn(practice, 'approvals');
      expect(others).toEqual([]);
      expect(JSON.stringify(card)).toContain(record.label);
      const thread = await messagesIn(practice, 'approvals', String(card?.['ts']));
      expect(JSON.stringify(thread.at(-1))).toContain('"outcome"');
      expect(practice.slack.messages.find('C0HYPERV', ts)).toBeDefined();
    } finally {
      await practice.stop();
    }
  });

  it('(left before the post of the card was confirmed) goes to the approvals channel too', async () => {
    const practice = await startPractice();
    try {
      const { record } = await waiting(practice);
      await practice.ledger.setDelivered(record.id, 'card', { channel: 'C0HYPERV', ts: null, digest: '' });
      Object.assign(hyperV(practice), { members: people });
      await commit(practice, record, { state: 'expired', ending: { problem: null, at: NOW } });
      await practice.report(record.id);
      expect(await isReported(practice, record.id)).toBe(true);
      expect(results(practice, 'conversations.history')).toEqual(['not_in_channel']);
      expect(JSON.stringify(await messagesIn(practice, 'approvals'))).toContain(record.label);
    } finally {
      await practice.stop();
    }
  });

  it('(public, and the bot was removed from it) is edited, and the outcome stands alone in the approvals channel', async () => {
    const practice = await startPractice();
    try {
      const { record } = await waiting(practice);
      Object.assign(hyperV(practice), { members: people });
      await commit(practice, record, { state: 'expired', ending: { problem: null, at: NOW } });
      await practice.report(record.id);
      expect(await isReported(practice, record.id)).toBe(true);
      const told = JSON.stringify(await messagesIn(practice, 'approvals'));
      expect(told).toContain(record.label);
      expect(told).toContain('"outcome"');
      expect(
        results(practice, 'chat.postMessage').filter((result) => result === 'not_in_channel'),
      ).toHaveLength(1);
      await practice.report(record.id);
      expect(JSON.stringify(await messagesIn(practice, 'approvals'))).toBe(told);
    } finally {
      await practice.stop();
    }
  });
});
