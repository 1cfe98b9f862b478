import type { App } from '@slack/bolt';
import type { Practice } from './bolt-app';
import { startPractice, until } from './bolt-app';

/** What each of the two app instances got, by its name. */
const seen: Record<'first' | 'second', string[]> = { first: [], second: [] };

const listen =
  (name: 'first' | 'second') =>
  (app: App): void => {
    app.command('/delegate', async ({ ack, command }) => {
      seen[name].push(command.trigger_id);
      await ack({ text: `By the ${name}.` });
    });
    app.event('app_mention', async ({ event }) => {
      seen[name].push(event.text);
    });
  };

describe('a fault', () => {
  let practice: Practice;
  beforeAll(async () => {
    practice = await startPractice(listen('first'), {
      times: { ackTimeoutMs: 1_000, eventRetriesMs: [50, 50] },
    });
  });
  afterAll(() => practice.stop());
  beforeEach(() => {
    seen.first = [];
    seen.second = [];
  });

  const post = (text: string): Promise<unknown> =>
    practice.app.client.chat.postMessage({ channel: 'C0HYPERV', text });
  const texts = (): string[] => practice.slack.messages.all('C0HYPERV').map((message) => message.text);
  const send = (): ReturnType<Practice['lab']['command']> =>
    practice.lab.command({ user: 'requester', channel: 'hyper-v', text: '/delegate x' });
  const results = (name: string): string[] =>
    practice.slack.traffic.entries(name).map((entry) => entry.result);

  it('of too many calls is waited out by the client', async () => {
    await practice.lab.faults({ kind: 'rate-limit', method: 'chat.postMessage', retry_after: 1 });
    const started = Date.now();
    await post('After the limit.');
    expect(Date.now() - started).toBeGreaterThanOrEqual(1_000);
    expect(texts()).toEqual(['After the limit.']);
    expect(results('chat.postMessage')).toEqual(['rate-limit', 'ok']);
  });

  it('of the server is tried again by the client, as often as ordered', async () => {
    const before = results('chat.postMessage').length;
    await practice.lab.faults({ kind: 'http-error', method: 'chat.postMessage', status: 503, count: 2 });
    await post('After two failures.');
    expect(results('chat.postMessage').slice(before)).toEqual(['http-error', 'http-error', 'ok']);
  });

  it('that drops the reply leaves the effect, so that a plain retry doubles it', async () => {
    await practice.lab.faults({ kind: 'drop-reply', method: 'chat.postMessage' });
    await post('Twice.');
    expect(texts().filter((text) => text === 'Twice.')).toHaveLength(2);
  });

  it('that delays the reply comes after the effect', async () => {
    await practice.lab.faults({ kind: 'delay-reply', method: 'chat.postMessage', delay_ms: 150 });
    const started = Date.now();
    const posted = post('Slow.');
    await until(() => texts().includes('Slow.'));
    expect(Date.now() - started).toBeLessThan(150);
    await posted;
    expect(Date.now() - started).toBeGreaterThanOrEqual(149);
  });

  it('in Slack words strikes its method only and is listed until it struck', async () => {
    const order = { kind: 'api-error', method: 'chat.update', error: 'fatal_error' } as const;
    expect(await practice.lab.faults(order)).toMatchObject({ ok: true, faults: [{ ...order, count: 1 }] });
    await post('Not struck.');
    const failure: unknown = await practice.app.client.chat
      .update({ channel: 'C0HYPERV', ts: '1.000001', text: 'x' })
      .catch((caught: unknown) => caught);
    expect(failure).toMatchObject({ data: { error: 'fatal_error' } });
    expect(await practice.lab.get('/_lab/faults')).toEqual({ ok: true, faults: [] });
  });

  it('can be taken back', async () => {
    await practice.lab.faults({ kind: 'http-error', method: 'chat.postMessage', count: 100 });
    expect(await practice.lab.faults({ kind: 'clear' })).toMatchObject({ faults: [] });
    await post('Not struck.');
  });

  it('that is none is refused', async () => {
    await expect(practice.lab.faults({ kind: 'gremlin' } as never)).rejects.toThrow(/400.*invalid_arguments/);
  });

  it('of duplicate delivery brings the same envelope twice', async () => {
    await practice.lab.faults({ kind: 'duplicate', type: 'slash_commands' });
    const answer = await send();
    await until(() => seen.first.length === 2);
    expect(answer).toMatchObject({ ok: true, ephemerals: [{ text: 'By the first.' }] });
    expect(new Set(seen.first).size).toBe(1);
    await send();
    expect(seen.first).toHaveLength(3);
  });

  it('that delays the envelope makes the ack late by as much', async () => {
    await practice.lab.faults({ kind: 'delay-envelope', type: '*', delay_ms: 120 });
    const started = Date.now();
    expect(await send()).toMatchObject({ ok: true });
    expect(Date.now() - started).toBeGreaterThanOrEqual(119);
  });

  it('that cuts the connection loses a command but not an event', async () => {
    await practice.lab.faults({ kind: 'cut', type: 'slash_commands' });
    expect(await send()).toMatchObject({ ok: false, error: 'operation_timeout' });
    await practice.slack.connections.whenConnected();
    seen.first = [];
    await practice.lab.faults({ kind: 'cut', type: 'events_api' });
    const answer = await practice.lab.mention({
      user: 'requester',
      channel: 'hyper-v',
      text: 'are you there?',
    });
    expect(answer).toMatchObject({ ok: false, error: 'operation_timeout' });
    await until(() => seen.first.length > 0);
    expect(seen.first.at(-1)).toBe('<@U0HANDOVER> are you there?');
    await practice.slack.connections.whenConnected();
  });

  it('that asks one of two connections to go leaves the other to answer, and the app comes back', async () => {
    await practice.startSecond(listen('second'));
    // Envelopes go round the connections; how many of the first app's are still open after the cuts is its own matter.
    const said = new Set<unknown>();
    for (let sent = 0; sent < 8 && said.size < 2; sent += 1) {
      for (const { text } of (await send()).ephemerals as { text: string }[]) said.add(text);
    }
    expect(said).toEqual(new Set(['By the first.', 'By the second.']));
    expect(await practice.lab.faults({ kind: 'disconnect', connections: 'one' })).toMatchObject({
      disconnected: 1,
    });
    expect(practice.slack.connections.count()).toBe(1);
    const [left] = (await send()).ephemerals.map((one) => one['text']);
    expect(await send()).toMatchObject({ ok: true, ephemerals: [{ text: left }] });
    await practice.slack.connections.whenConnected(2);
    expect(results('apps.connections.open').length).toBeGreaterThanOrEqual(4);
  });

  it('of all connections leaves commands undelivered until the app is back', async () => {
    await practice.lab.faults({ kind: 'disconnect', drop: true });
    expect(await send()).toMatchObject({ ok: false, error: 'dispatch_failed', ack: null });
    await practice.slack.connections.whenConnected();
    expect(await send()).toMatchObject({ ok: true });
  });
});
