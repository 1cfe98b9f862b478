import type { WebClient } from '@slack/web-api';
import type { Practice } from './bolt-app';
import { startPractice } from './bolt-app';

const button = {
  type: 'actions',
  elements: [{ type: 'button', text: { type: 'plain_text', text: 'Approve' }, action_id: 'request.approve' }],
};
const metadata = { event_type: 'handover_report', event_payload: { request: 'R-1', key: 'card' } };
const channel = 'C0HYPERV';

/** The rules are those of docs.slack.dev/reference/methods/chat.update and chat.delete. */
describe('a message that is there', () => {
  let practice: Practice;
  let client: WebClient;
  beforeAll(async () => {
    practice = await startPractice(() => undefined);
    client = practice.app.client;
  });
  afterAll(() => practice.stop());

  async function post(where = channel): Promise<string> {
    const card = { channel: where, text: 'Card.', blocks: [button], metadata };
    return (await client.chat.postMessage(card)).ts ?? '';
  }
  async function error(method: string, args: Record<string, unknown>): Promise<string> {
    const failure = await client.apiCall(method, args).catch((caught: unknown) => caught);
    return (failure as { data?: { error?: string } }).data?.error ?? 'no error';
  }
  const stored = (ts: string) => practice.slack.messages.find(channel, ts);

  it.each([
    ['without a word of them', {}],
    ['with an empty list', { blocks: [] }],
  ])('loses its blocks to a text %s, and is then marked as edited', async (_how, more) => {
    const ts = await post();
    const updated = await client.chat.update({ channel, ts, text: 'Approved.', ...more });
    expect(updated).toMatchObject({ ok: true, ts, text: 'Approved.', message: { metadata } });
    expect(updated.message).toMatchObject({ edited: { user: 'U0HANDOVER' } });
    expect(updated.message).not.toHaveProperty('blocks');
    expect(stored(ts)).toMatchObject({ text: 'Approved.', metadata });
    expect(stored(ts)).not.toHaveProperty('blocks');
  });

  it('gets new blocks without being marked as edited', async () => {
    const ts = await post();
    const blocks = [{ type: 'divider' }];
    const updated = await client.chat.update({ channel, ts, text: 'Approved.', blocks });
    expect(updated.message).toMatchObject({ text: 'Approved.', blocks, metadata });
    expect(updated.message).not.toHaveProperty('edited');
    await client.chat.update({ channel, ts, text: 'Only words.' });
    expect(stored(ts)).toHaveProperty('edited');
    await client.chat.update({ channel, ts, text: 'Approved.', blocks });
    expect(stored(ts)).not.toHaveProperty('edited');
  });

  it('keeps text and blocks when neither is given, and an empty object removes the metadata', async () => {
    const ts = await post();
    await client.apiCall('chat.update', { channel, ts, metadata: {} });
    expect(stored(ts)).toMatchObject({ text: 'Card.', blocks: [button] });
    expect(stored(ts)).not.toHaveProperty('metadata');
    expect(stored(ts)).not.toHaveProperty('edited');
    expect(await error('chat.update', { channel, ts })).toBe('no_text');
  });

  it('can be neither changed nor deleted in an archived channel, and can be read there', async () => {
    const ts = await post('C0NOTICES');
    const notices = practice.slack.workspace.channel('notices');
    Object.assign(notices ?? {}, { isArchived: true });
    const place = { channel: 'C0NOTICES', ts };
    expect(await error('chat.update', { ...place, text: 'x' })).toBe('is_inactive');
    expect(await error('chat.delete', place)).toBe('cant_delete_message');
    expect(await error('chat.postMessage', { channel: 'C0NOTICES', text: 'x' })).toBe('is_archived');
    const { messages } = await client.conversations.history({ channel: 'C0NOTICES' });
    expect(messages).toMatchObject([{ ts, text: 'Card.' }]);
    expect(await client.conversations.replies(place)).toMatchObject({ messages: [{ ts }] });
  });

  it('is out of reach in a private channel that the bot has left', async () => {
    const secret = { id: 'C0SECRET', name: 'secret', members: ['U0HANDOVER'], isPrivate: true };
    practice.slack.workspace.channels.push(secret);
    const place = { channel: 'C0SECRET', ts: await post('C0SECRET') };
    secret.members = [];
    expect(await error('chat.update', { ...place, text: 'x' })).toBe('channel_not_found');
    expect(await error('chat.delete', place)).toBe('channel_not_found');
  });
});

describe('a channel’s name', () => {
  let practice: Practice;
  beforeAll(async () => {
    practice = await startPractice(() => undefined);
  });
  afterAll(() => practice.stop());

  const call = (method: string, args: Record<string, unknown>) =>
    practice.app.client.apiCall(method, args).catch((caught: unknown) => (caught as { data: object }).data);

  it.each(['hyper-v', '#hyper-v', 'C0HYPERV'])('is enough to post by: %s', async (where) => {
    expect(await call('chat.postMessage', { channel: where, text: 'x' })).toMatchObject({
      ok: true,
      channel,
    });
    const onlyYou = { channel: where, user: 'U0REQUESTER', text: 'x' };
    expect(await call('chat.postEphemeral', onlyYou)).toMatchObject({ ok: true });
  });

  it.each([
    ['chat.update', { ts: '1.000001', text: 'x' }],
    ['chat.delete', { ts: '1.000001' }],
    ['chat.getPermalink', { message_ts: '1.000001' }],
    ['conversations.info', {}],
    ['conversations.members', {}],
    ['conversations.history', {}],
    ['conversations.replies', { ts: '1.000001' }],
  ])('is no channel to %s, nor is a person’s id', async (method, args) => {
    for (const where of ['hyper-v', 'U0REQUESTER'])
      expect(await call(method, { ...args, channel: where })).toMatchObject({ error: 'channel_not_found' });
  });

  it('may be a person’s id for a direct message, to nobody but that person', async () => {
    const posted = await call('chat.postMessage', { channel: 'U0REQUESTER', text: 'x' });
    expect(posted).toMatchObject({ ok: true, channel: 'D0REQUESTER' });
    const onlyYou = { channel: 'U0REQUESTER', user: 'U0REQUESTER', text: 'x' };
    expect(await call('chat.postEphemeral', onlyYou)).toMatchObject({ error: 'channel_not_found' });
  });
});
