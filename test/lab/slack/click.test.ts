import type { App } from '@slack/bolt';
import type { Practice } from './bolt-app';
import { deliveries, startPractice, until } from './bolt-app';

const button = (actionId: string, value: string): object => ({
  type: 'button',
  action_id: actionId,
  value,
  text: { type: 'plain_text', text: actionId },
});
const actions = (...elements: object[]): object[] => [{ type: 'actions', block_id: 'buttons', elements }];
const option = (value: string): object => ({ value, text: { type: 'plain_text', text: value } });

const seen: Record<string, unknown>[] = [];

/** What the app suggests for these words instead of one option. */
const odd: Record<string, unknown[]> = { none: [], nothing: [null], nameless: [{ value: 'hyper-1' }] };

function listen(app: App): void {
  app.action('request.approve', async ({ ack, body, client }) => {
    seen.push(body as unknown as Record<string, unknown>);
    const { channel, message, user } = body as {
      channel: { id: string };
      message?: { ts: string };
      user: { id: string };
    };
    if (message) {
      const text = `Approved by <@${user.id}>.`;
      const blocks = [{ type: 'section', text: { type: 'mrkdwn', text } }];
      await client.chat.update({ channel: channel.id, ts: message.ts, text, blocks });
    }
    await ack();
  });
  app.action('request.private', async ({ ack, respond }) => {
    await respond({ text: 'Replaced.', replace_original: true });
    await ack();
  });
  app.action('request.gone', async ({ ack, respond }) => {
    await respond({ delete_original: true });
    await ack();
  });
  app.action(/^choose\./, async ({ ack, body }) => {
    seen.push(body as unknown as Record<string, unknown>);
    await ack();
  });
  app.options('choose.host', async ({ ack, options }) =>
    ack({ options: (odd[options.value] ?? [option(`${options.value}-1`)]) as never }),
  );
}

describe.each(deliveries)('a click over %s', (over) => {
  let practice: Practice;
  beforeAll(async () => {
    practice = await startPractice(listen, { times: { ackTimeoutMs: 1_000 }, over });
  });
  afterAll(() => practice.stop());
  beforeEach(() => seen.splice(0));

  async function post(blocks: object[], channel = 'C0HYPERV'): Promise<string> {
    const posted = await practice.app.client.chat.postMessage({
      channel,
      text: 'Card.',
      blocks: blocks as never,
    });
    return posted.ts ?? '';
  }

  it('on a button lets the app update the message', async () => {
    const ts = await post(actions(button('request.approve', 'v1'), button('request.deny', 'v1')));
    const answer = await practice.lab.click({
      user: 'approver',
      channel: 'hyper-v',
      ts,
      action_id: 'request.approve',
    });
    expect(answer).toMatchObject({
      ok: true,
      ack: {},
      ephemerals: [],
      messages: [{ ts, channel: 'C0HYPERV', text: 'Approved by <@U0APPROVER>.' }],
    });
    expect(JSON.stringify(answer.messages)).not.toContain('request.approve');
  });

  it('carries the fields of block_actions in a message', async () => {
    const ts = await post(actions(button('request.approve', 'v1')));
    await practice.lab.click({ user: 'approver', action_id: 'request.approve' });
    expect(seen).toMatchObject([
      {
        type: 'block_actions',
        user: { id: 'U0APPROVER', username: 'approver', name: 'approver', team_id: 'T0PRACTICE' },
        team: { id: 'T0PRACTICE', domain: 'practice' },
        api_app_id: 'A0HANDOVER',
        container: { type: 'message', message_ts: ts, channel_id: 'C0HYPERV', is_ephemeral: false },
        channel: { id: 'C0HYPERV', name: 'hyper-v' },
        message: { ts, text: 'Card.', bot_id: 'B0HANDOVER' },
        state: { values: {} },
        actions: [{ type: 'button', action_id: 'request.approve', block_id: 'buttons', value: 'v1' }],
      },
    ]);
    expect(seen[0]).toHaveProperty('trigger_id');
    expect(seen[0]).toHaveProperty('response_url');
    expect(seen[0]).not.toHaveProperty('view');
  });

  it('takes the newest message that has the action, or the one whose button has the value', async () => {
    const stamps: string[] = [];
    for (const [value, channel] of [
      ['first', 'C0HYPERV'],
      ['second', 'C0APPROVALS'],
      ['third', 'C0HYPERV'],
    ] as const)
      stamps.push(await post(actions(button('request.approve', value)), channel));
    await practice.lab.click({ user: 'approver', action_id: 'request.approve' });
    await practice.lab.click({ user: 'approver', action_id: 'request.approve', value: 'first' });
    await practice.lab.click({ user: 'approver', action_id: 'request.approve' });
    expect(seen).toMatchObject([
      { message: { ts: stamps[2] } },
      { message: { ts: stamps[0] } },
      { message: { ts: stamps[1] } },
    ]);
  });

  it('reaches messages in threads', async () => {
    const parent = await practice.app.client.chat.postMessage({ channel: 'C0NOTICES', text: 'Parent.' });
    const reply = await practice.app.client.chat.postMessage({
      channel: 'C0NOTICES',
      text: 'Reply.',
      thread_ts: parent.ts ?? '',
      blocks: actions(button('request.approve', 'in thread')) as never,
    });
    await practice.lab.click({ user: 'approver', channel: 'notices', action_id: 'request.approve' });
    expect(seen).toMatchObject([{ container: { message_ts: reply.ts, thread_ts: parent.ts } }]);
  });

  it('on a button that is gone is refused, unless the screen is stale', async () => {
    const ts = await post(actions(button('request.approve', 'v1')));
    const order = { user: 'oncall', channel: 'hyper-v', ts, action_id: 'request.approve' };
    await practice.lab.click(order);
    expect(await practice.lab.click(order)).toMatchObject({ ok: false, error: 'no_such_action' });
    expect(seen).toHaveLength(1);
    const stale = await practice.lab.click({ ...order, stale: true, value: 'v1' });
    expect(stale.ok).toBe(true);
    expect(seen[1]).toMatchObject({
      message: { ts, text: 'Approved by <@U0ONCALL>.' },
      actions: [{ type: 'button', action_id: 'request.approve', value: 'v1' }],
    });
  });

  it.each([
    ['an action that never was', { action_id: 'request.nothing' }, 'no_such_action'],
    ['another value', { action_id: 'request.approve', value: 'v2' }, 'no_such_action'],
    ['a message that is not there', { action_id: 'request.approve', ts: '1.000001' }, 'no_such_action'],
    ['a view that is not there', { action_id: 'request.approve', view_id: 'V1' }, 'no_such_action'],
    ['somebody unknown', { action_id: 'request.approve', user: 'nobody' }, 'user_not_found'],
  ])('is refused for %s', async (_what, order, error) => {
    await post(actions(button('request.approve', 'v1')), 'C0NOTICES');
    const answer = await practice.lab.click({ user: 'approver', channel: 'notices', ...order });
    expect(answer).toMatchObject({ ok: false, error });
    expect(seen).toEqual([]);
  });

  it('is refused where the person is no member', async () => {
    const { workspace } = practice.slack;
    workspace.channels.push({ id: 'C0OPS', name: 'ops', members: ['U0HANDOVER', 'U0ONCALL'] });
    const ts = await post(actions(button('request.approve', 'v1')), 'C0OPS');
    const order = { user: 'requester', ts, action_id: 'request.approve' };
    expect(await practice.lab.click({ ...order, channel: 'ops' })).toMatchObject({ error: 'not_in_channel' });
    expect(await practice.lab.click(order)).toMatchObject({ error: 'no_such_action' });
    expect(seen).toEqual([]);
  });

  it('without an ack times out', async () => {
    const ts = await post(actions(button('nobody.listens', 'v1')));
    const answer = await practice.lab.click({ user: 'approver', ts, action_id: 'nobody.listens' });
    expect(answer).toMatchObject({ ok: false, error: 'operation_timeout', ack: null });
  });

  it('on an ephemeral lets the app replace and delete it', async () => {
    for (const [actionId, left] of [
      ['request.private', ['Replaced.']],
      ['request.gone', ['Replaced.']],
    ] as const) {
      await practice.app.client.chat.postEphemeral({
        channel: 'C0HYPERV',
        user: 'U0GUEST',
        text: 'Only you.',
        blocks: actions(button(actionId, 'v1')) as never,
      });
      expect(await practice.lab.click({ user: 'requester', action_id: actionId })).toMatchObject({
        error: 'no_such_action',
      });
      expect(await practice.lab.click({ user: 'guest', action_id: actionId })).toMatchObject({ ok: true });
      const shown = practice.slack.messages.ephemerals('U0GUEST').map((message) => message.text);
      expect(shown).toEqual(left);
    }
  });

  it('chooses in menus and sends what is offered only', async () => {
    await post([
      {
        type: 'actions',
        block_id: 'menus',
        elements: [
          { type: 'static_select', action_id: 'choose.arrow', options: [option('from'), option('to')] },
          {
            type: 'checkboxes',
            action_id: 'choose.services',
            options: [option('cifs'), option('migration')],
          },
          { type: 'overflow', action_id: 'choose.more', options: [option('help')] },
          { type: 'users_select', action_id: 'choose.person' },
        ],
      },
    ]);
    const choose = (actionId: string, value: string | string[]): Promise<{ ok: boolean; error?: string }> =>
      practice.lab.click({ user: 'requester', channel: 'hyper-v', action_id: actionId, value });
    await choose('choose.arrow', 'to');
    await choose('choose.services', ['cifs', 'migration']);
    await choose('choose.more', 'help');
    await choose('choose.person', 'U0ONCALL');
    expect(seen.map((body) => (body['actions'] as unknown[])[0])).toMatchObject([
      { type: 'static_select', selected_option: { value: 'to' } },
      { type: 'checkboxes', selected_options: [{ value: 'cifs' }, { value: 'migration' }] },
      { type: 'overflow', selected_option: { value: 'help' } },
      { type: 'users_select', selected_user: 'U0ONCALL' },
    ]);
    expect(seen[0]).toMatchObject({
      state: {
        values: { menus: { 'choose.arrow': { type: 'static_select', selected_option: { value: 'to' } } } },
      },
    });
    expect(await choose('choose.arrow', 'sideways')).toMatchObject({ ok: false, error: 'no_such_option' });
  });

  it.each(['nothing', 'nameless'])(
    'in an external select is of nothing that a menu would refuse: %s',
    async (value) => {
      await post(actions({ type: 'external_select', action_id: 'choose.host', min_query_length: 2 }));
      const typing = { user: 'requester', action_id: 'choose.host' };
      expect(await practice.lab.suggest({ ...typing, value })).toMatchObject({ error: 'invalid_options' });
      const chosen = await practice.lab.click({ ...typing, value: 'hyper-1' });
      expect(chosen).toMatchObject({ ok: false, error: 'no_such_option' });
    },
  );

  it('in an external select asks the app for its options first', async () => {
    await post(actions({ type: 'external_select', action_id: 'choose.host', min_query_length: 2 }));
    const typing = { user: 'requester', action_id: 'choose.host' };
    expect(await practice.lab.suggest({ ...typing, value: 'h' })).toMatchObject({ error: 'query_too_short' });
    const click = { ...typing, value: 'hyper-1' };
    expect(await practice.lab.click(click)).toMatchObject({ error: 'no_such_option' });
    const suggested = await practice.lab.suggest({ ...typing, value: 'hyper' });
    expect(suggested).toMatchObject({ ok: true, options: [{ value: 'hyper-1' }] });
    expect(await practice.lab.click(click)).toMatchObject({ ok: true });
    await until(() => seen.length === 1);
    expect(seen).toMatchObject([
      { actions: [{ type: 'external_select', selected_option: { value: 'hyper-1' } }] },
    ]);
  });
});
