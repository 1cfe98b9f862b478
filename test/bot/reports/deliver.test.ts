import { waitFor } from '../../../lab/wait-for';
import { deliver, type DeliveryParts } from '../../../src/bot/reports/deliver';
import { UNPACED } from '../../../src/bot/reports/pace';
import type { Message } from '../../../src/bot/cards/message';
import { slackConversation } from '../../../src/bot/reports/conversation';
import type { Conversation } from '../../../src/core/ports';
import { slackClients } from '../../../src/bot/slack-clients';
import { NOW, policy } from '../../support/request-record';
import { asked, messagesIn, startPractice, textOf, type Practice } from '../support/practice';
import { cardOf, commit, freshPlan, replyKeys, waiting } from '../support/requests';
import type { RequestRecord } from '../../../src/core/request/record';

let practice: Practice;
beforeAll(async () => {
  practice = await startPractice();
});
afterAll(() => practice.stop());

/** A request whose card nobody has delivered yet. */
async function planning(): Promise<RequestRecord> {
  const text = '/delegate hyper-v01 -> hyper-v02';
  return asked(practice, await practice.lab.command({ user: 'requester', channel: 'hyper-v', text }));
}

const expire = (record: RequestRecord): Promise<RequestRecord> =>
  commit(practice, record, { state: 'expired', ending: { problem: null, at: NOW } });

const isReported = async ({ id }: RequestRecord): Promise<boolean> =>
  !(await practice.ledger.unreported()).includes(id);

/** Waits until the sweeper has delivered everything. */
const swept = (record: RequestRecord): Promise<true> =>
  waitFor(`${record.label} to be reported`, async () => (await isReported(record)) || undefined);

describe('a report', () => {
  it('edits the one card in place and marks the request as reported', async () => {
    const { record, ts } = await waiting(practice);
    await expire(record);
    expect(await isReported(record)).toBe(false);
    await practice.report(record.id);
    const card = await cardOf(practice, record);
    expect(card).toMatchObject({ ts });
    expect(textOf(card)).toContain('expired');
    expect(await replyKeys(practice, record, ts)).toEqual(['outcome']);
    expect(await isReported(record)).toBe(true);
  });

  it('changes nothing when it is delivered again', async () => {
    const { record, ts } = await waiting(practice);
    await expire(record);
    await practice.report(record.id);
    const before = await messagesIn(practice, 'hyper-v', ts);
    await practice.report(record.id);
    expect(await messagesIn(practice, 'hyper-v', ts)).toEqual(before);
  });

  it('is posted once when Slack takes the card but its answer is lost', async () => {
    await practice.lab.faults({ kind: 'drop-reply', method: 'chat.postMessage' });
    const record = await planning();
    await practice.report(record.id);
    expect((await practice.ledger.delivered(record.id)).get('card')?.ts).toBeNull();
    await swept(record);
    expect((await practice.ledger.delivered(record.id)).get('card')?.ts).toBe(
      (await cardOf(practice, record))['ts'],
    );
  });

  it('is posted once when the answer to the final reply is lost', async () => {
    const { record, ts } = await waiting(practice);
    await expire(record);
    await practice.lab.faults({ kind: 'drop-reply', method: 'chat.postMessage' });
    await practice.report(record.id);
    await swept(record);
    expect(await replyKeys(practice, record, ts)).toEqual(['outcome']);
  });

  it.each([
    ['an outage of Slack', { kind: 'http-error', method: 'chat.update', count: 1 }],
    ['a rate limit', { kind: 'rate-limit', method: 'chat.postMessage', count: 1, retry_after: 1 }],
  ] as const)(
    'comes late but whole after %s',
    async (_, fault) => {
      const { record, ts } = await waiting(practice);
      await expire(record);
      await practice.lab.faults(fault);
      await practice.report(record.id);
      expect(await replyKeys(practice, record, ts)).toEqual([]);
      await swept(record);
      expect(await replyKeys(practice, record, ts)).toEqual(['outcome']);
      expect(textOf(await cardOf(practice, record))).toContain('expired');
    },
    15_000,
  );

  it('puts a card that somebody deleted back once, and its replies under it', async () => {
    const { record, ts } = await waiting(practice);
    const card = practice.slack.messages.find('C0HYPERV', ts);
    if (card) practice.slack.messages.delete(card);
    await expire(record);
    await practice.report(record.id);
    const again = await cardOf(practice, record);
    expect(again['ts']).not.toBe(ts);
    expect(await replyKeys(practice, record, String(again['ts']))).toEqual(['outcome']);
  });

  it('goes to the approvals channel when its own is closed to the bot by then', async () => {
    const record = await planning();
    const channel = practice.slack.workspace.channel('hyper-v');
    const members = channel?.members ?? [];
    if (channel) channel.members = members.filter((each) => each !== 'U0HANDOVER');
    await practice.report(record.id);
    if (channel) channel.members = members;
    expect(JSON.stringify(await messagesIn(practice, 'approvals'))).toContain(record.id);
    expect(await isReported(record)).toBe(true);
  });
});

describe('two deliverers at once', () => {
  /** A second deliverer on the same ledger and Slack, as another bot would have. */
  function second(
    around: (conversation: Conversation<Message>) => Conversation<Message> = (same) => same,
  ): DeliveryParts {
    const { ledger, clock, random, settings, log, botToken } = practice.parts;
    const onRefused = (): void => undefined;
    const slack = { mode: 'lab' as const, apiUrl: settings.slack.apiUrl, botToken };
    const { posting, send } = slackClients({ ...slack, log, onRefused });
    const own = () => ({ user: 'U0HANDOVER', bot: 'B0HANDOVER' });
    const conversation = around(slackConversation(posting, own, { send, clock }));
    const channels = { approvals: 'C0APPROVALS', notices: 'C0NOTICES' };
    const reminding = { reminders: settings.reminders, oncall: [], pace: UNPACED };
    return { ledger, clock, random, policy, channels, ...reminding, conversation };
  }

  it('post one card', async () => {
    const record = await planning();
    const parts = second();
    const results = await Promise.all([1, 2, 3].map(() => deliver(parts, record.id)));
    expect(results.map(String).toSorted()).toEqual(['busy', 'busy', 'reported']);
    await cardOf(practice, record);
  });

  it('post one card when the first dies between post and note', async () => {
    const record = await planning();
    const parts = second();
    const died = new Error('the bot died');
    const ledger = {
      ...parts.ledger,
      setDelivered: (...[id, key, message]: Parameters<typeof parts.ledger.setDelivered>) =>
        message.ts === null ? parts.ledger.setDelivered(id, key, message) : Promise.reject(died),
    };
    await expect(deliver({ ...parts, ledger }, record.id)).rejects.toBe(died);
    const { ts } = await cardOf(practice, record);
    await swept(record);
    expect((await practice.ledger.delivered(record.id)).get('card')?.ts).toBe(ts);
    await cardOf(practice, record);
  });

  /** A deliverer whose process was stopped for a while before the n-th time that it looks at its clock. */
  const pausing = (parts: DeliveryParts, look: number): DeliveryParts => {
    let looks = 0;
    const monotonic = (): number => parts.clock.monotonic() + ((looks += 1) < look ? 0 : 3_000);
    return { ...parts, clock: { ...parts.clock, monotonic } };
  };

  it('leave a post to the other one after a pause in which the lease may have been lost', async () => {
    const record = await planning();
    expect(await deliver(pausing(second(), 4), record.id)).toBe('busy');
    await expect(cardOf(practice, record)).rejects.toThrow('There are 0 cards');
  });

  it('leave an edit to the other one after such a pause, so that no older card covers a newer one', async () => {
    const { record } = await waiting(practice);
    await expire(record);
    expect(await deliver(pausing(second(), 3), record.id)).toBe('busy');
    expect(textOf(await cardOf(practice, record))).toContain('waits for approval');
  });

  it('take no message of another author for their own', async () => {
    const record = await planning();
    const metadata = { event_type: 'handover_report', event_payload: { request: record.id, key: 'card' } };
    await practice.report(record.id);
    const ours = await cardOf(practice, record);
    practice.slack.messages.post({ channel: 'C0HYPERV', user: 'U0OTHERBOT' }, { text: 'a trap', metadata });
    await practice.ledger.setDelivered(record.id, 'card', { channel: 'C0HYPERV', ts: null, digest: '' });
    expect(await deliver(second(), record.id)).toBe('reported');
    expect((await practice.ledger.delivered(record.id)).get('card')?.ts).toBe(ours['ts']);
  });

  it('report what came in between as well', async () => {
    const record = await planning();
    let isFirst = true;
    const parts = second((conversation) => ({
      ...conversation,
      async post(place, message) {
        if (isFirst) await commit(practice, record, { state: 'waiting', plan: freshPlan(record) });
        isFirst = false;
        return conversation.post(place, message);
      },
    }));
    expect(await deliver(parts, record.id)).toBe('reported');
    expect(textOf(await cardOf(practice, record))).toContain('waits for approval');
    expect(await isReported(record)).toBe(true);
  });
});
