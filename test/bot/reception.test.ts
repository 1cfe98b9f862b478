import { Agent, request, type IncomingHttpHeaders, type IncomingMessage } from 'node:http';
import { createServer } from 'node:net';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { claimAddress } from '../../lab/addresses';
import { signedHeaders } from '../../lab/slack/signature';
import { waitFor } from '../../lab/wait-for';
import { createBot, type BotParts } from '../../src/bot/app';
import { botPort } from '../support/bot-port';
import { asked, messagesIn, startPractice, textOf, type Practice } from './support/practice';

const delegate = '/delegate hyper-v01 -> hyper-v02 cifs';

/** The parts of a practice on HTTP, with another way of listening. */
function listeningAt({ parts }: Practice, change: { address?: string; port?: number }): BotParts {
  const { receive } = parts;
  if (receive.kind !== 'http') throw new Error('This practice is on Socket Mode.');
  return { ...parts, receive: { ...receive, listen: { ...receive.listen, ...change } } };
}

function urlOf({ parts: { receive } }: Practice): string {
  if (receive.kind !== 'http') throw new Error('This practice is on Socket Mode.');
  return `http://${receive.listen.address}:${receive.listen.port}/slack/events`;
}

/** A slash command as Slack would send it over a connection of this agent. */
async function signedCommand(
  practice: Practice,
  options: { agent: Agent },
): Promise<{ headers: IncomingHttpHeaders; body: string }> {
  const { receive } = practice.parts;
  const body = new URLSearchParams({
    command: '/delegate',
    text: 'hyper-v01 -> hyper-v02 cifs',
    team_id: 'T0PRACTICE',
    user_id: 'U0REQUESTER',
    channel_id: 'C0HYPERV',
    trigger_id: '1.2.3',
    response_url: `${practice.slack.url}/hooks/none`,
  }).toString();
  const secret = receive.kind === 'http' ? receive.signingSecret : '';
  const headers = { 'content-type': 'application/x-www-form-urlencoded', ...signedHeaders(secret, body) };
  const sent = request(urlOf(practice), { ...options, method: 'POST', headers }).end(body);
  const [response] = (await once(sent, 'response')) as [IncomingMessage];
  return { headers: response.headers, body: await text(response) };
}

describe('the bot on HTTP', () => {
  let practice: Practice;
  beforeAll(async () => {
    practice = await startPractice({ over: 'http' });
  });
  afterAll(() => practice.stop());

  it('takes commands, clicks and mentions as on Socket Mode', async () => {
    const { lab } = practice;
    const record = await asked(
      practice,
      await lab.command({ user: 'requester', channel: 'hyper-v', text: delegate }),
    );
    await practice.report(record.id);
    const [card] = await messagesIn(practice, 'hyper-v');
    const ts = textOf({ text: card?.['ts'] });
    const click = { user: 'approver', channel: 'hyper-v', ts, action_id: 'request.none', stale: true };
    expect(await lab.click(click)).toMatchObject({ ok: true, ack: {} });
    await lab.mention({ user: 'requester', channel: 'hyper-v', thread_ts: ts, text: `show ${record.label}` });
    const shown = await waitFor('the answer to the mention', async () =>
      (await lab.messages({ channel: 'hyper-v', thread_ts: ts, user: 'requester' })).find((message) =>
        textOf(message).includes(' its card'),
      ),
    );
    expect(textOf(shown)).toContain(record.label);
    expect(practice.slack.connections.count()).toBe(0);
  });

  it('does nothing for who does not know the signing secret', async () => {
    const before = await practice.ledger.openRequests();
    const body =
      'command=%2Fdelegate&text=hyper-v01+-%3E+hyper-v02&trigger_id=1&team_id=T0PRACTICE&user_id=U0REQUESTER';
    const headers = {
      'content-type': 'application/x-www-form-urlencoded',
      ...signedHeaders('a guess', body),
    };
    const answer = await fetch(urlOf(practice), { method: 'POST', headers, body });
    expect(answer.status).toBe(401);
    expect(await practice.ledger.openRequests()).toEqual(before);
  });

  it('answers nothing but /slack/events', async () => {
    const root = await fetch(new URL('/', urlOf(practice)));
    expect(root.status).toBe(404);
  });
});

describe('a bot on HTTP that cannot start', () => {
  it.each([
    ['an address outside loopback', { address: '0.0.0.0' }],
    ['an IPv6 address outside loopback', { address: '2001:db8::1' }],
  ])('is not made in lab mode for %s', async (_what, change) => {
    const practice = await startPractice({ over: 'http' }, { start: false });
    try {
      expect(() => createBot(listeningAt(practice, change))).toThrow(/lab mode refuses listening/);
    } finally {
      await practice.stop();
    }
  });

  it('does not listen with the token of another team', async () => {
    const practice = await startPractice({ over: 'http', team: 'T0OTHER' }, { start: false });
    try {
      await expect(practice.bot.start()).rejects.toThrow(/token is of team T0PRACTICE/);
      await expect(fetch(urlOf(practice))).rejects.toThrow('fetch failed');
    } finally {
      await practice.bot.stop();
      await practice.stop();
    }
  });

  it('says so when its port is taken', async () => {
    const claim = await claimAddress();
    const port = botPort;
    const other = createServer().listen(port, claim.address);
    await once(other, 'listening');
    const practice = await startPractice({ over: 'http' }, { start: false });
    const bot = createBot(listeningAt(practice, { address: claim.address, port }));
    try {
      await expect(bot.start()).rejects.toThrow(/EADDRINUSE/);
    } finally {
      await bot.stop();
      await practice.stop();
      other.close();
      await claim.release();
    }
  });
});

describe('a bot on HTTP that stops', () => {
  it('takes nothing more and finishes what is under way, whatever connections are kept alive', async () => {
    let release = (): void => undefined;
    const held = new Promise<void>((resolve) => (release = resolve));
    let isRecording = false;
    const practice = await startPractice({
      over: 'http',
      around: (ledger) => ({
        ...ledger,
        async recordIntake(intake, options) {
          isRecording = true;
          await held;
          return ledger.recordIntake(intake, options);
        },
      }),
    });
    const keepAlive = new Agent({ keepAlive: true });
    try {
      const command = signedCommand(practice, { agent: keepAlive });
      await waitFor('the command', () => Promise.resolve(isRecording || undefined));
      let hasStopped = false;
      const stopped = practice.bot.stop().then(() => (hasStopped = true));
      await waitFor('the closed door', () =>
        fetch(urlOf(practice)).then(
          () => undefined,
          () => true,
        ),
      );
      expect(hasStopped).toBe(false);
      release();
      const { headers, body } = await command;
      expect(headers.connection).toBe('close');
      expect(JSON.parse(body)).toMatchObject({ text: expect.stringMatching(/^R-\d+ received/) as string });
      await stopped;
    } finally {
      keepAlive.destroy();
      await practice.stop();
    }
  });
});
