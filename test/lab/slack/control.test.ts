import { once } from 'node:events';
import { get } from 'node:http';
import type { App } from '@slack/bolt';
import type { Fields } from '../../../lab/slack/fields';
import type { Practice } from './bolt-app';
import { startPractice, until } from './bolt-app';

const hint = { command: '/delegate', usage: 'SOURCE -> DESTINATION', description: 'ask for delegation' };
const section = (text: string): object => ({ type: 'section', text: { type: 'mrkdwn', text } });
const title = { type: 'plain_text', text: 'Modal' } as const;

function listen(app: App): void {
  app.command('/delegate', async ({ ack, command, client }) => {
    await client.views.open({ trigger_id: command.trigger_id, view: { type: 'modal', title, blocks: [] } });
    await ack('Received.');
  });
}

describe('the control routes', () => {
  let practice: Practice;
  beforeAll(async () => {
    practice = await startPractice(listen, {
      commandHints: [hint],
    });
    const { workspace } = practice.slack;
    workspace.channels.push({
      id: 'C0OPS',
      name: 'ops',
      members: ['U0HANDOVER', 'U0ONCALL'],
      isPrivate: true,
    });
  });
  afterAll(() => practice.stop());
  beforeEach(() => practice.lab.reset());

  const post = async (text: string, more: object = {}): Promise<string> => {
    const posted = await practice.app.client.chat.postMessage({ channel: 'C0HYPERV', text, ...more });
    return posted.ts ?? '';
  };
  const channels = async (user: string): Promise<Fields[]> =>
    (await practice.lab.get('/_lab/workspace', { user }))['channels'] as Fields[];
  const channel = async (user: string, name = 'hyper-v'): Promise<Fields | undefined> =>
    (await channels(user)).find((one) => one['name'] === name);

  it('list the commands that the composer suggests, and refuse every other in Slack’s words', async () => {
    expect(await practice.lab.get('/_lab/commands')).toEqual({ ok: true, commands: [hint] });
    const refused = await practice.lab.command({ user: 'requester', channel: 'hyper-v', text: '/foo bar' });
    expect(refused).toMatchObject({
      ok: false,
      error: 'unknown_command',
      detail: expect.stringMatching(/^\/foo is not a valid command\. In Slack, .*empty space\.$/s) as string,
    });
  });

  it('show each person the channels that person can see, with their marks', async () => {
    expect((await channels('requester')).map((one) => one['name'])).not.toContain('ops');
    expect(await channel('oncall', 'ops')).toMatchObject({ isPrivate: true, isArchived: false });
    expect(await channel('requester', 'directmessage')).toMatchObject({
      directWith: 'U0REQUESTER',
      isPrivate: true,
    });
    expect(await practice.lab.get('/_lab/workspace', { user: 'nobody' })).toEqual({
      ok: false,
      error: 'user_not_found',
    });
  });

  it('count what others wrote until it is read, the same for every tab of a person', async () => {
    expect(await channel('requester')).toMatchObject({ unread: 0, lastTs: null });
    await post('First.');
    const second = await post('Second.');
    expect(await channel('requester')).toMatchObject({
      unread: 2,
      lastTs: second,
      lastRead: '0000000000.000000',
    });
    const order = { user: 'requester', channel: 'hyper-v', ts: second };
    expect(await practice.lab.read(order)).toEqual({ ok: true });
    expect(await channel('requester')).toMatchObject({ unread: 0, lastRead: second });
    expect(await channel('approver')).toMatchObject({ unread: 2 });
    const third = await post('Third.');
    expect(await channel('requester')).toMatchObject({ unread: 1, lastTs: third });
  });

  it('take what a person writes as read by that person', async () => {
    await post('Question?');
    const said = await practice.lab.say({ user: 'requester', channel: 'hyper-v', text: 'Answer.' });
    expect(await channel('requester')).toMatchObject({ unread: 0, lastRead: said.messages[0]?.['ts'] });
    expect(await channel('approver')).toMatchObject({ unread: 2 });
  });

  it('count replies only for those who take part in the thread or are named there', async () => {
    const root = await practice.lab.say({ user: 'requester', channel: 'hyper-v', text: 'Root.' });
    const ts = String(root.messages[0]?.['ts']);
    await practice.lab.say({ user: 'oncall', channel: 'hyper-v', text: 'Reply.', thread_ts: ts });
    for (const user of ['requester', 'approver', 'oncall', 'second-approver'])
      await practice.lab.read({ user, channel: 'hyper-v', ts });
    const reply = await post('Done.', { thread_ts: ts, blocks: [section('<@U0APPROVER2> see here')] });
    const unread = async (user: string): Promise<unknown> => (await channel(user))?.['unread'];
    expect(await unread('requester')).toBe(2);
    expect(await unread('oncall')).toBe(1);
    expect(await unread('second-approver')).toBe(2);
    expect(await unread('approver')).toBe(0);
    expect((await channel('approver'))?.['lastTs']).toBe(reply);
  });

  it('count in direct messages, and nothing for who is no member', async () => {
    await practice.app.client.chat.postMessage({ channel: 'U0REQUESTER', text: 'For you.' });
    expect(await channel('requester', 'directmessage')).toMatchObject({ unread: 1 });
    await practice.lab.say({ user: 'requester', channel: 'elsewhere', text: 'Hello.' });
    expect(await channel('approver', 'elsewhere')).toMatchObject({ unread: 1 });
    const { workspace } = practice.slack;
    const elsewhere = workspace.channel('elsewhere');
    if (elsewhere) elsewhere.members = elsewhere.members.filter((id) => id !== 'U0GUEST');
    expect(await channel('guest', 'elsewhere')).toMatchObject({ unread: 0 });
  });

  it.each([
    ['a channel the person is not in', { channel: 'ops', ts: '1700000000.000001' }, 'not_in_channel'],
    ['somebody unknown', { user: 'nobody', ts: '1700000000.000001' }, 'user_not_found'],
  ])('refuse to mark %s as read', async (_what, more, error) => {
    const order = { user: 'requester', channel: 'hyper-v', ...more };
    expect(await practice.lab.read(order)).toEqual({ ok: false, error });
  });

  it('refuse a mark that is no timestamp', async () => {
    const order = { user: 'requester', channel: 'hyper-v', ts: 'now' };
    await expect(practice.lab.read(order)).rejects.toThrow(/400.*invalid_arguments/);
  });

  it('reset everything but people, channels and connections, and tell the page', async () => {
    const { lab, slack } = practice;
    const events = get(`${slack.url}/_lab/events`, { headers: { 'x-lab-token': practice.options.labToken } });
    const [stream] = (await once(events, 'response')) as [NodeJS.ReadableStream];
    let told = '';
    stream.on('data', (chunk: Buffer) => (told += chunk.toString()));
    await lab.command({ user: 'requester', channel: 'hyper-v', text: '/delegate x' });
    await lab.read({ user: 'requester', channel: 'hyper-v', ts: await post('Hello.') });
    await lab.faults({ kind: 'drop-reply', method: 'chat.update' });
    await lab.rates({ mode: 'slack' });
    const connections = slack.connections.count();
    told = '';
    expect(await lab.reset()).toEqual({ ok: true });
    await until(() => told.includes('data: '));
    events.destroy();
    expect(await lab.views({ user: 'requester' })).toEqual([]);
    expect(await lab.messages({ user: 'requester' })).toEqual([]);
    expect(await lab.get('/_lab/faults')).toMatchObject({ faults: [] });
    expect(await lab.get('/_lab/traffic')).toMatchObject({ traffic: [] });
    expect(await channel('requester')).toMatchObject({ lastRead: '0000000000.000000', unread: 0 });
    expect(slack.connections.count()).toBe(connections);
    expect(await channel('oncall', 'ops')).toBeDefined();
    await lab.rates({ mode: 'off' });
  });

  it('reset triggers and response addresses that were handed out before', async () => {
    let trigger = '';
    let address = '';
    practice.app.use(async ({ body, next }) => {
      const given = body as { trigger_id?: string; response_url?: string };
      trigger = given.trigger_id ?? trigger;
      address = given.response_url ?? address;
      await next();
    });
    await practice.lab.command({ user: 'requester', channel: 'hyper-v', text: '/delegate x' });
    await practice.lab.reset();
    const view = { type: 'modal' as const, title, blocks: [] };
    await expect(practice.app.client.views.open({ trigger_id: trigger, view })).rejects.toMatchObject({
      data: { error: 'invalid_trigger_id' },
    });
    const used = await fetch(address, { method: 'POST', body: '{"text":"late"}' });
    expect(await used.json()).toEqual({ ok: false, error: 'unknown_url' });
  });
});
