import type { Practice } from './bolt-app';
import { deliveries, startPractice } from './bolt-app';
import { codeOf, listen, modal, plain, seen } from './view-app';

describe.each(deliveries)('a modal over %s', (over) => {
  let practice: Practice;
  beforeAll(async () => {
    practice = await startPractice(listen, { over });
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

  it('opens once per trigger', async () => {
    await open();
    const again = await practice.lab.command({ user: 'approver', channel: 'hyper-v', text: '/again' });
    expect(again.ack).toEqual({ text: 'exchanged_trigger_id' });
    const unknown = { trigger_id: '1.2.3', view: modal('No') };
    expect(await practice.app.client.views.open(unknown).catch(codeOf)).toBe('invalid_trigger_id');
  });

  it('is pushed only with the trigger of what somebody did in a modal that is still open', async () => {
    const viewId = await open();
    const told = await practice.lab.command({ user: 'approver', channel: 'hyper-v', text: '/push' });
    expect(told.ack).toEqual({ text: 'invalid_trigger_id' });
    const { triggers } = practice.slack;
    const push = (trigger: string): Promise<string> =>
      practice.app.client.views.push({ trigger_id: trigger, view: modal('More') }).then(codeOf, codeOf);
    const good = triggers.issue('U0APPROVER', viewId);
    expect(await push(triggers.issue('U0APPROVER', 'V0CLOSED'))).toBe('not_found');
    expect(await titles()).toEqual([plain('Opened')]);
    expect(await push(good)).toBe('ok');
    expect(await push(good)).toBe('exchanged_trigger_id');
    expect(await titles()).toEqual([plain('Opened'), plain('More')]);
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
            '[ERROR] must define `submit` to use an `input` block in modals [json-pointer:/view/blocks/0/input]',
          ],
        },
      },
    });
  });
});
