import type { App } from '@slack/bolt';
import type { Fields } from '../../../lab/slack/fields';
import type { Practice } from './bolt-app';
import { deliveries, everyScope, startPractice, until } from './bolt-app';

const seen: { type: string; text?: string }[] = [];

function listen(app: App): void {
  app.event('app_mention', async ({ event }) => void seen.push(event));
  app.message(async ({ message }) => void seen.push(message as { type: string; text?: string }));
}

describe.each(deliveries)('what people write over %s', (over) => {
  let practice: Practice;
  beforeAll(async () => {
    const archived = { id: 'C0OLD', name: 'old', members: ['U0HANDOVER', 'U0REQUESTER'], isArchived: true };
    practice = await startPractice(listen, { over, scopes: everyScope });
    practice.slack.workspace.channels.push(archived);
  });
  afterAll(() => practice.stop());
  beforeEach(async () => {
    await practice.lab.reset();
    seen.splice(0);
  });

  const say = (text: string, more: Fields = {}): ReturnType<Practice['lab']['say']> =>
    practice.lab.say({ user: 'requester', channel: 'hyper-v', text, ...more });

  it('stands in the history for the bot to read, and is no event by itself', async () => {
    const said = await say('Is *hyper-v01* free?');
    expect(said).toMatchObject({
      ok: true,
      messages: [{ user: 'U0REQUESTER', text: 'Is *hyper-v01* free?' }],
    });
    const ts = String(said.messages[0]?.['ts']);
    await say('It is.', { user: 'approver', thread_ts: ts });
    const { messages: history } = await practice.app.client.conversations.history({ channel: 'C0HYPERV' });
    expect(history).toMatchObject([
      { ts, user: 'U0REQUESTER', reply_count: 1, client_msg_id: expect.any(String) as string },
    ]);
    const { messages: thread } = await practice.app.client.conversations.replies({ channel: 'C0HYPERV', ts });
    expect(thread?.map((message) => message.text)).toEqual(['Is *hyper-v01* free?', 'It is.']);
    await practice.lab.mention({ user: 'requester', channel: 'hyper-v', text: 'last' });
    expect(seen.map((event) => event.text)).toEqual(['<@U0HANDOVER> last']);
  });

  it('reaches the bot when it is named, in threads too, and always in a direct message', async () => {
    const said = await say('Hello @handover, show R-1');
    await say('@Handover again', { thread_ts: String(said.messages[0]?.['ts']) });
    await say('show R-1', { channel: 'dm' });
    await until(() => seen.length === 3);
    expect(seen).toMatchObject([
      { type: 'app_mention', text: 'Hello <@U0HANDOVER>, show R-1' },
      { type: 'app_mention', text: '<@U0HANDOVER> again', thread_ts: said.messages[0]?.['ts'] },
      { type: 'message', channel_type: 'im', channel: 'D0REQUESTER', text: 'show R-1' },
    ]);
  });

  it('does not reach the bot from where it is no member', async () => {
    expect(await say('@handover hello', { channel: 'elsewhere' })).toMatchObject({ ok: true });
    await say('@handover here');
    expect(seen.map((event) => event.text)).toEqual(['<@U0HANDOVER> here']);
  });

  it.each([
    ['people and channels', 'ask @on-call in #approvals', 'ask <@U0ONCALL> in <#C0APPROVALS|approvals>'],
    ['references as they are', '<@U0APPROVER> <#C0NOTICES>', '<@U0APPROVER> <#C0NOTICES|notices>'],
    ['names of nobody', '@nobody #nowhere me@on-call', '@nobody #nowhere me@on-call'],
    [
      'markup characters',
      'a -> b & <!channel> <@U0NOBODY>',
      'a -&gt; b &amp; &lt;!channel&gt; &lt;@U0NOBODY&gt;',
    ],
  ])('travels with %s', async (_what, typed, text) => {
    expect((await say(typed)).messages).toMatchObject([{ text }]);
  });

  it.each([
    ['where the person is no member', { channel: 'hyper-v', user: 'U0STRANGER' }, 'user_not_found'],
    ['in an archived channel', { channel: 'old' }, 'is_archived'],
    ['under a message that is none', { thread_ts: '1.000001' }, 'cannot_reply_to_message'],
  ])('is refused %s', async (_where, more, error) => {
    expect(await say('Hello.', more)).toMatchObject({ ok: false, error });
    expect(practice.slack.messages.all('C0HYPERV')).toEqual([]);
  });
});
