import type { App } from '@slack/bolt';
import { signedHeaders } from '../../../lab/slack/signature';
import type { Practice } from './bolt-app';
import { startPractice, until } from './bolt-app';

const seen: string[] = [];

function listen(app: App): void {
  app.command('/delegate', async ({ ack, command }) => {
    seen.push(command.trigger_id);
    await ack('Received.');
  });
  app.event('app_mention', async ({ body }) => {
    seen.push(body.event_id);
  });
}

describe('Bolt behind signed HTTP', () => {
  let practice: Practice;
  let url: string;
  beforeAll(async () => {
    practice = await startPractice(listen, {
      over: 'http',
      times: { eventRetriesMs: [30] },
    });
    const { delivery } = practice.options;
    url = delivery?.kind === 'http' ? delivery.url : '';
  });
  afterAll(() => practice.stop());
  beforeEach(() => seen.splice(0));

  const command = (): ReturnType<Practice['lab']['command']> =>
    practice.lab.command({ user: 'requester', channel: 'hyper-v', text: '/delegate x' });

  async function post(secret: string, at: number): Promise<number> {
    const body = 'command=%2Fdelegate&text=x&trigger_id=forged';
    const headers = {
      'content-type': 'application/x-www-form-urlencoded',
      ...signedHeaders(secret, body, at),
    };
    return (await fetch(url, { method: 'POST', headers, body })).status;
  }

  it('takes what carries the signature of now, and refuses a wrong one or one of six minutes ago', async () => {
    const { signingSecret } = practice.options;
    expect(await post(signingSecret, Date.now())).toBe(200);
    expect(await post(`${signingSecret}x`, Date.now())).toBe(401);
    expect(await post(signingSecret, Date.now() - 6 * 60_000)).toBe(401);
    expect(seen).toEqual(['forged']);
  });

  it('refuses what was changed after it was signed', async () => {
    const headers = {
      'content-type': 'application/x-www-form-urlencoded',
      ...signedHeaders(practice.options.signingSecret, 'command=%2Fdelegate&user_id=U0REQUESTER'),
    };
    const body = 'command=%2Fdelegate&user_id=U0APPROVER';
    expect((await fetch(url, { method: 'POST', headers, body })).status).toBe(401);
    expect(seen).toEqual([]);
  });

  it('gets a duplicate as one more request with the same trigger', async () => {
    await practice.lab.faults({ kind: 'duplicate', type: 'slash_commands' });
    expect(await command()).toMatchObject({ ok: true, ephemerals: [{ text: 'Received.' }] });
    await until(() => seen.length === 2);
    expect(new Set(seen).size).toBe(1);
  });

  it('works on what was cut off after it came in, and gets such an event again', async () => {
    await practice.lab.faults({ kind: 'cut', type: '*', count: 2 });
    expect(await command()).toMatchObject({ ok: false, error: 'dispatch_failed' });
    await until(() => seen.length === 1);
    const said = await practice.lab.mention({ user: 'requester', channel: 'hyper-v', text: 'hello' });
    expect(said).toMatchObject({ ok: false, error: 'dispatch_failed' });
    await until(() => seen.length === 3);
    expect(new Set(seen.slice(1)).size).toBe(1);
  });

  it('gets what a fault holds back after what came later', async () => {
    await practice.lab.faults({ kind: 'delay-envelope', type: 'slash_commands', delay_ms: 300 });
    const held = command();
    await until(async () => (await practice.lab.get('/_lab/faults'))['faults']?.toString() === '');
    await practice.lab.mention({ user: 'requester', channel: 'hyper-v', text: 'hello' });
    expect(await held).toMatchObject({ ok: true });
    expect(seen).toEqual([expect.stringMatching(/^Ev/), expect.stringMatching(/^\d+\./)]);
  });
});
