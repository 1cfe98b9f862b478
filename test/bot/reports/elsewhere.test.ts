import { waitFor } from '../../../lab/wait-for';
import { NOW } from '../../support/request-record';
import { createBot } from '../../../src/bot/app';
import { asked, messagesIn, startPractice, textOf, type Practice } from '../support/practice';
import { commit, freshPlan, waiting } from '../support/requests';

const problem = { code: 'x', summary: 'The directory said no.', remedy: 'Ask its owner.' };
const failed = { state: 'failed', ending: { problem, at: NOW } } as const;
const direct = ({ slack }: Practice, user: string): string[] =>
  slack.messages.topLevel(`D${user.slice(1)}`).map((message) => message.text);

describe('what is told outside of the thread', () => {
  let practice: Practice;
  beforeAll(async () => {
    practice = await startPractice({
      reminders: { firstSeconds: 1, escalateSeconds: 3_600, reviewSeconds: 86_400 },
    });
  });
  afterAll(() => practice.stop());

  async function askedFrom(channel: string) {
    const text = '/delegate hyper-v01 -> hyper-v02';
    return practice.lab.command({ user: 'requester', channel, text });
  }

  it('is that a request failed: in the notices channel, once, with the way to the card', async () => {
    const { record } = await waiting(practice);
    await commit(practice, record, failed);
    await practice.report(record.id);
    await practice.report(record.id);
    const told = (await messagesIn(practice, 'notices')).filter((each) =>
      textOf(each).includes(record.label),
    );
    expect(told).toHaveLength(1);
    expect(textOf(told[0])).toMatch(/ failed: hyper-v01 /);
    expect(JSON.stringify(told)).toMatch(/The directory said no.*To do: Ask its owner.*\|Open the card>/);
  });

  it('is nothing about a request that was denied in the channel where it was asked', async () => {
    const { record } = await waiting(practice);
    await commit(practice, record, { state: 'denied', ending: { problem: null, at: NOW } });
    await practice.report(record.id);
    expect(JSON.stringify(await messagesIn(practice, 'notices'))).not.toContain(`${record.label} `);
    expect(direct(practice, 'U0REQUESTER').join()).not.toContain(`${record.label} `);
  });

  it.each(['dm', 'elsewhere'])('is the result of what was asked in %s, to who asked', async (channel) => {
    const answer = await askedFrom(channel);
    const record = await asked(practice, answer);
    const link = await waitFor('the link to the card', async () => {
      const place = channel === 'dm' ? 'D0REQUESTER' : 'C0ELSEWHERE';
      const said = practice.slack.messages.ephemerals('U0REQUESTER', place).map((each) => each.text);
      return said.find((text) => text.includes(`|Open the card of ${record.label}>`));
    });
    expect(link).toContain('The result is told to you in a direct message.');
    const end = { state: 'expired', ending: { problem: null, at: NOW } } as const;
    await commit(practice, record, { state: 'waiting', plan: freshPlan(record) });
    await commit(practice, record, end);
    await practice.report(record.id);
    await practice.report(record.id);
    const told = direct(practice, 'U0REQUESTER').filter((text) => text.includes(`${record.label} expired`));
    expect(told).toHaveLength(1);
  });

  it('is a reminder to each approver, once, taken back when it is decided; also when its answer was lost', async () => {
    await practice.lab.faults({ kind: 'drop-reply', method: 'chat.postMessage', count: 4 });
    const { record } = await waiting(practice);
    const reminded = (user: string) => direct(practice, user).filter((text) => text.includes(record.label));
    await waitFor('a reminder to both', async () =>
      reminded('U0APPROVER').length > 0 && reminded('U0APPROVER2').length > 0 ? true : undefined,
    );
    const first = practice.slack.messages
      .topLevel('D0APPROVER')
      .filter(({ text }) => text.includes(record.label) && text.includes('waits for your decision'));
    expect(first.length).toBeGreaterThan(0);
    await commit(practice, record, { state: 'denied', ending: { problem: null, at: NOW } });
    await practice.report(record.id);
    await waitFor(
      'all to be taken back',
      async () => reminded('U0APPROVER').every((text) => text.includes('no longer waits')) || undefined,
    );
    const keys = [...(await practice.ledger.delivered(record.id)).keys()];
    const mine = keys.filter((key) => key.endsWith('-U0APPROVER'));
    expect(reminded('U0APPROVER')).toHaveLength(mine.length);
  });

  it('does not keep a report from being told when somebody cannot be written to', async () => {
    await practice.lab.faults({
      kind: 'api-error',
      method: 'conversations.open',
      error: 'user_disabled',
      count: 9,
    });
    const answer = await practice.lab.command({
      user: 'oncall',
      channel: 'dm',
      text: '/delegate hyper-v01 -> hyper-v02',
    });
    const record = await asked(practice, answer);
    await commit(practice, record, { state: 'withdrawn', ending: { problem: null, at: NOW } });
    await practice.report(record.id);
    await practice.lab.faults({ kind: 'clear' });
    expect(await practice.ledger.unreported()).not.toContain(record.id);
    expect((await practice.ledger.delivered(record.id)).get('result')?.ts).toBe('untold');
  });

  it('is a reminder also by a bot that was started later, and none twice', async () => {
    const other = await startPractice({
      reminders: { firstSeconds: 1, escalateSeconds: 3_600, reviewSeconds: 86_400 },
    });
    try {
      const { record } = await waiting(other);
      await other.bot.stop();
      const waitedFor = (count: number) =>
        waitFor(`${count} reminders`, async () => {
          const keys = [...(await other.ledger.delivered(record.id)).keys()];
          return keys.some((key) => key.startsWith(`remind-p1-${count}-`)) || undefined;
        });
      const again = createBot(other.parts);
      await again.start();
      await waitedFor(1);
      await again.stop();
      const third = createBot(other.parts);
      await third.start();
      await waitedFor(2);
      await third.stop();
      const thread = await messagesIn(
        other,
        'hyper-v',
        String((await other.ledger.delivered(record.id)).get('card')?.ts),
      );
      // What was told by any of them stands once: in the thread, and in the messages of each person.
      const people = ['D0APPROVER', 'D0APPROVER2'].map((channel) => other.slack.messages.topLevel(channel));
      for (const messages of [thread, ...people]) {
        const keys = messages.map((each) => JSON.stringify(each).match(/"key":"(remind[^"]*)"/)?.[1]);
        const reminders = keys.filter((key) => key !== undefined);
        expect(reminders.length).toBeGreaterThan(0);
        expect(reminders).toEqual([...new Set(reminders)]);
      }
    } finally {
      await other.slack.close();
    }
  });
});
