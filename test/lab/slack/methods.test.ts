import type { WebClient } from '@slack/web-api';
import type { Practice } from './bolt-app';
import { everyScope, startPractice } from './bolt-app';

const section = (text: string): object => ({ type: 'section', text: { type: 'mrkdwn', text } });

describe('the further methods of the Web API', () => {
  let practice: Practice;
  let client: WebClient;
  beforeAll(async () => {
    practice = await startPractice(() => undefined, { scopes: everyScope });
    const bot = 'U0HANDOVER';
    practice.slack.workspace.channels.push(
      { id: 'C0OLD', name: 'old', members: [], isArchived: true },
      { id: 'C0PRIVATE', name: 'private', members: [bot], isPrivate: true },
    );
    client = practice.app.client;
  });
  afterAll(() => practice.stop());

  async function failure(method: string, args: Record<string, unknown>): Promise<Record<string, unknown>> {
    const caught: unknown = await client.apiCall(method, args).catch((error: unknown) => error);
    return (caught as { data?: Record<string, unknown> }).data ?? {};
  }

  it('let the bot join a channel, once', async () => {
    expect(await failure('chat.postMessage', { channel: 'C0ELSEWHERE', text: 'x' })).toMatchObject({
      error: 'not_in_channel',
    });
    const joined = await client.conversations.join({ channel: 'C0ELSEWHERE' });
    expect(joined).toMatchObject({ ok: true, channel: { id: 'C0ELSEWHERE', is_member: true } });
    expect(joined).not.toHaveProperty('warning');
    expect(await client.conversations.join({ channel: 'C0ELSEWHERE' })).toMatchObject({
      ok: true,
      warning: 'already_in_channel',
    });
    await client.chat.postMessage({ channel: 'C0ELSEWHERE', text: 'Here.' });
    expect(
      practice.slack.workspace.channel('elsewhere')?.members.filter((id) => id === 'U0HANDOVER'),
    ).toHaveLength(1);
  });

  it('find people by their address', async () => {
    const { user } = await client.users.lookupByEmail({ email: 'On-Call@practice.example' });
    expect(user).toMatchObject({ id: 'U0ONCALL', profile: { email: 'on-call@practice.example' } });
  });

  it('take a file in two steps and share it in a message', async () => {
    const uploaded = await client.files.uploadV2({
      channel_id: 'C0HYPERV',
      filename: 'plan.txt',
      file: Buffer.from('+ cifs/hyper-v02'),
      initial_comment: 'The whole plan.',
    });
    expect(uploaded).toMatchObject({
      ok: true,
      files: [{ ok: true, files: [{ name: 'plan.txt', size: 16 }] }],
    });
    const { messages } = await client.conversations.history({ channel: 'C0HYPERV' });
    expect(messages?.[0]).toMatchObject({
      text: 'The whole plan.',
      files: [{ name: 'plan.txt', filetype: 'txt', size: 16, user: 'U0HANDOVER' }],
    });
  });

  it('share no file that was announced and never came', async () => {
    const announced = await client.files.getUploadURLExternal({ filename: 'plan.txt', length: 16 });
    const short = await fetch(announced.upload_url ?? '', { method: 'POST', body: 'short' });
    expect(short.status).toBe(400);
    const order = { files: [{ id: announced.file_id }], channel_id: 'C0HYPERV' };
    expect(await failure('files.completeUploadExternal', order)).toMatchObject({ error: 'file_not_found' });
    const nowhere = await fetch(`${practice.slack.url}/upload/v1/nowhere`, { method: 'POST', body: 'x' });
    expect(nowhere.status).toBe(400);
  });

  it('take exactly the announced bytes, once, and complete a file once', async () => {
    const { upload_url: url = '', file_id: id = '' } = await client.files.getUploadURLExternal({
      filename: 'plan.txt',
      length: 4,
    });
    const send = (body: string | FormData) => fetch(url, { method: 'POST', body });
    expect((await send('plans')).status).toBe(400);
    const form = new FormData();
    form.append('file', new Blob(['plan']), 'plan.txt');
    expect((await send(form)).status).toBe(200);
    expect((await send('plan')).status).toBe(400);
    const order = { files: [{ id }], channel_id: 'C0HYPERV' };
    for (const channel of ['U0REQUESTER', 'hyper-v'])
      expect(await failure('files.completeUploadExternal', { ...order, channel_id: channel })).toMatchObject({
        error: 'invalid_arguments',
      });
    expect(await failure('files.completeUploadExternal', { ...order, thread_ts: '1.1' })).toMatchObject({
      error: 'cannot_reply_to_message',
    });
    expect(await client.apiCall('files.completeUploadExternal', order)).toMatchObject({ ok: true });
    expect(await failure('files.completeUploadExternal', order)).toMatchObject({ error: 'file_not_found' });
    const { slack } = practice;
    const read = await fetch(`${slack.url}/_lab/file/${id}`, {
      headers: { 'x-lab-token': practice.options.labToken },
    });
    expect(await read.text()).toBe('plan');
    expect((await fetch(`${slack.url}/_lab/file/${id}`)).status).toBe(401);
  });

  it('validate blocks, messages and views without sending them', async () => {
    const good = [section('Hello.')];
    const view = { type: 'modal', title: { type: 'plain_text', text: 'Modal' }, blocks: good };
    for (const given of [{ blocks: good }, { message: { blocks: good } }, { view }])
      expect(await client.apiCall('blocks.validate', given)).toMatchObject({ ok: true });
    expect(practice.slack.messages.all('C0NOTICES')).toEqual([]);
  });

  it.each([
    ['blocks', [{ type: 'divider' }, section('')], 'invalid_blocks', '/1/text/text'],
    ['message', { blocks: [section('')] }, 'invalid_message', '/blocks/0/text/text'],
    ['view', { type: 'home', blocks: [section('')] }, 'invalid_view', '/blocks/0/text/text'],
  ])('point at what is wrong in %s', async (kind, given, error, pointer) => {
    const answer = await failure('blocks.validate', { [kind]: given });
    expect(answer).toMatchObject({
      error,
      errors: [{ pointer, code: 'failed_constraint', message: expect.any(String) as string }],
    });
    expect(JSON.stringify(answer['errors'])).not.toContain('json-pointer');
  });

  it.each([
    ['conversations.join', { channel: 'C0OLD' }, 'is_archived'],
    ['conversations.join', { channel: 'C0PRIVATE' }, 'method_not_supported_for_channel_type'],
    ['conversations.join', { channel: 'C0NOWHERE' }, 'channel_not_found'],
    ['conversations.list', { types: 'public_channel,secret' }, 'invalid_types'],
    ['conversations.history', { channel: 'C0HYPERV', oldest: 'long ago' }, 'invalid_ts_oldest'],
    ['conversations.history', { channel: 'C0HYPERV', latest: 'soon' }, 'invalid_ts_latest'],
    ['conversations.open', { users: 'U1,U2,U3,U4,U5,U6,U7,U8,U9' }, 'too_many_users'],
    ['conversations.open', {}, 'users_list_not_supplied'],
    ['users.lookupByEmail', { email: 'nobody@practice.example' }, 'users_not_found'],
    ['users.lookupByEmail', { email: 'other-bot@practice.example' }, 'users_not_found'],
    ['files.getUploadURLExternal', { filename: 'x' }, 'missing_argument'],
    ['files.getUploadURLExternal', { filename: 'x', length: -1 }, 'invalid_arguments'],
    ['files.completeUploadExternal', { files: [] }, 'invalid_arguments'],
    ['blocks.validate', {}, 'invalid_arguments'],
    ['blocks.validate', { blocks: [], view: {} }, 'invalid_arguments'],
  ])('refuse %s %o with %s', async (method, args, error) => {
    expect(await failure(method, args)).toMatchObject({ ok: false, error });
  });
});
