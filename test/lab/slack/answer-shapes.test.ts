import { claimAddress } from '../../../lab/addresses';
import type { Fields } from '../../../lab/slack/fields';
import { isFields } from '../../../lab/slack/fields';
import type { SlackOptions } from '../../../lab/slack/options';
import type { SlackStandIn } from '../../../lab/slack/server';
import { startSlack } from '../../../lab/slack/server';
import { everyScope, slackOptions } from './bolt-app';
import answers from './shapes/answers.json';
import leftOutByName from './shapes/left-out.json';
import { compare, missing } from './shapes/shape';

const plain = (text: string): object => ({ type: 'plain_text', text });
const blocks = [{ type: 'section', block_id: 'b', text: plain('Hello.') }];
const modal = { type: 'modal', title: plain('Modal'), submit: plain('Go'), close: plain('Back'), blocks };
const metadata = { event_type: 'handover_report', event_payload: { request: 'R-1', key: 'card' } };
const channel = 'C0HYPERV';

type Name = keyof typeof answers;

/** What Slack writes as null where there is none. */
const nulls: Partial<Record<Name, string[]>> = {
  'views.open': ['view.previous_view_id'],
  'views.update': ['view.previous_view_id'],
  'views.publish': ['view.previous_view_id'],
};

/** What the samples have of refusals and warnings; these answers are successes. */
const ofFailures = [
  'error',
  'errors',
  'needed',
  'provided',
  'warning',
  'deprecated_argument',
  'response_metadata',
];

/** What Bolt or the bot reads of an answer. */
const read: Partial<Record<Name, string>> = {
  'auth.test': 'ok team_id user_id bot_id',
  'apps.connections.open': 'ok url',
  'chat.postMessage': 'ok ts channel',
  'chat.getPermalink': 'ok permalink',
  'conversations.info':
    'ok channel.is_member channel.is_archived channel.is_ext_shared channel.is_org_shared channel.is_pending_ext_shared',
  'conversations.history':
    'ok messages[].ts messages[].user messages[].bot_id messages[].metadata response_metadata.next_cursor',
  'conversations.replies': 'ok messages[].ts messages[].user messages[].bot_id messages[].thread_ts',
  'users.info': 'ok user.team_id user.deleted user.is_bot user.is_restricted user.is_ultra_restricted',
  'views.open': 'ok view.id view.hash',
};

describe('an answer of the Web API', () => {
  let slack: SlackStandIn;
  let options: SlackOptions;
  let captured: Map<string, Fields>;
  let release: () => Promise<void>;
  beforeAll(async () => {
    const claim = await claimAddress();
    release = () => claim.release();
    options = slackOptions(claim.address, {
      scopes: everyScope,
      userGroups: [{ id: 'S0APPROVERS', handle: 'approvers', name: 'Approvers', users: ['U0APPROVER'] }],
    });
    slack = await startSlack(options);
    captured = await capture();
  });
  afterAll(async () => {
    await slack.close();
    await release();
  });

  async function call(method: string, args: Fields = {}): Promise<Fields> {
    const token = method === 'apps.connections.open' ? options.appToken : options.botToken;
    const response = await fetch(slack.apiUrl + method, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body: JSON.stringify(args),
    });
    const answer: unknown = await response.json();
    return isFields(answer) ? answer : {};
  }

  /** One answer of each method, each after what makes it full. */
  async function capture(): Promise<Map<string, Fields>> {
    const found = new Map<string, Fields>();
    const ask = async (method: Name, args: Fields = {}): Promise<Fields> => {
      const answer = await call(method, args);
      found.set(method, answer);
      return answer;
    };
    for (const method of ['auth.test', 'apps.connections.open', 'users.list'] as const) await ask(method);
    const { ts } = await ask('chat.postMessage', { channel, text: 'Card.', blocks, metadata });
    await ask('chat.update', { channel, ts, text: 'Card again.', blocks });
    const reply = await call('chat.postMessage', { channel, text: 'Reply.', thread_ts: ts });
    await call('chat.update', { channel, ts: reply['ts'], text: 'Reply again.' });
    await ask('conversations.replies', { channel, ts, include_all_metadata: true });
    await call('chat.postMessage', { channel, text: 'Last.', metadata });
    await ask('conversations.history', { channel, limit: 1, include_all_metadata: true });
    await ask('chat.getPermalink', { channel, message_ts: ts });
    await ask('chat.delete', { channel, ts: reply['ts'] });
    await ask('chat.postEphemeral', { channel, user: 'U0REQUESTER', text: 'Only you.' });
    await askViews(ask);
    for (const method of ['conversations.info', 'conversations.members'] as const)
      await ask(method, { channel });
    await ask('conversations.list', { limit: 2 });
    await ask('conversations.open', { users: 'U0REQUESTER', return_im: true });
    await ask('conversations.join', { channel });
    await ask('users.info', { user: 'U0GUEST' });
    await ask('users.lookupByEmail', { email: 'approver@practice.example' });
    await ask('usergroups.list', { include_users: true });
    await ask('usergroups.users.list', { usergroup: 'S0APPROVERS' });
    const { upload_url: url, file_id: id } = await ask('files.getUploadURLExternal', {
      filename: 'x.txt',
      length: 1,
    });
    await fetch(String(url), { method: 'POST', body: 'x' });
    await ask('files.completeUploadExternal', { files: [{ id }] });
    return found;
  }

  async function askViews(ask: (method: Name, args: Fields) => Promise<Fields>): Promise<void> {
    const { view } = await ask('views.open', {
      trigger_id: slack.triggers.issue('U0REQUESTER'),
      view: modal,
    });
    const id = isFields(view) ? String(view['id']) : '';
    await ask('views.push', { trigger_id: slack.triggers.issue('U0REQUESTER', id), view: modal });
    await ask('views.update', { view_id: id, view: modal });
    await ask('views.publish', { user_id: 'U0REQUESTER', view: { type: 'home', blocks } });
  }

  it.each(Object.keys(answers) as Name[])(
    '%s has the fields that Slack published, of the same types',
    (name) => {
      expect(captured.get(name)).toMatchObject({ ok: true });
      const { leftOut, ...others } = compare(captured.get(name), answers[name]);
      expect(others).toEqual({ unknown: [], otherTypes: [], nulls: nulls[name] ?? [] });
      expect(leftOut.filter((path) => !ofFailures.includes(path)).join(' ')).toBe(leftOutByName[name]);
    },
  );

  it.each(Object.entries(read))('%s has what Bolt and the bot read', (name, paths) => {
    expect(missing(captured.get(name), answers[name as Name], paths)).toEqual([]);
  });

  it('is of every method that the samples have', () => {
    expect([...captured.keys()].toSorted()).toEqual(Object.keys(answers).toSorted());
  });
});
