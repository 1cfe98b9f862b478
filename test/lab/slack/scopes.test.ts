import { readFileSync } from 'node:fs';
import { installedScopes } from '../../../lab/slack/scopes';
import type { Practice } from './bolt-app';
import { everyScope, startPractice } from './bolt-app';

const ts = '1.000001';
const channel = 'C0HYPERV';
const message = { channel, text: 'x' };

async function practiceWith(scopes: readonly string[] | undefined): Promise<Practice> {
  const practice = await startPractice(() => undefined, scopes && { scopes });
  practice.slack.workspace.channels.push({
    id: 'C0PRIVATE',
    name: 'private',
    members: ['U0HANDOVER'],
    isPrivate: true,
  });
  practice.slack.workspace.directMessage({ id: 'U0ONCALL', name: 'on-call', role: 'oncall' });
  return practice;
}

async function answerTo({ app }: Practice, method: string, args: object): Promise<Record<string, unknown>> {
  const failure = await app.client.apiCall(method, { ...args }).catch((caught: unknown) => caught);
  return (failure as { data?: Record<string, unknown> }).data ?? (failure as Record<string, unknown>);
}

describe('an app with the scopes that README names', () => {
  let practice: Practice;
  beforeAll(async () => {
    practice = await practiceWith(undefined);
  });
  afterAll(() => practice.stop());

  it('has these and no others', () => {
    const readme = readFileSync('README.md', 'utf8');
    const line = readme.split('\n').find((one) => one.startsWith('`commands`')) ?? '';
    const [bot = ''] = line.split(';');
    expect([...bot.matchAll(/`([^`]+)`/g)].map(([, scope]) => scope)).toEqual(installedScopes);
  });

  it.each([
    ['conversations.join', { channel }, 'channels:join'],
    ['conversations.info', { channel: 'D0ONCALL' }, 'im:read'],
    ['conversations.list', { types: 'public_channel,im,mpim' }, 'im:read,mpim:read'],
    ['users.lookupByEmail', { email: 'on-call@practice.example' }, 'users:read.email'],
  ])('is refused %s %o for want of %s', async (method, args, needed) => {
    expect(await answerTo(practice, method, args)).toMatchObject({
      ok: false,
      error: 'missing_scope',
      needed,
      provided: installedScopes.join(','),
    });
  });

  it('learns no addresses', async () => {
    const { user } = await practice.app.client.users.info({ user: 'U0APPROVER' });
    expect(user?.profile).toMatchObject({ real_name: 'Approver' });
    expect(user?.profile).not.toHaveProperty('email');
    const { members } = await practice.app.client.users.list({});
    expect(JSON.stringify(members)).not.toContain('@practice.example');
  });
});

describe('an app that lacks a scope', () => {
  it.each([
    ['chat:write', 'chat.postMessage', message],
    ['chat:write', 'chat.postEphemeral', { ...message, user: 'U0REQUESTER' }],
    ['chat:write', 'chat.update', { ...message, ts }],
    ['chat:write', 'chat.delete', { channel, ts }],
    ['channels:read', 'conversations.info', { channel }],
    ['channels:read', 'conversations.members', { channel }],
    ['channels:read', 'conversations.list', {}],
    ['groups:read', 'conversations.info', { channel: 'C0PRIVATE' }],
    ['groups:read', 'conversations.list', { types: 'private_channel' }],
    ['channels:history', 'conversations.history', { channel }],
    ['groups:history', 'conversations.replies', { channel: 'C0PRIVATE', ts }],
    ['im:write', 'conversations.open', { users: 'U0ONCALL' }],
    ['im:history', 'conversations.history', { channel: 'D0ONCALL' }],
    ['users:read', 'users.info', { user: 'U0APPROVER' }],
    ['users:read', 'users.list', {}],
    ['files:write', 'files.getUploadURLExternal', { filename: 'x', length: 1 }],
    ['files:write', 'files.completeUploadExternal', { files: [{ id: 'F0' }] }],
  ])('%s is refused %s %o', async (scope, method, args) => {
    const practice = await practiceWith(installedScopes.filter((one) => one !== scope));
    try {
      const answer = await answerTo(practice, method, args);
      expect(answer).toMatchObject({ error: 'missing_scope', needed: scope });
      expect(String(answer['provided']).split(',')).not.toContain(scope);
    } finally {
      await practice.stop();
    }
  });

  it('for reading direct messages hears nothing of them', async () => {
    const practice = await practiceWith(installedScopes.filter((one) => one !== 'im:history'));
    try {
      await practice.lab.say({ user: 'requester', channel: 'dm', text: 'help' });
      await practice.lab.mention({ user: 'requester', channel: 'hyper-v', text: 'help' });
      expect(practice.slack.traffic.entries('events_api')).toHaveLength(1);
    } finally {
      await practice.stop();
    }
  });

  it('is told that what it cannot see is not there, unless it lacks the whole family', async () => {
    const practice = await practiceWith(everyScope.filter((one) => !one.endsWith(':history')));
    try {
      const nowhere = { channel: 'C0NOWHERE' };
      expect(await answerTo(practice, 'conversations.info', nowhere)).toMatchObject({
        error: 'channel_not_found',
      });
      expect(await answerTo(practice, 'conversations.history', nowhere)).toMatchObject({
        error: 'missing_scope',
        needed: 'channels:history,groups:history,mpim:history,im:history',
      });
    } finally {
      await practice.stop();
    }
  });

  it('has no commands and hears no mentions without theirs', async () => {
    const practice = await practiceWith(['chat:write']);
    try {
      const command = { user: 'requester', channel: 'hyper-v', text: '/delegate x' };
      expect(await practice.lab.command(command)).toMatchObject({ ok: false, error: 'unknown_command' });
      await practice.lab.mention({ user: 'requester', channel: 'hyper-v', text: 'help' });
      expect(practice.slack.traffic.entries('events_api')).toEqual([]);
    } finally {
      await practice.stop();
    }
  });
});
