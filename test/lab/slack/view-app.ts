import type { App } from '@slack/bolt';
import type { ModalView } from '@slack/types';

export const plain = (text: string): { type: 'plain_text'; text: string } => ({ type: 'plain_text', text });
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

/** A modal with a reason to type and a button that pushes another. */
export function modal(title: string, change: Partial<ModalView> = {}): ModalView {
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

/** What the app got. */
export const seen: Record<string, unknown>[] = [];
const acks: Record<string, Record<string, unknown>> = {
  'too short': { response_action: 'errors', errors: { reason: 'Say more.' } },
  update: { response_action: 'update', view: modal('Updated') },
  push: { response_action: 'push', view: modal('Pushed') },
  clear: { response_action: 'clear' },
  'wrong block': { response_action: 'errors', errors: { nothing: 'Who am I?' } },
  'wrong view': { response_action: 'update', view: { type: 'modal' } },
};

/** An app that opens, pushes, updates and publishes views. */
export function listen(app: App): void {
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
  app.command('/push', async ({ ack, command, client }) => {
    const failure: unknown = await client.views
      .push({ trigger_id: command.trigger_id, view: modal('Pushed') })
      .catch((caught: unknown) => caught);
    await ack({ text: codeOf(failure) });
  });
  app.command('/late', async ({ ack, command, client }) => {
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

/** Slack's error of a failed call, or `ok`. */
export function codeOf(answer: unknown): string {
  return (answer as { data?: { error: string } }).data?.error ?? 'ok';
}
