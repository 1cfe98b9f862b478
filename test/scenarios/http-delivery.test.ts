import { waitFor } from '../../lab/wait-for';
import { ask, cardWith, press, reaches, reports, toldBy } from '../support/conversation';
import { startInstance, type Instance } from '../support/instance';

let instance: Instance;
beforeAll(async () => {
  const hosts = ['hv01', 'hv02', 'hv03', 'hv04'].map((name) => ({ name }));
  instance = await startInstance({ hosts, over: 'http' });
  await instance.client.rates({ mode: 'slack' });
});
afterAll(() => instance.stop());

const command = (from: string, to: string) =>
  `/delegate ${instance.host(from)} -> ${instance.host(to)} cifs,migration`;
const approve = { user: 'approver', action: 'request.approve' };
const kdc = (from: string, to: string) =>
  instance.client.get('/_lab/kdc', { from: instance.host(from), to: instance.host(to) });

describe('with signed HTTP requests instead of Socket Mode, and Slack’s rate limits', () => {
  it('the main job is the same: asked, approved, written, proved, told once', async () => {
    expect(await kdc('hv01', 'hv02')).toMatchObject({ cifs: 'refused', migration: 'absent' });
    const asked = await ask(instance, command('hv01', 'hv02'));
    const refusal = await toldBy(instance, 'requester', () =>
      press(instance, asked, { ...approve, user: 'requester' }),
    );
    expect(refusal).toMatch(/somebody else/i);
    expect((await press(instance, asked, approve)).ok).toBe(true);
    await reaches(instance, asked, 'done');
    expect(await kdc('hv01', 'hv02')).toMatchObject({ cifs: 'granted', migration: 'present' });
    expect(await reports(instance, asked)).toHaveLength(1);
    expect(instance.slack.connections.count()).toBe(0);
    expect(instance.slack.traffic.entries('apps.connections.open')).toEqual([]);
  });

  it('a form is opened, submitted and obeyed, and a mention in the thread is answered', async () => {
    const asked = await ask(instance, command('hv02', 'hv01'));
    await press(instance, asked, { user: 'approver', action: 'request.deny' });
    const view = await waitFor('the form', async () =>
      (await instance.client.views({ user: 'approver' })).at(-1),
    );
    const values = { 'request.deny.reason': 'use hyper-v05 instead' };
    await instance.client.submit({ user: 'approver', view_id: String(view['id']), values });
    await reaches(instance, asked, 'denied');
    const [report] = await reports(instance, asked);
    await instance.slack.whenReachable();
    const thread = { channel: 'hyper-v', thread_ts: String(report?.['thread_ts']) };
    await instance.client.mention({ user: 'requester', ...thread, text: `show ${asked.label}` });
    const shown = await waitFor('the answer', async () => {
      const seen = await instance.client.messages({ ...thread, user: 'requester' });
      return seen.map((message) => String(message['text'])).find((text) => text.includes(' its card'));
    });
    expect(shown).toContain(asked.label);
  });

  it('a bot that died and came back at the same address goes on where it was', async () => {
    const asked = await ask(instance, command('hv03', 'hv04'));
    await cardWith(instance, asked, 'request.approve');
    await instance.programs.get('bot')?.stop();
    const text = command('hv04', 'hv03');
    const unheard = await instance.client.command({ user: 'requester', channel: 'hyper-v', text });
    expect(unheard).toMatchObject({ ok: false, error: 'dispatch_failed' });
    await instance.start('bot');
    await press(instance, asked, approve);
    await reaches(instance, asked, 'done');
    expect(await reports(instance, asked)).toHaveLength(1);
  });
});
