import { Rates } from '../../../lab/slack/rates';
import type { Practice } from './bolt-app';
import { everyScope, startPractice } from './bolt-app';

describe('the rates', () => {
  let now = 0;
  const after = (seconds: number): void => void (now += seconds * 1000);
  const limited = (): Rates => new Rates('slack', () => now);
  /** How many calls are let through in one moment. */
  function burst(rates: Rates, method: string, channel?: string): number {
    for (let calls = 0; ; calls += 1) if (rates.take(method, channel) > 0) return calls;
  }

  it.each([
    ['conversations.list', 20],
    ['chat.update', 50],
    ['views.open', 100],
  ])('let %s through %d times a minute, however spread', (method, perMinute) => {
    const rates = limited();
    expect(burst(rates, method)).toBe(perMinute);
    const wait = rates.take(method);
    expect(wait).toBe(Math.ceil(60 / perMinute));
    after(wait);
    expect(rates.take(method)).toBe(0);
    after(60);
    expect(burst(rates, method)).toBe(perMinute);
    after(3600);
    expect(burst(rates, method)).toBe(perMinute);
  });

  it('let one message a second into each channel, after a short burst', () => {
    const rates = limited();
    expect(burst(rates, 'chat.postMessage', 'C1')).toBe(5);
    expect(rates.take('chat.postMessage', 'C1')).toBe(1);
    expect(burst(rates, 'chat.postMessage', 'C2')).toBe(5);
    after(1);
    expect(burst(rates, 'chat.postMessage', 'C1')).toBe(1);
    after(3);
    expect(burst(rates, 'chat.postMessage', 'C1')).toBe(3);
  });

  it('let several hundred messages a minute into all channels together', () => {
    const rates = limited();
    const posted = Array.from({ length: 80 }, (_, index) => burst(rates, 'chat.postMessage', `C${index}`));
    expect(posted.reduce((sum, count) => sum + count, 0)).toBe(300);
  });

  it('count each method by itself, nothing when off, and forget', () => {
    const rates = limited();
    burst(rates, 'users.list');
    expect(rates.take('conversations.list')).toBe(0);
    rates.mode = 'off';
    expect(rates.take('users.list')).toBe(0);
    rates.mode = 'slack';
    expect(rates.take('users.list')).toBeGreaterThan(0);
    rates.forget();
    expect(rates.take('users.list')).toBe(0);
  });
});

describe('a client that calls too often', () => {
  let practice: Practice;
  beforeAll(async () => {
    practice = await startPractice(() => undefined, { scopes: everyScope });
  });
  afterAll(() => practice.stop());

  it('is told by 429 how long to wait, and WebClient waits for it', async () => {
    const { lab, app, slack } = practice;
    await lab.rates({ mode: 'slack' });
    const started = performance.now();
    const texts = ['1', '2', '3', '4', '5', '6'];
    await Promise.all(texts.map((text) => app.client.chat.postMessage({ channel: 'C0HYPERV', text })));
    expect(performance.now() - started).toBeGreaterThanOrEqual(1_000);
    expect(
      slack.messages
        .all('C0HYPERV')
        .map((message) => message.text)
        .toSorted(),
    ).toEqual(texts);
    const results = slack.traffic.entries('chat.postMessage').map((entry) => entry.result);
    expect(results).toEqual(['ok', 'ok', 'ok', 'ok', 'ok', 'ratelimited', 'ok']);
  });

  it('gets Slack’s answer, and none after the limits are off', async () => {
    const { lab, options, slack } = practice;
    await lab.rates({ mode: 'slack' });
    const headers = { authorization: `Bearer ${options.botToken}` };
    const list = (): Promise<Response> =>
      fetch(`${slack.apiUrl}usergroups.list`, { method: 'POST', headers });
    for (let count = 1; count <= 20; count += 1) expect((await list()).status).toBe(200);
    const refused = await list();
    expect([refused.status, refused.headers.get('retry-after')]).toEqual([429, '3']);
    expect(await refused.json()).toEqual({ ok: false, error: 'ratelimited' });
    await lab.rates({ mode: 'off' });
    expect((await list()).status).toBe(200);
  });

  it('is not limited unless the stand-in is told so', () => {
    expect(new Rates('off').take('users.list')).toBe(0);
    expect(practice.options.rates).toBeUndefined();
  });
});
