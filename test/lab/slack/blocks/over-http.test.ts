import type { WebClient } from '@slack/web-api';
import type { Fields } from '../../../../lab/slack/fields';
import type { Practice } from '../bolt-app';
import { startPractice } from '../bolt-app';
import { goodModal, homes, messages, modalChanges } from './pairs';
import { repeated } from './sample';

interface Answer {
  readonly ok?: boolean;
  readonly error?: string;
  readonly response_metadata?: { readonly messages?: string[] };
}

describe('the block rules over the Web API', () => {
  let practice: Practice;
  let client: WebClient;
  let opened: Answer[] = [];

  beforeAll(async () => {
    practice = await startPractice((app) => {
      app.command('/open', async ({ ack, command }) => {
        // A refused view leaves its trigger as it was, so that one trigger serves all of them.
        const bad = modalChanges.map(([change]) => ({ ...goodModal, ...change }));
        opened = [];
        for (const view of [...bad, goodModal])
          opened.push(await call('views.open', { trigger_id: command.trigger_id, view }));
        await ack();
      });
    });
    client = practice.app.client;
  });
  afterAll(() => practice.stop());

  async function call(method: string, args: Fields): Promise<Answer> {
    const failure = await client.apiCall(method, args).catch((caught: unknown) => caught);
    return (failure as { data?: Answer }).data ?? (failure as Answer);
  }

  it.each(messages)('take and refuse a message: $rule', async ({ good, bad, error, message }) => {
    const place = { channel: 'C0HYPERV' };
    expect(await call('chat.postMessage', { ...place, ...good })).toMatchObject({ ok: true });
    const answer = await call('chat.postMessage', { ...place, ...bad });
    expect(answer).toMatchObject({ ok: false, error });
    expect(answer.response_metadata?.messages ?? []).toEqual(message ? [message] : []);
  });

  it('refuse attachments: a hundred because the page cannot show them, more as Slack does', async () => {
    const attached = (count: number): Fields => ({
      channel: 'C0HYPERV',
      text: 'x',
      attachments: repeated(count, {}),
    });
    expect(await call('chat.postMessage', attached(0))).toMatchObject({ ok: true });
    expect(await call('chat.postMessage', attached(100))).toMatchObject({ error: 'unsupported_by_stand_in' });
    expect(await call('chat.postMessage', attached(101))).toMatchObject({ error: 'too_many_attachments' });
  });

  it.each(homes)('take and refuse a Home tab: $rule', async ({ good, bad, error, message }) => {
    const place = { user_id: 'U0REQUESTER' };
    expect(await call('views.publish', { ...place, view: good })).toMatchObject({ ok: true });
    const answer = await call('views.publish', { ...place, view: bad });
    expect(answer).toMatchObject({ ok: false, error, response_metadata: { messages: [message] } });
  });

  it('take and refuse a modal', async () => {
    await practice.lab.command({ user: 'requester', channel: 'hyper-v', text: '/open' });
    const refused = modalChanges.map(([, message]) => ({
      ok: false,
      error: 'invalid_arguments',
      response_metadata: { messages: [`[ERROR] ${message}`] },
    }));
    expect(opened).toMatchObject([...refused, { ok: true }]);
  });
});
