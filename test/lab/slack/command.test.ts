import type { Practice } from './bolt-app';
import { deliveries, startPractice, until } from './bolt-app';

describe.each(deliveries)('a slash command over %s', (over) => {
  const seen: Record<string, unknown>[] = [];
  let practice: Practice;

  beforeAll(async () => {
    practice = await startPractice(
      (app) => {
        app.command('/delegate', async ({ ack, command }) => {
          seen.push({ ...command });
          await ack({ response_type: 'ephemeral', text: `Received: ${command.text}` });
        });
        app.command('/aloud', async ({ ack }) =>
          ack({ response_type: 'in_channel', text: 'For all to see.' }),
        );
        app.command('/post', async ({ ack, client, command }) => {
          await client.chat.postMessage({ channel: command.channel_id, text: 'A card.' });
          await ack();
        });
        app.command('/respond', async ({ ack, respond, command }) => {
          await ack();
          for (let use = 1; use <= Number(command.text); use += 1) await respond({ text: `Use ${use}.` });
        });
        app.command('/whisper', async ({ ack, client, command }) => {
          const text = 'For the approver only.';
          await client.chat.postEphemeral({ channel: command.channel_id, user: 'U0APPROVER', text });
          await ack();
        });
        app.command('/silent', async () => undefined);
      },
      {
        commands: ['/delegate', '/aloud', '/post', '/respond', '/whisper', '/silent'],
        times: { ackTimeoutMs: 1_000 },
        over,
      },
    );
  });
  afterAll(() => practice.stop());

  it('is answered with the ack and the ephemeral that the ack makes', async () => {
    const answer = await practice.lab.command({
      user: 'requester',
      channel: 'hyper-v',
      text: '/delegate hyper-v01 to hyper-v02',
    });
    expect(answer).toMatchObject({
      ok: true,
      ack: { response_type: 'ephemeral', text: 'Received: hyper-v01 to hyper-v02' },
      messages: [],
      ephemerals: [{ is_ephemeral: true, channel: 'C0HYPERV', text: 'Received: hyper-v01 to hyper-v02' }],
    });
    const shown = await practice.lab.messages({ channel: 'hyper-v', user: 'requester' });
    expect(shown).toMatchObject([{ text: 'Received: hyper-v01 to hyper-v02' }]);
    expect(await practice.lab.messages({ channel: 'hyper-v', user: 'approver' })).toEqual([]);
  });

  it('carries the fields of a slash command payload', async () => {
    await practice.lab.command({ user: 'U0APPROVER', channel: 'C0APPROVALS', text: '/delegate x' });
    expect(Object.keys(seen.at(-1) ?? {}).toSorted()).toEqual(
      [
        'token',
        'team_id',
        'team_domain',
        'channel_id',
        'channel_name',
        'user_id',
        'user_name',
        'command',
        'text',
        'api_app_id',
        'is_enterprise_install',
        'response_url',
        'trigger_id',
      ].toSorted(),
    );
    expect(seen.at(-1)).toMatchObject({
      command: '/delegate',
      text: 'x',
      user_id: 'U0APPROVER',
      user_name: 'approver',
      channel_id: 'C0APPROVALS',
      channel_name: 'approvals',
      is_enterprise_install: 'false',
    });
  });

  it('brings what was typed with the three markup characters as entities', async () => {
    await practice.lab.command({ user: 'requester', channel: 'hyper-v', text: '/delegate a -> b & <c>' });
    expect(seen.at(-1)).toMatchObject({ text: 'a -&gt; b &amp; &lt;c&gt;' });
  });

  it('shows an in_channel ack to all', async () => {
    const answer = await practice.lab.command({ user: 'requester', channel: 'notices', text: '/aloud' });
    expect(answer).toMatchObject({ ok: true, ephemerals: [], messages: [{ text: 'For all to see.' }] });
  });

  it('lists what the app posted before its ack', async () => {
    const answer = await practice.lab.command({ user: 'requester', channel: 'notices', text: '/post' });
    expect(answer).toMatchObject({
      ok: true,
      messages: [{ channel: 'C0NOTICES', text: 'A card.', user: 'U0HANDOVER' }],
    });
  });

  it('does not list what only somebody else sees', async () => {
    const answer = await practice.lab.command({ user: 'requester', channel: 'notices', text: '/whisper' });
    expect(answer).toMatchObject({ ok: true, messages: [], ephemerals: [] });
    const shown = await practice.lab.messages({ channel: 'notices', user: 'approver' });
    expect(shown).toContainEqual(expect.objectContaining({ text: 'For the approver only.' }));
  });

  it('lets a response_url be used five times', async () => {
    await practice.lab.command({ user: 'on-call', channel: 'hyper-v', text: '/respond 6' });
    await until(() => practice.slack.traffic.entries('response_url').length === 6);
    const results = practice.slack.traffic.entries('response_url').map((entry) => entry.result);
    expect(results).toEqual(['ok', 'ok', 'ok', 'ok', 'ok', 'used_url']);
    const shown = await practice.lab.messages({ channel: 'hyper-v', user: 'oncall' });
    expect(shown.map((message) => message['text'])).toEqual([
      'Use 1.',
      'Use 2.',
      'Use 3.',
      'Use 4.',
      'Use 5.',
    ]);
  });

  it('times out when the app does not ack', async () => {
    const answer = await practice.lab.command({ user: 'requester', channel: 'hyper-v', text: '/silent' });
    expect(answer).toMatchObject({
      ok: false,
      error: 'operation_timeout',
      ack: null,
      detail:
        '/silent failed because the app did not respond. Please try again or contact the app developer.',
    });
  });

  it.each([
    ['in a thread', { text: '/delegate x', thread_ts: '1.000001' }, 'not_supported_in_threads'],
    ['that the app does not have', { text: '/nothing' }, 'unknown_command'],
    ['without a slash', { text: 'delegate x' }, 'not_a_command'],
    ['of somebody unknown', { text: '/delegate x', user: 'nobody' }, 'user_not_found'],
    ['in an unknown channel', { text: '/delegate x', channel: 'nowhere' }, 'channel_not_found'],
  ])('is refused %s', async (_where, order, error) => {
    const before = seen.length;
    const answer = await practice.lab.command({ user: 'requester', channel: 'hyper-v', ...order });
    expect(answer).toMatchObject({ ok: false, error });
    expect(seen).toHaveLength(before);
  });

  it('works in a channel where the bot is no member, and in a direct message', async () => {
    await practice.lab.command({ user: 'requester', channel: 'elsewhere', text: '/delegate x' });
    expect(seen.at(-1)).toMatchObject({ channel_name: 'elsewhere' });
    await practice.lab.command({ user: 'requester', channel: 'dm', text: '/delegate x' });
    expect(seen.at(-1)).toMatchObject({ channel_id: 'D0REQUESTER', channel_name: 'directmessage' });
  });
});
