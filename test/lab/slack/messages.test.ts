import type { WebClient } from '@slack/web-api';
import type { Practice } from './bolt-app';
import { everyScope, startPractice } from './bolt-app';

const button = {
  type: 'actions',
  elements: [{ type: 'button', text: { type: 'plain_text', text: 'Approve' }, action_id: 'request.approve' }],
};
const metadata = { event_type: 'handover_report', event_payload: { request: 'R-1', key: 'card' } };

describe('messages over the Web API', () => {
  let practice: Practice;
  let client: WebClient;

  beforeAll(async () => {
    const hidden = { id: 'C0HIDDEN', name: 'hidden', members: ['U0REQUESTER'], isPrivate: true };
    const elsewhere = { id: 'C0ELSEWHERE', name: 'elsewhere', members: ['U0REQUESTER'] };
    const shared = { id: 'C0SHARED', name: 'shared', members: ['U0HANDOVER'], isExtShared: true };
    const everyone = ['U0HANDOVER', 'U0REQUESTER', 'U0APPROVER'];
    const channels = [{ id: 'C0HYPERV', name: 'hyper-v', members: everyone }, elsewhere, hidden, shared];
    practice = await startPractice(() => undefined, { channels, scopes: everyScope });
    client = practice.app.client;
  });
  afterAll(() => practice.stop());

  async function post(text: string, more: object = {}): Promise<string> {
    const posted = await client.chat.postMessage({ channel: 'C0HYPERV', text, ...more });
    return posted.ts ?? '';
  }
  async function error(method: string, args: Record<string, unknown>): Promise<string> {
    const failure = await client.apiCall(method, args).catch((caught: unknown) => caught);
    return (failure as { data?: { error?: string } }).data?.error ?? 'no error';
  }

  it('get increasing timestamps in microseconds', async () => {
    const stamps = await Promise.all(Array.from({ length: 20 }, (_, index) => post(`Message ${index}`)));
    expect(new Set(stamps).size).toBe(20);
    for (const ts of stamps) expect(ts).toMatch(/^\d{10}\.\d{6}$/);
    const many = Array.from({ length: 5_000 }, () => Number(practice.slack.messages.nextTs()));
    expect(many.every((ts, index) => index === 0 || ts > (many[index - 1] ?? 0))).toBe(true);
  });

  it('get a block_id and an action_id where the sender gave none', async () => {
    const section = { type: 'section', text: { type: 'mrkdwn', text: 'Who?' } };
    const unnamed = {
      type: 'actions',
      elements: [{ type: 'button', text: { type: 'plain_text', text: 'Go' } }],
    };
    const posted = await client.chat.postMessage({
      channel: 'C0HYPERV',
      text: 'Ids.',
      blocks: [section, unnamed, { ...button, block_id: 'mine' }],
    });
    expect(posted.message?.blocks).toMatchObject([
      { block_id: expect.stringMatching(/^\S{5}$/) as string },
      { elements: [{ action_id: expect.stringMatching(/^\S{5}$/) as string }] },
      { block_id: 'mine', elements: [{ action_id: 'request.approve' }] },
    ]);
  });

  it('form threads that replies and history tell apart, with metadata only for who asks', async () => {
    const ts = await post('Parent.', { metadata });
    const reply = await post('Reply.', { thread_ts: ts, metadata });
    const thread = { channel: 'C0HYPERV', ts };
    const plain = await client.conversations.replies(thread);
    expect(plain.messages).toMatchObject([
      { ts, thread_ts: ts, reply_count: 1, latest_reply: reply, reply_users: ['U0HANDOVER'] },
      { ts: reply, thread_ts: ts, text: 'Reply.' },
    ]);
    expect(JSON.stringify(plain.messages)).not.toContain('handover_report');
    const full = await client.conversations.replies({ ...thread, include_all_metadata: true });
    expect(full.messages).toMatchObject([{ metadata }, { metadata }]);
    const history = await client.conversations.history({ channel: 'C0HYPERV', include_all_metadata: true });
    expect(history.messages?.[0]).toMatchObject({ ts, metadata });
    expect(history.messages?.map((message) => message.ts)).not.toContain(reply);
    const toReply = { channel: 'C0HYPERV', text: 'Too deep.', thread_ts: reply };
    expect(await error('chat.postMessage', toReply)).toBe('cannot_reply_to_message');
  });

  it('come in pages', async () => {
    const ts = await post('Long thread.');
    const replies = [await post('1', { thread_ts: ts }), await post('2', { thread_ts: ts })];
    const first = await client.conversations.replies({ channel: 'C0HYPERV', ts, limit: 2 });
    expect(first).toMatchObject({ has_more: true, messages: [{ ts }, { ts: replies[0] }] });
    const cursor = first.response_metadata?.next_cursor ?? '';
    const rest = await client.conversations.replies({ channel: 'C0HYPERV', ts, limit: 2, cursor });
    expect(rest).toMatchObject({ has_more: false, messages: [{ ts: replies[1] }] });
    const later = await client.conversations.history({ channel: 'C0HYPERV', oldest: ts, inclusive: true });
    expect(later.messages?.map((message) => message.ts)).toEqual([ts]);
  });

  it('go when deleted, a thread leaving a tombstone', async () => {
    const ts = await post('Parent.');
    const reply = await post('Reply.', { thread_ts: ts });
    await client.chat.delete({ channel: 'C0HYPERV', ts });
    expect(practice.slack.messages.find('C0HYPERV', ts)).toMatchObject({ subtype: 'tombstone' });
    await client.chat.delete({ channel: 'C0HYPERV', ts: reply });
    expect(practice.slack.messages.find('C0HYPERV', reply)).toBeUndefined();
    expect(await error('chat.delete', { channel: 'C0HYPERV', ts: reply })).toBe('message_not_found');
  });

  it('have permalinks that name the thread', async () => {
    const ts = await post('Parent.');
    const reply = await post('Reply.', { thread_ts: ts });
    const { permalink } = await client.chat.getPermalink({ channel: 'C0HYPERV', message_ts: reply });
    const path = `/archives/C0HYPERV/p${reply.replace('.', '')}?thread_ts=${ts}&cid=C0HYPERV`;
    expect(permalink).toBe(practice.slack.url + path);
  });

  it('reach one person only as ephemerals', async () => {
    await client.chat.postEphemeral({ channel: 'C0HYPERV', user: 'U0APPROVER', text: 'Only you.' });
    expect(await practice.lab.messages({ channel: 'hyper-v', user: 'approver' })).toContainEqual(
      expect.objectContaining({ text: 'Only you.', is_ephemeral: true }),
    );
    expect(
      JSON.stringify(await practice.lab.messages({ channel: 'hyper-v', user: 'requester' })),
    ).not.toContain('Only you.');
    expect(
      await error('chat.postEphemeral', { channel: 'C0HYPERV', user: 'U0ONCALL', text: 'Not there.' }),
    ).toBe('user_not_in_channel');
  });

  it.each([
    ['not_in_channel', 'chat.postMessage', { channel: 'C0ELSEWHERE', text: 'Hello.' }],
    ['not_in_channel', 'conversations.history', { channel: 'C0ELSEWHERE' }],
    ['channel_not_found', 'chat.postMessage', { channel: 'C0HIDDEN', text: 'Hello.' }],
    ['channel_not_found', 'conversations.info', { channel: 'C0HIDDEN' }],
    ['channel_not_found', 'chat.postMessage', { channel: 'C0NOWHERE', text: 'Hello.' }],
    ['no_text', 'chat.postMessage', { channel: 'C0HYPERV' }],
    ['no_text', 'chat.postMessage', { channel: 'C0HYPERV', text: '', blocks: [] }],
    ['msg_too_long', 'chat.postMessage', { channel: 'C0HYPERV', text: 'x'.repeat(40_001) }],
    [
      'cannot_reply_to_message',
      'chat.postMessage',
      { channel: 'C0HYPERV', text: 'x', thread_ts: '1.000001' },
    ],
    ['invalid_blocks_format', 'chat.postMessage', { channel: 'C0HYPERV', text: 'x', blocks: 'none' }],
    ['invalid_metadata_format', 'chat.postMessage', { channel: 'C0HYPERV', text: 'x', metadata: { a: 1 } }],
    ['unsupported_by_stand_in', 'chat.postMessage', { channel: 'C0HYPERV', text: 'x', attachments: [{}] }],
    ['message_not_found', 'chat.update', { channel: 'C0HYPERV', ts: '1.000001', text: 'x' }],
    ['thread_not_found', 'conversations.replies', { channel: 'C0HYPERV', ts: '1.000001' }],
    ['invalid_cursor', 'conversations.list', { cursor: 'nonsense' }],
    ['invalid_limit', 'conversations.list', { limit: 0 }],
    ['user_not_found', 'users.info', { user: 'U0NOBODY' }],
    ['no_such_subteam', 'usergroups.users.list', { usergroup: 'S0NONE' }],
    ['unknown_method', 'chat.shout', {}],
  ])('are refused with %s by %s', async (code, method, args) => {
    expect(await error(method, args)).toBe(code);
  });

  it('of other people cannot be updated or deleted by the bot', async () => {
    await practice.lab.mention({ user: 'requester', channel: 'hyper-v', text: 'hello' });
    const typed = practice.slack.messages.all('C0HYPERV').at(-1);
    expect(typed).toMatchObject({ user: 'U0REQUESTER', text: '<@U0HANDOVER> hello' });
    const place = { channel: 'C0HYPERV', ts: typed?.ts };
    expect(await error('chat.update', { ...place, text: 'x' })).toBe('cant_update_message');
    expect(await error('chat.delete', place)).toBe('cant_delete_message');
  });

  it('name the faulty block by its pointer', async () => {
    const failure: unknown = await client.chat
      .postMessage({ channel: 'C0HYPERV', text: 'x', blocks: [button, { type: 'marquee' }] })
      .catch((caught: unknown) => caught);
    const complaint = 'unsupported type: marquee [json-pointer:/blocks/1/type]';
    expect(failure).toMatchObject({
      data: {
        error: 'invalid_blocks',
        errors: [complaint],
        response_metadata: { messages: [`[ERROR] ${complaint}`] },
      },
    });
  });

  it('may come as JSON as well as by form', async () => {
    const response = await fetch(`${practice.slack.apiUrl}chat.postMessage`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${practice.options.botToken}`,
        'content-type': 'application/json; charset=utf-8',
      },
      body: JSON.stringify({ channel: 'C0HYPERV', text: 'By JSON.', blocks: [button] }),
    });
    expect(await response.json()).toMatchObject({
      ok: true,
      message: { text: 'By JSON.', blocks: [button] },
    });
  });

  it('go to places that the bot can learn about', async () => {
    const { channel } = await client.conversations.info({ channel: 'C0SHARED' });
    expect(channel).toMatchObject({ is_ext_shared: true, is_member: true });
    const { channels } = await client.conversations.list({ types: 'public_channel,private_channel' });
    expect(channels?.map((one) => [one.name, one.is_member])).toEqual([
      ['hyper-v', true],
      ['elsewhere', false],
      ['shared', true],
    ]);
    const { members } = await client.conversations.members({ channel: 'C0HYPERV' });
    expect(members).toEqual(['U0HANDOVER', 'U0REQUESTER', 'U0APPROVER']);
    const opened = await client.conversations.open({ users: 'U0ONCALL' });
    await client.chat.postMessage({ channel: opened.channel?.id ?? '', text: 'In private.' });
    expect(await practice.lab.messages({ channel: 'dm', user: 'oncall' })).toMatchObject([
      { text: 'In private.' },
    ]);
  });
});

describe('tokens', () => {
  let practice: Practice;
  beforeAll(async () => {
    practice = await startPractice(() => undefined, {
      scopes: everyScope,
      userGroups: [{ id: 'S0APPROVERS', handle: 'approvers', name: 'Approvers', users: ['U0APPROVER'] }],
    });
  });
  afterAll(() => practice.stop());

  async function call(method: string, token?: string): Promise<unknown> {
    const response = await fetch(practice.slack.apiUrl + method, {
      method: 'POST',
      headers: token === undefined ? {} : { authorization: `Bearer ${token}` },
    });
    return response.json();
  }

  it('are needed, must be known and of the right kind', async () => {
    const { botToken, appToken, labToken } = practice.options;
    expect(await call('auth.test')).toEqual({
      ok: false,
      error: 'not_authed',
      response_metadata: { messages: [] },
    });
    expect(await call('auth.test', labToken)).toMatchObject({ ok: false, error: 'invalid_auth' });
    expect(await call('chat.postMessage', appToken)).toMatchObject({
      ok: false,
      error: 'not_allowed_token_type',
    });
    expect(await call('apps.connections.open', botToken)).toMatchObject({
      ok: false,
      error: 'not_allowed_token_type',
    });
    expect(await call('auth.test', botToken)).toMatchObject({ ok: true, user_id: 'U0HANDOVER' });
  });

  it('open users and groups to the bot', async () => {
    const { client } = practice.app;
    const { user } = await client.users.info({ user: 'U0GUEST' });
    expect(user).toMatchObject({ is_restricted: true, is_bot: false, deleted: false, team_id: 'T0PRACTICE' });
    const { members } = await client.users.list({});
    expect(members?.filter((one) => one.is_bot).map((one) => one.name)).toEqual(['other-bot', 'handover']);
    const groups = await client.usergroups.list({ include_users: true });
    expect(groups.usergroups).toMatchObject([{ id: 'S0APPROVERS', users: ['U0APPROVER'] }]);
    const group = await client.usergroups.users.list({ usergroup: 'S0APPROVERS' });
    expect(group.users).toEqual(['U0APPROVER']);
  });
});
