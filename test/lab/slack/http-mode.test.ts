import { createHmac } from 'node:crypto';
import { claimAddress } from '../../../lab/addresses';
import type { LabClient } from '../../../lab/slack/client';
import { labClient } from '../../../lab/slack/client';
import type { SlackStandIn } from '../../../lab/slack/server';
import { startSlack } from '../../../lab/slack/server';
import { slackOptions, until } from './bolt-app';
import type { HttpEndpoint } from './http-endpoint';
import { botPort } from '../../support/bot-port';
import { startEndpoint } from './http-endpoint';

describe('a request to the app', () => {
  let slack: SlackStandIn;
  let lab: LabClient;
  let endpoint: HttpEndpoint;
  let signingSecret: string;
  let release: () => Promise<void>;
  beforeAll(async () => {
    const claim = await claimAddress();
    const port = botPort;
    const base = `http://${claim.address}:${port}`;
    const options = slackOptions(claim.address, {
      delivery: {
        kind: 'http',
        url: `${base}/events`,
        urls: { commands: `${base}/commands`, interactivity: `${base}/clicks` },
      },
      times: { ackTimeoutMs: 500, eventRetriesMs: [10, 10, 10] },
    });
    ({ signingSecret } = options);
    slack = await startSlack(options);
    lab = labClient({ url: slack.url, labToken: options.labToken });
    endpoint = await startEndpoint(claim.address, port);
    release = () => claim.release();
    await slack.whenReachable();
  });
  afterAll(async () => {
    await slack.close();
    await endpoint.close();
    await release();
  });
  beforeEach(async () => {
    endpoint.received = [];
    endpoint.reply = () => ({});
    await lab.reset();
  });

  const command = (): ReturnType<LabClient['command']> =>
    lab.command({ user: 'requester', channel: 'hyper-v', text: '/delegate a -> b' });
  const mention = (): ReturnType<LabClient['mention']> =>
    lab.mention({ user: 'requester', channel: 'hyper-v', text: 'hello' });
  const form = (body = ''): Record<string, string> => Object.fromEntries(new URLSearchParams(body));
  const results = (name: string): string[] => slack.traffic.entries(name).map((entry) => entry.result);

  it('was preceded by one challenge that the app answered', async () => {
    expect(endpoint.challenges).toBe(1);
    expect(await lab.get('/_lab/workspace')).toMatchObject({ connections: 1 });
  });

  it('carries a command as a form, a click as a payload in a form, an event as JSON, each to its URL', async () => {
    await command();
    const element = {
      type: 'button',
      action_id: 'go',
      value: 'v&1',
      text: { type: 'plain_text', text: 'Go' },
    };
    const placement = { channel: 'C0HYPERV', user: 'U0HANDOVER' };
    slack.messages.post(placement, { text: 'Card.', blocks: [{ type: 'actions', elements: [element] }] });
    await lab.click({ user: 'approver', action_id: 'go' });
    await mention();
    const [first, second, third] = endpoint.received;
    const urlencoded = 'application/x-www-form-urlencoded';
    expect(first).toMatchObject({ path: '/commands', headers: { 'content-type': urlencoded } });
    expect(form(first?.body)).toMatchObject({
      command: '/delegate',
      text: 'a -&gt; b',
      user_id: 'U0REQUESTER',
      response_url: expect.stringContaining(`${slack.url}/hooks/`) as string,
    });
    expect(second).toMatchObject({ path: '/clicks', headers: { 'content-type': urlencoded } });
    expect(Object.keys(form(second?.body))).toEqual(['payload']);
    expect(JSON.parse(form(second?.body)['payload'] ?? '')).toMatchObject({
      type: 'block_actions',
      actions: [{ action_id: 'go', value: 'v&1' }],
    });
    expect(third).toMatchObject({ path: '/events', headers: { 'content-type': 'application/json' } });
    expect(JSON.parse(third?.body ?? '')).toMatchObject({
      type: 'event_callback',
      event: { type: 'app_mention' },
    });
  });

  it('is signed over its time and its very body', async () => {
    await command();
    const [sent] = endpoint.received;
    const at = String(sent?.headers['x-slack-request-timestamp']);
    expect(Math.abs(Number(at) - Date.now() / 1000)).toBeLessThan(5);
    const expected = createHmac('sha256', signingSecret).update(`v0:${at}:${sent?.body}`).digest('hex');
    expect(sent?.headers['x-slack-signature']).toBe(`v0=${expected}`);
    expect(sent?.headers).not.toHaveProperty('x-slack-retry-num');
  });

  const json = { 'content-type': 'application/json; charset=utf-8' };
  it.each([
    ['nothing', {}, {}, []],
    ['plain text', { body: 'Received.' }, { text: 'Received.' }, ['Received.']],
    ['JSON', { headers: json, body: '{"text":"From JSON."}' }, { text: 'From JSON.' }, ['From JSON.']],
    ['another success', { status: 202 }, {}, []],
  ])('is acked by %s', async (_what, reply, ack, told) => {
    endpoint.reply = () => reply;
    const answer = await command();
    expect(answer).toMatchObject({ ok: true, ack });
    expect(answer.ephemerals.map((message) => message['text'])).toEqual(told);
    expect(results('ack')).toEqual(['ok']);
  });

  it.each([
    ['refuses', { status: 404 }, 'http_client_error', '/delegate failed with the error "http_client_error"'],
    ['fails', { status: 500 }, 'http_service_error', '/delegate failed with the error "http_service_error"'],
    [
      'says nothing in time',
      'hang' as const,
      'operation_timeout',
      '/delegate failed because the app did not respond. Please try again or contact the app developer.',
    ],
  ])('that the app %s is told to the person', async (_what, reply, error, detail) => {
    endpoint.reply = () => reply;
    expect(await command()).toMatchObject({ ok: false, ack: null, error, detail });
    expect(endpoint.received).toHaveLength(1);
  });

  it('with an event is repeated three times with the same event, its number and the reason', async () => {
    const replies = [{ status: 500 }, 'hang' as const, { status: 302 }, { status: 500 }];
    endpoint.reply = () => replies[endpoint.received.length - 1] ?? {};
    expect(await mention()).toMatchObject({ ok: false, error: 'http_service_error' });
    await until(() => endpoint.received.length === 4);
    const { 'x-slack-retry-num': none } = endpoint.received[0]?.headers ?? {};
    expect(none).toBeUndefined();
    const told = endpoint.received
      .slice(1)
      .map(({ headers }) => [headers['x-slack-retry-num'], headers['x-slack-retry-reason']]);
    expect(told).toEqual([
      ['1', 'http_error'],
      ['2', 'http_timeout'],
      ['3', 'http_error'],
    ]);
    const ids = endpoint.received.map(({ body }) => (JSON.parse(body) as { event_id: string }).event_id);
    expect(new Set(ids).size).toBe(1);
  });

  it('with an event is not repeated when the app asks for that', async () => {
    const say = (text: string): Promise<unknown> =>
      lab.mention({ user: 'requester', channel: 'hyper-v', text });
    endpoint.reply = () => ({ status: 500, headers: { 'x-slack-no-retry': '1' } });
    await say('first');
    endpoint.reply = () => (endpoint.received.length > 2 ? {} : { status: 500 });
    await say('second');
    // Both would wait as long, so the first would come again before the second does.
    await until(() => endpoint.received.length === 3);
    const texts = endpoint.received.map(({ body }) => /first|second/.exec(body)?.[0]);
    expect(texts).toEqual(['first', 'second', 'second']);
  });
});

describe('an app that is not up', () => {
  it('gets no event before it answered its challenge, and no command reaches it', async () => {
    const claim = await claimAddress();
    const port = botPort;
    const url = `http://${claim.address}:${port}/slack/events`;
    const options = slackOptions(claim.address, {
      delivery: { kind: 'http', url },
      times: { eventRetriesMs: [] },
    });
    const slack = await startSlack(options);
    const lab = labClient({ url: slack.url, labToken: options.labToken });
    const place = { user: 'requester', channel: 'hyper-v' };
    try {
      expect(await lab.get('/_lab/workspace')).toMatchObject({ connections: 0 });
      expect(await lab.command({ ...place, text: '/delegate x' })).toMatchObject({
        error: 'dispatch_failed',
        detail: '/delegate failed with the error "dispatch_failed"',
      });
      expect(await lab.mention({ ...place, text: 'hello' })).toMatchObject({ error: 'dispatch_failed' });
      expect(slack.traffic.entries('events_api').map((entry) => entry.result)).toEqual(['not verified']);
      const endpoint = await startEndpoint(claim.address, port);
      await slack.whenReachable();
      expect(await lab.mention({ ...place, text: 'hello' })).toMatchObject({ ok: true });
      expect(endpoint.received).toHaveLength(1);
      await endpoint.close();
    } finally {
      await slack.close();
      await claim.release();
    }
  });
});

describe('an event that is still to be tried again', () => {
  it('is given up when everything is reset', async () => {
    const claim = await claimAddress();
    const url = `http://${claim.address}:${botPort}/`;
    const options = slackOptions(claim.address, {
      delivery: { kind: 'http', url },
      times: { eventRetriesMs: [300] },
    });
    const slack = await startSlack(options);
    const lab = labClient({ url: slack.url, labToken: options.labToken });
    const endpoint = await startEndpoint(claim.address, botPort);
    try {
      await slack.whenReachable();
      endpoint.reply = () => ({ status: 500 });
      const place = { user: 'requester', channel: 'hyper-v' };
      await lab.mention({ ...place, text: 'first' });
      await lab.reset();
      await lab.mention({ ...place, text: 'second' });
      // Both wait as long, so the first would have come again before the second does.
      await until(() => endpoint.received.length === 3);
      const texts = endpoint.received.map(({ body }) => /first|second/.exec(body)?.[0]);
      expect(texts).toEqual(['first', 'second', 'second']);
    } finally {
      await slack.close();
      await endpoint.close();
      await claim.release();
    }
  });
});
