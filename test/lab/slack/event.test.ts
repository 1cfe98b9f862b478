import { once } from 'node:events';
import { WebSocket } from 'ws';
import type { Practice } from './bolt-app';
import { deliveries, everyScope, startPractice, until } from './bolt-app';

const seen: Record<string, unknown>[] = [];

describe.each(deliveries)('an event over %s', (over) => {
  let practice: Practice;
  beforeAll(async () => {
    practice = await startPractice(
      (app) => {
        app.event('app_mention', async ({ body, event, client }) => {
          seen.push({ ...body });
          await client.chat.postMessage({
            channel: event.channel,
            thread_ts: event.thread_ts ?? event.ts,
            text: 'Heard.',
          });
        });
        app.message(async ({ body }) => {
          seen.push({ ...body });
        });
      },
      { over, scopes: everyScope },
    );
  });
  afterAll(() => practice.stop());
  beforeEach(() => seen.splice(0));

  it('tells the app of a mention, in a thread too', async () => {
    const said = await practice.lab.mention({ user: 'requester', channel: 'hyper-v', text: 'help -> me' });
    expect(said).toMatchObject({
      ok: true,
      messages: [{ user: 'U0REQUESTER', text: '<@U0HANDOVER> help -&gt; me' }],
    });
    const ts = String(said.messages[0]?.['ts']);
    await practice.lab.mention({ user: 'approver', channel: 'hyper-v', thread_ts: ts, text: 'me too' });
    await until(() => practice.slack.messages.all('C0HYPERV').length === 4);
    expect(seen).toMatchObject([
      {
        type: 'event_callback',
        team_id: 'T0PRACTICE',
        api_app_id: 'A0HANDOVER',
        event_id: expect.stringMatching(/^Ev/) as string,
        authorizations: [{ team_id: 'T0PRACTICE', user_id: 'U0HANDOVER', is_bot: true }],
        event: { type: 'app_mention', user: 'U0REQUESTER', channel: 'C0HYPERV', ts },
      },
      { event: { type: 'app_mention', user: 'U0APPROVER', thread_ts: ts } },
    ]);
    const thread = await practice.lab.messages({ channel: 'hyper-v', thread_ts: ts });
    expect(thread.map((message) => message['text'])).toEqual([
      '<@U0HANDOVER> help -&gt; me',
      'Heard.',
      '<@U0HANDOVER> me too',
      'Heard.',
    ]);
    expect(await practice.lab.messages({ channel: 'hyper-v' })).toHaveLength(1);
  });

  it('tells the app of a direct message', async () => {
    await practice.lab.mention({ user: 'oncall', channel: 'dm', text: 'show R-1' });
    await until(() => seen.length === 1);
    expect(seen).toMatchObject([
      {
        event: {
          type: 'message',
          channel_type: 'im',
          channel: 'D0ONCALL',
          user: 'U0ONCALL',
          text: 'show R-1',
        },
      },
    ]);
  });

  it('of a bot names the bot where a person’s names the message', async () => {
    for (const user of ['bot', 'requester'])
      await practice.lab.mention({ user, channel: 'hyper-v', text: 'Status?' });
    const message = { type: 'app_mention', channel: 'C0HYPERV' };
    expect(seen.map(({ event }) => event)).toEqual([
      expect.objectContaining({ ...message, user: 'U0OTHERBOT', bot_id: 'B0OTHERBOT' }),
      expect.objectContaining({ ...message, client_msg_id: expect.any(String) as string }),
    ]);
    expect(seen[0]?.['event']).not.toHaveProperty('client_msg_id');
    expect(seen[1]?.['event']).not.toHaveProperty('bot_id');
    const [asked] = await practice.lab.messages({ channel: 'hyper-v' }).then((all) => all.slice(-2));
    expect(asked).toMatchObject({ user: 'U0OTHERBOT', bot_id: 'B0OTHERBOT' });
    expect(asked).not.toHaveProperty('bot_profile');
  });

  it('is not sent from where the bot is no member', async () => {
    const said = await practice.lab.mention({ user: 'requester', channel: 'elsewhere', text: 'hello' });
    expect(said).toMatchObject({ ok: false, error: 'bot_not_in_channel' });
    expect(practice.slack.messages.all('C0ELSEWHERE')).toEqual([]);
  });
});

describe('Socket Mode', () => {
  let practice: Practice;
  beforeAll(async () => {
    practice = await startPractice(() => undefined, {
      times: { ackTimeoutMs: 100, eventRetriesMs: [10, 10, 10] },
    });
    await practice.app.stop();
    await until(() => practice.slack.connections.count() === 0);
  });
  afterAll(() => practice.stop());

  async function ticketUrl(): Promise<string> {
    const { client } = practice.app;
    const answer = await client.apps.connections.open({ token: practice.options.appToken });
    return answer.url ?? '';
  }
  /** A connection that keeps all it gets and acks nothing by itself. */
  async function connect(url: string): Promise<{ socket: WebSocket; got: Record<string, unknown>[] }> {
    const socket = new WebSocket(url);
    const got: Record<string, unknown>[] = [];
    socket.on('message', (data: Buffer) => got.push(JSON.parse(data.toString()) as Record<string, unknown>));
    await once(socket, 'open');
    await until(() => got.length > 0);
    return { socket, got };
  }

  it('says hello and takes a ticket once', async () => {
    const url = await ticketUrl();
    const { socket, got } = await connect(url);
    expect(got).toMatchObject([
      { type: 'hello', num_connections: 1, connection_info: { app_id: 'A0HANDOVER' } },
    ]);
    const again = new WebSocket(url);
    const [, response] = (await once(again, 'unexpected-response')) as [unknown, { statusCode: number }];
    expect(response.statusCode).toBe(403);
    socket.close(1000);
    await once(socket, 'close');
  });

  it('delivers each envelope to one connection only', async () => {
    const both = [await connect(await ticketUrl()), await connect(await ticketUrl())];
    for (let sent = 0; sent < 4; sent += 1)
      await practice.lab.command({ user: 'requester', channel: 'hyper-v', text: `/delegate ${sent}` });
    expect(both.map(({ got }) => got.filter((one) => one['type'] === 'slash_commands').length)).toEqual([
      2, 2,
    ]);
    const ids = both.flatMap(({ got }) => got.flatMap((one) => one['envelope_id'] ?? []));
    expect(new Set(ids).size).toBe(4);
    for (const { socket } of both) socket.terminate();
    await until(() => practice.slack.connections.count() === 0);
  });

  it('tries an unacked event again with the same event and a new envelope, and stops at the ack', async () => {
    const { socket, got } = await connect(await ticketUrl());
    const answer = await practice.lab.mention({ user: 'requester', channel: 'hyper-v', text: 'hello' });
    expect(answer).toMatchObject({ ok: false, error: 'operation_timeout' });
    await until(() => got.length === 3);
    socket.send(JSON.stringify({ envelope_id: got[2]?.['envelope_id'], payload: {} }));
    await until(() => practice.slack.traffic.entries('ack').length === 1);
    const [, first, second] = got as { envelope_id: string; payload: { event_id: string } }[];
    expect([first, second]).toMatchObject([
      { type: 'events_api', retry_attempt: 0, accepts_response_payload: false },
      { type: 'events_api', retry_attempt: 1, retry_reason: 'timeout' },
    ]);
    expect(second?.payload.event_id).toBe(first?.payload.event_id);
    expect(second?.envelope_id).not.toBe(first?.envelope_id);
    // One more command shows that nothing else of the event was under way before it.
    await practice.lab.command({ user: 'requester', channel: 'hyper-v', text: '/delegate x' });
    expect(got.map((one) => one['type'])).toEqual(['hello', 'events_api', 'events_api', 'slash_commands']);
    socket.terminate();
    await until(() => practice.slack.connections.count() === 0);
  });

  it('asks a connection to go with a disconnect message and completes the close', async () => {
    const { socket, got } = await connect(await ticketUrl());
    await practice.lab.faults({ kind: 'disconnect', reason: 'warning' });
    await until(() => got.length === 2);
    expect(got[1]).toMatchObject({ type: 'disconnect', reason: 'warning' });
    socket.close(1000);
    const [code] = (await once(socket, 'close')) as [number];
    expect(code).toBe(1000);
  });

  it('sends nothing more to a connection that was asked to go', async () => {
    const both = [await connect(await ticketUrl()), await connect(await ticketUrl())];
    await practice.lab.faults({ kind: 'disconnect', connections: 'one' });
    for (let sent = 0; sent < 3; sent += 1)
      await practice.lab.command({ user: 'requester', channel: 'hyper-v', text: `/delegate ${sent}` });
    const counts = both.map(({ got }) => got.filter((one) => one['type'] === 'slash_commands').length);
    expect(counts).toEqual([0, 3]);
    for (const { socket } of both) socket.close(1000);
    await until(() => practice.slack.connections.count() === 0);
  });

  it('answers pings and sends its own', async () => {
    const socket = new WebSocket(await ticketUrl());
    await once(socket, 'ping');
    const answered = once(socket, 'pong');
    socket.ping('are you there?');
    expect(String((await answered)[0])).toBe('are you there?');
    socket.terminate();
    await until(() => practice.slack.connections.count() === 0);
  });
});
