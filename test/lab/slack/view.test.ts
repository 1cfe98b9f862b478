import { setTimeout as sleep } from 'node:timers/promises';
import type { App } from '@slack/bolt';
import type { ModalView } from '@slack/types';
import type { Practice } from './bolt-app';
import { startPractice, until } from './bolt-app';

const plain = (text: string): { type: 'plain_text'; text: string } => ({ type: 'plain_text', text });
const reasonInput = {
  type: 'input',
  block_id: 'reason',
  label: plain('Reason'),
  element: { type: 'plain_text_input', action_id: 'reason.text', min_length: 3, max_length: 20 },
} as const;
const more = {
  type: 'actions',
  block_id: 'more',
  elements: [{ type: 'button', action_id: 'form.more', text: plain('More') }],
} as const;

function modal(title: string, change: Partial<ModalView> = {}): ModalView {
  return {
    type: 'modal',
    callback_id: 'deny',
    title: plain(title),
    submit: plain('Deny'),
    private_metadata: 'R-1',
    blocks: [reasonInput, more],
    ...change,
  };
}

const seen: Record<string, unknown>[] = [];
const acks: Record<string, Record<string, unknown>> = {
  'too short': { response_action: 'errors', errors: { reason: 'Say more.' } },
  update: { response_action: 'update', view: modal('Updated') },
  push: { response_action: 'push', view: modal('Pushed') },
  clear: { response_action: 'clear' },
  'wrong block': { response_action: 'errors', errors: { nothing: 'Who am I?' } },
  'wrong view': { response_action: 'update', view: { type: 'modal' } },
};

function listen(app: App): void {
  let triggerId = '';
  app.command('/open', async ({ ack, command, client }) => {
    triggerId = command.trigger_id;
    await client.views.open({ trigger_id: triggerId, view: modal('Opened', { notify_on_close: true }) });
    await ack();
  });
  app.command('/again', async ({ ack, client }) => {
    const failure: unknown = await client.views
      .open({ trigger_id: triggerId, view: modal('Again') })
      .catch((caught: unknown) => caught);
    await ack({ text: codeOf(failure) });
  });
  app.command('/late', async ({ ack, command, client }) => {
    await sleep(150);
    const failure: unknown = await client.views
      .open({ trigger_id: command.trigger_id, view: modal('Late') })
      .catch((caught: unknown) => caught);
    await ack({ text: codeOf(failure) });
  });
  app.view('deny', async ({ ack, body, client, view }) => {
    seen.push(body as unknown as Record<string, unknown>);
    const reason = view.state.values['reason']?.['reason.text']?.value ?? '';
    if (reason === 'push by call')
      await client.views.push({ trigger_id: triggerOf(body), view: modal('More') });
    await ack(acks[reason] as never);
  });
  app.view({ type: 'view_closed', callback_id: 'deny' }, async ({ ack, body }) => {
    seen.push(body as unknown as Record<string, unknown>);
    await ack();
  });
  app.action('form.more', async ({ ack, body, client }) => {
    seen.push(body as unknown as Record<string, unknown>);
    const { trigger_id: trigger } = body as { trigger_id: string };
    const failure: unknown = await client.views
      .push({ trigger_id: trigger, view: modal('More', { blocks: [more] }) })
      .catch((caught: unknown) => caught);
    seen.push({ pushed: codeOf(failure) });
    await ack();
  });
  app.event('app_home_opened', async ({ event, client }) => {
    seen.push(event as unknown as Record<string, unknown>);
    await client.views.publish({
      user_id: event.user,
      view: { type: 'home', blocks: [{ type: 'divider' }, more] },
    });
  });
}

function triggerOf(body: object): string {
  return (body as { trigger_id: string }).trigger_id;
}

function codeOf(answer: unknown): string {
  return (answer as { data?: { error: string } }).data?.error ?? 'ok';
}

describe('a modal', () => {
  let practice: Practice;
  beforeAll(async () => {
    practice = await startPractice(listen, { times: { triggerLifeMs: 100 } });
  });
  afterAll(() => practice.stop());
  beforeEach(() => seen.splice(0));

  async function open(): Promise<string> {
    const answer = await practice.lab.command({ user: 'approver', channel: 'hyper-v', text: '/open' });
    expect(answer).toMatchObject({ ok: true, view: { title: plain('Opened') } });
    return String(answer.view?.['id']);
  }
  const submit = (viewId: string, reason: string): ReturnType<Practice['lab']['submit']> =>
    practice.lab.submit({ user: 'approver', view_id: viewId, values: { 'reason.text': reason } });
  const titles = async (): Promise<unknown[]> =>
    (await practice.lab.views({ user: 'approver' })).map((view) => view['title']);

  it('is opened, submitted with an error, mended and closed', async () => {
    const viewId = await open();
    expect(await submit(viewId, 'too short')).toMatchObject({
      ok: true,
      ack: { response_action: 'errors' },
      errors: { reason: 'Say more.' },
      view: { id: viewId },
    });
    expect(await titles()).toEqual([plain('Opened')]);
    expect(await submit(viewId, 'use hyper-v05')).toMatchObject({ ok: true, ack: {} });
    expect(await titles()).toEqual([]);
    expect(seen[1]).toMatchObject({
      type: 'view_submission',
      user: { id: 'U0APPROVER' },
      response_urls: [],
      view: {
        id: viewId,
        root_view_id: viewId,
        previous_view_id: null,
        callback_id: 'deny',
        private_metadata: 'R-1',
        app_id: 'A0HANDOVER',
        bot_id: 'B0HANDOVER',
        state: {
          values: { reason: { 'reason.text': { type: 'plain_text_input', value: 'use hyper-v05' } } },
        },
      },
    });
    expect(seen[1]).toHaveProperty('trigger_id');
  });

  it('belongs to one person', async () => {
    const viewId = await open();
    expect(await practice.lab.views({ user: 'requester' })).toEqual([]);
    const order = { user: 'requester', view_id: viewId, values: {} };
    expect(await practice.lab.submit(order)).toMatchObject({ ok: false, error: 'view_not_found' });
    expect(await practice.lab.close(order)).toMatchObject({ ok: false, error: 'view_not_found' });
    const press = { user: 'requester', view_id: viewId, action_id: 'form.more' };
    expect(await practice.lab.click(press)).toMatchObject({ ok: false, error: 'no_such_action' });
  });

  it.each([
    ['nothing', {}, 'Please complete this required field.'],
    ['too little', { 'reason.text': 'no' }, 'Please enter at least 3 characters.'],
    ['too much', { 'reason.text': 'x'.repeat(21) }, 'Please enter at most 20 characters.'],
  ])('is not sent with %s in a required input', async (_what, values, error) => {
    const viewId = await open();
    const answer = await practice.lab.submit({ user: 'approver', view_id: viewId, values });
    expect(answer).toMatchObject({ ok: false, error: 'invalid_input', errors: { reason: error } });
    expect(seen).toEqual([]);
  });

  it('is not sent with a value for an input that it does not have', async () => {
    const order = { user: 'approver', view_id: await open(), values: { 'other.text': 'x' } };
    expect(await practice.lab.submit(order)).toMatchObject({ ok: false, error: 'no_such_action' });
  });

  it.each([
    ['update', [plain('Updated')]],
    ['push', [plain('Opened'), plain('Pushed')]],
    ['clear', []],
  ])('follows response_action %s', async (action, expected) => {
    expect(await submit(await open(), action)).toMatchObject({ ok: true, ack: { response_action: action } });
    expect(await titles()).toEqual(expected);
  });

  it('goes when submitted, also from under one that was pushed meanwhile', async () => {
    await submit(await open(), 'push by call');
    expect(await titles()).toEqual([plain('More')]);
  });

  it.each(['wrong block', 'wrong view'])('stays open when the response_action has a %s', async (reason) => {
    const answer = await submit(await open(), reason);
    expect(answer).toMatchObject({ ok: false, error: 'invalid_response_action' });
    expect(await titles()).toEqual([plain('Opened')]);
  });

  it('stacks three high, told of by block_actions without a channel', async () => {
    const viewId = await open();
    for (const view of ['Opened', 'More', 'More']) {
      const [top] = (await practice.lab.views({ user: 'approver' })).slice(-1);
      expect(top).toMatchObject({ title: plain(view) });
      await practice.lab.click({ user: 'approver', view_id: String(top?.['id']), action_id: 'form.more' });
    }
    expect(seen.filter((one) => 'pushed' in one)).toEqual([
      { pushed: 'ok' },
      { pushed: 'ok' },
      { pushed: 'push_limit_reached' },
    ]);
    expect(await titles()).toEqual([plain('Opened'), plain('More'), plain('More')]);
    expect(seen[0]).toMatchObject({ container: { type: 'view', view_id: viewId }, view: { id: viewId } });
    expect(seen[0]).not.toHaveProperty('channel');
    expect(seen[0]).not.toHaveProperty('message');
    expect((await practice.lab.views({ user: 'approver' }))[2]).toMatchObject({ root_view_id: viewId });
  });

  it('tells the app that it was closed', async () => {
    const viewId = await open();
    expect(await practice.lab.close({ user: 'approver', view_id: viewId })).toMatchObject({ ok: true });
    expect(seen).toMatchObject([{ type: 'view_closed', is_cleared: false, view: { id: viewId } }]);
    expect(await titles()).toEqual([]);
  });

  it('is updated under its hash only, and keeps what was typed', async () => {
    const viewId = await open();
    await submit(viewId, 'too short');
    const { client } = practice.app;
    const { view } = await client.views.update({ view_id: viewId, view: modal('Second') });
    expect(view?.state).toMatchObject({ values: { reason: { 'reason.text': { value: 'too short' } } } });
    const stale = { view_id: viewId, hash: '1.old', view: modal('Third') };
    const update = (args: typeof stale): Promise<string> => client.views.update(args).then(codeOf, codeOf);
    expect(await update(stale)).toBe('hash_conflict');
    expect(await update({ ...stale, hash: view?.hash ?? '' })).toBe('ok');
    expect(await update({ ...stale, view_id: 'V0GONE' })).toBe('not_found');
  });

  it('opens once per trigger and within its life', async () => {
    await open();
    const again = await practice.lab.command({ user: 'approver', channel: 'hyper-v', text: '/again' });
    expect(again.ack).toEqual({ text: 'exchanged_trigger_id' });
    const late = await practice.lab.command({ user: 'approver', channel: 'hyper-v', text: '/late' });
    expect(late.ack).toEqual({ text: 'expired_trigger_id' });
    const unknown = { trigger_id: '1.2.3', view: modal('No') };
    expect(await practice.app.client.views.open(unknown).catch(codeOf)).toBe('invalid_trigger_id');
  });

  it('is refused with pointers when Slack would refuse it', async () => {
    const { submit: _submit, ...noSubmit } = modal('A title of more than twenty-four');
    const failure: unknown = await practice.app.client.views
      .open({ trigger_id: '1.2.3', view: noSubmit })
      .catch((caught: unknown) => caught);
    expect(failure).toMatchObject({
      data: {
        error: 'invalid_arguments',
        response_metadata: {
          messages: [
            '[ERROR] must be less than 25 characters [json-pointer:/view/title/text]',
            '[ERROR] missing required field: submit [json-pointer:/view]',
          ],
        },
      },
    });
  });
});

describe('the Home tab', () => {
  let practice: Practice;
  beforeAll(async () => {
    practice = await startPractice(listen);
  });
  afterAll(() => practice.stop());

  it('is published when opened and clicked like a view', async () => {
    seen.splice(0);
    await practice.lab.home({ user: 'requester' });
    await until(() => practice.slack.views.home('U0REQUESTER') !== undefined);
    await practice.lab.home({ user: 'requester' });
    expect(seen).toMatchObject([
      { type: 'app_home_opened', tab: 'home', user: 'U0REQUESTER', channel: 'D0REQUESTER' },
      { type: 'app_home_opened', view: { type: 'home' } },
    ]);
    expect(seen[0]).not.toHaveProperty('view');
    const clicked = await practice.lab.click({ user: 'requester', action_id: 'form.more' });
    expect(clicked.ok).toBe(true);
    expect(seen[2]).toMatchObject({ container: { type: 'view' }, view: { type: 'home' } });
    expect(practice.slack.views.home('U0APPROVER')).toBeUndefined();
  });
});
