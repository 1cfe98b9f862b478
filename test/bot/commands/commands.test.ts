import {
  textOf,
  asked,
  channelsWith,
  messagesIn,
  startPractice,
  toldTo,
  type Practice,
} from '../support/practice';

const delegate = '/delegate hyper-v01 -> hyper-v02 cifs';

describe('a slash command', () => {
  let practice: Practice;
  beforeAll(async () => {
    const channels = channelsWith({ notices: { isExtShared: true } });
    practice = await startPractice({ channels });
  });
  afterAll(() => practice.stop());

  const send = (text: string, { user = 'requester', channel = 'hyper-v' } = {}) =>
    practice.lab.command({ user, channel, text });

  it('is recorded before it is acknowledged, and the ack names the request', async () => {
    const answer = await send(delegate);
    expect(textOf(answer.ack)).toMatch(/^R-\d+ received/);
    const record = await asked(practice, answer);
    expect(record).toMatchObject({
      state: 'planning',
      card: { channel: 'C0HYPERV' },
      intake: {
        statement: {
          by: { enterprise: null, team: 'T0PRACTICE', user: 'U0REQUESTER' },
          channel: 'C0HYPERV',
          command: 'delegate hyper-v01 -> hyper-v02 cifs',
        },
      },
    });
  });

  it('shows a card in its own channel, findable by its ids', async () => {
    const record = await asked(practice, await send(delegate));
    await practice.report(record.id);
    const cards = (await messagesIn(practice, 'hyper-v')).filter((each) =>
      textOf(each).includes(record.label),
    );
    expect(cards).toMatchObject([
      { metadata: { event_type: 'handover_report', event_payload: { request: record.id, key: 'card' } } },
    ]);
  });

  it('delivered twice is one request with one label', async () => {
    await practice.lab.faults({ kind: 'duplicate', type: 'slash_commands', new_envelope: true });
    const before = (await practice.ledger.openRequests()).length;
    await send(delegate);
    expect((await practice.ledger.openRequests()).length).toBe(before + 1);
  });

  it('that is not understood is answered with the place, what was expected and the nearest word', async () => {
    const before = await practice.ledger.openRequests();
    const answer = await send('/delegate hyper-v01 -> hyper-v02 cfis');
    const shown = JSON.stringify(answer.ack);
    expect(shown).toContain('\\n                       ^\\n');
    expect(shown).toMatch(/Expected: .*Did you mean: cifs.*Usage: \/delegate HOSTS/);
    expect(textOf(answer.ack)).toContain('Nothing was recorded.');
    expect(await practice.ledger.openRequests()).toEqual(before);
  });

  it('cannot make its error mean something to Slack', async () => {
    const shown = JSON.stringify((await send('/hv <!channel>`*x*`')).ack);
    expect(shown).not.toMatch(/"type":"mrkdwn","text":"[^"]*<!channel>/);
    expect(shown).toContain('&lt;!channel&gt;');
  });

  it('gets help about everything and about one verb', async () => {
    expect(textOf((await send('/hv')).ack)).toContain('/delegate HOSTS');
    expect(textOf((await send('/delegate help')).ack)).toContain('hyper-v01 -> hyper-v02');
  });

  it('that Handover does not know is acknowledged all the same', async () => {
    const answer = await send('/frobnicate now');
    expect(answer).toMatchObject({ ok: true });
    expect(textOf(answer.ack)).toContain('does not know /frobnicate');
  });

  it('shows a request privately, without buttons and with the way to its card', async () => {
    const record = await asked(practice, await send(delegate));
    await practice.report(record.id);
    const shown = JSON.stringify((await send(`/hv show ${record.label}`, { user: 'oncall' })).ack);
    expect(shown).toContain('hyper-v01 is meant to act as any user on hyper-v02');
    expect(shown).toContain('/archives/C0HYPERV/p');
    expect(shown).not.toContain('request.withdraw');
    expect(shown).toMatch(/Course: asked <!date.*audit: \d+ records/);
    const elsewhere = { user: 'oncall', channel: 'approvals' };
    const refused = textOf((await send(`/hv show ${record.label}`, elsewhere)).ack);
    expect(refused).toContain(`You are not among those who may see ${record.label}.`);
    expect(textOf((await send(`/hv show ${record.label}`, { channel: 'approvals' })).ack)).toContain(
      'is meant to act',
    );
    expect(textOf((await send('/hv show R-999999')).ack)).toBe('There is no request R-999999.');
  });

  it('tells the story of a request to whom it may, and that is in the story from then on', async () => {
    const record = await asked(practice, await send(delegate));
    const told = async () =>
      JSON.stringify((await send(`/hv audit ${record.label}`, { user: 'oncall' })).ack);
    expect(await told()).toContain('intake');
    expect(await told()).toContain('audit.read');
    expect(textOf((await send('/hv audit R-999999')).ack)).toContain('handover audit show R-999999');
  });

  it.each(['guest', 'bot'])('of a %s is refused and not recorded', async (user) => {
    const before = await practice.ledger.openRequests();
    expect(textOf((await send(delegate, { user })).ack)).toContain('only full members are');
    expect(await practice.ledger.openRequests()).toEqual(before);
  });

  it('with --plan shows the plan privately and makes no request', async () => {
    const before = await practice.ledger.openRequests();
    const told = practice.slack.messages.ephemerals('U0ONCALL', 'C0HYPERV').length;
    const answer = await send(`${delegate} --plan`, { user: 'oncall' });
    expect(textOf(answer.ack)).toContain('Looking at the directory');
    // The ack itself is shown as well; the plan, or here the lack of a worker, follows it.
    expect(await toldTo(practice, 'U0ONCALL', { seen: told + 1 })).toMatch(
      /No worker answers.*othing was changed/,
    );
    expect(await practice.ledger.openRequests()).toEqual(before);
  });

  describe('as a mention in a thread', () => {
    it('is read by the same parser, and answered in the thread', async () => {
      const record = await asked(practice, await send(delegate));
      await practice.report(record.id);
      const card = (await messagesIn(practice, 'hyper-v')).find((each) =>
        textOf(each).includes(record.label),
      );
      const thread = String(card?.['ts']);
      const seen = practice.slack.messages.ephemerals('U0ONCALL', 'C0HYPERV').length;
      await practice.lab.mention({
        user: 'oncall',
        channel: 'hyper-v',
        text: delegate.slice(1),
        thread_ts: thread,
      });
      expect(await toldTo(practice, 'U0ONCALL', { seen })).toMatch(/^R-\d+ received/);
      expect(practice.slack.messages.ephemerals('U0ONCALL', 'C0HYPERV')[seen]).toMatchObject({
        thread_ts: thread,
      });
    });
  });
});

describe('a slash command while the ledger hangs', () => {
  it('is answered within the budget, and told the rest later', async () => {
    const { promise, resolve } = controlled();
    const practice = await startPractice({
      around: (ledger) => ({
        ...ledger,
        recordIntake: (...args) => promise.then(() => ledger.recordIntake(...args)),
      }),
    });
    try {
      const startedAt = performance.now();
      const answer = await practice.lab.command({ user: 'requester', channel: 'hyper-v', text: delegate });
      expect(performance.now() - startedAt).toBeLessThan(2_500);
      expect(textOf(answer.ack)).toMatch(/^⏳ Not now/);
      resolve();
      expect(await toldTo(practice, 'U0REQUESTER', { seen: 1 })).toMatch(/^R-1001 received/);
    } finally {
      await practice.stop();
    }
  });
});

function controlled(): { promise: Promise<void>; resolve: () => void } {
  let resolve: () => void = () => undefined;
  const promise = new Promise<void>((settle) => {
    resolve = settle;
  });
  return { promise, resolve };
}
