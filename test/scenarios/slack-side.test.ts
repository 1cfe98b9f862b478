import { waitFor } from '../../lab/wait-for';
import { ask, cardWith, press, reaches, reports, said, toldBy } from '../support/conversation';
import { startInstance, type Instance } from '../support/instance';

let instance: Instance;
beforeAll(async () => {
  instance = await startInstance({ hosts: ['hv01', 'hv02', 'hv03', 'hv04'].map((name) => ({ name })) });
});
afterAll(() => instance.stop());

const pair = (from: string, to: string) => `/delegate ${instance.host(from)} -> ${instance.host(to)} cifs`;
const texts = async (channel: string) =>
  (await instance.client.messages({ channel })).map((message) => JSON.stringify(message));

describe('where a card goes', () => {
  it('is the approvals channel when the bot is not in the channel of the command, and the person is told', async () => {
    const answer = await instance.client.command({
      user: 'requester',
      channel: 'elsewhere',
      text: pair('hv01', 'hv02'),
    });
    expect(said(answer)).toContain('<#C0APPROVALS>');
    const card = await waitFor('the card', async () =>
      (await texts('approvals')).find((text) => text.includes('request.approve')),
    );
    expect(card).toContain('will be able to act as any user');
    expect(await texts('elsewhere')).toEqual([]);
  });

  it('is nowhere when the bot is in neither, and nothing is recorded', async () => {
    const fresh = await startInstance({ hosts: [{ name: 'x' }, { name: 'y' }] });
    try {
      const own = fresh.slack.workspace.channels.find((each) => each.name === 'approvals');
      if (own) own.members = own.members.filter((member) => member !== 'U0HANDOVER');
      const text = `/delegate ${fresh.host('x')} -> ${fresh.host('y')}`;
      const answer = await fresh.client.command({ user: 'requester', channel: 'elsewhere', text });
      expect(said(answer)).toMatch(/neither in this channel nor in the approvals channel/);
      expect(await fresh.ledger.findByLabel('R-1001')).toBeNull();
    } finally {
      await fresh.stop();
    }
  });
});

describe('a report', () => {
  it('is delivered once although Slack loses the answer to each post', async () => {
    await instance.client.faults({ kind: 'drop-reply', method: 'chat.postMessage', count: 2 });
    const asked = await ask(instance, pair('hv02', 'hv03'));
    await press(instance, asked, { user: 'approver', action: 'request.approve' });
    await reaches(instance, asked, 'done');
    expect(await reports(instance, asked)).toHaveLength(1);
    expect((await texts('hyper-v')).filter((text) => text.includes(asked.label))).toHaveLength(1);
  });

  it('comes late, and once, when Slack is out of order for a while', async () => {
    const asked = await ask(instance, pair('hv03', 'hv04'));
    await cardWith(instance, asked, 'request.approve');
    await instance.client.faults({ kind: 'http-error', method: 'chat.update', count: 3 });
    await instance.client.faults({ kind: 'rate-limit', method: 'chat.postMessage', count: 2 });
    await press(instance, asked, { user: 'approver', action: 'request.approve' });
    await reaches(instance, asked, 'done');
    expect(await reports(instance, asked)).toHaveLength(1);
  });
});

describe('a card whose channel is archived while the request waits', () => {
  it('is told about in the approvals channel, after one refusal', async () => {
    const asked = await ask(instance, pair('hv03', 'hv01'));
    const card = await cardWith(instance, asked, 'request.approve');
    const own = instance.slack.workspace.channel('hyper-v') ?? {};
    const refused = () =>
      instance.slack.traffic.entries('chat.update').filter(({ result }) => result === 'is_inactive');
    Object.assign(own, { isArchived: true });
    try {
      const click = { user: 'approver', channel: 'hyper-v', action_id: 'request.approve' };
      await instance.client.click({ ...click, ts: String(card['ts']) });
      await reaches(instance, asked, 'done');
      expect(await reports(instance, asked)).toHaveLength(1);
      expect((await instance.ledger.delivered(asked.id)).get('card')?.channel).toBe('C0APPROVALS');
      expect(refused()).toHaveLength(1);
    } finally {
      Object.assign(own, { isArchived: false });
    }
  });
});

describe('a command delivered twice', () => {
  it('is one request', async () => {
    await instance.client.faults({ kind: 'duplicate', type: 'slash_commands' });
    const asked = await ask(instance, pair('hv04', 'hv01'));
    await reaches(instance, asked, 'waiting');
    await cardWith(instance, asked, 'request.approve');
    const open = await Promise.all(
      (await instance.ledger.openRequests()).map((id) => instance.ledger.read(id)),
    );
    const same = open.filter((record) =>
      record?.intake.statement.command.includes(`${instance.host('hv04')} ->`),
    );
    expect(same).toHaveLength(1);
  });
});

describe('a mention in a thread', () => {
  it('takes the same text as the slash command', async () => {
    const asked = await ask(instance, pair('hv01', 'hv03'));
    const card = await cardWith(instance, asked, 'request.approve');
    const thread = { channel: 'hyper-v', thread_ts: String(card['ts']) };
    await instance.client.mention({ user: 'requester', ...thread, text: `show ${asked.label}` });
    const shown = await waitFor('the answer', async () => {
      const seen = await instance.client.messages({ ...thread, user: 'requester' });
      return seen.map((message) => String(message['text'])).find((text) => text.includes(' its card'));
    });
    expect(shown).toContain(asked.label);
  });
});

describe('a click that is none of ours, or not an approver’s', () => {
  it('gets a private answer', async () => {
    const asked = await ask(instance, pair('hv01', 'hv04'));
    const card = await cardWith(instance, asked, 'request.approve');
    const click = {
      user: 'approver',
      channel: 'hyper-v',
      ts: String(card['ts']),
      action_id: 'request.approve',
    };
    const told = await toldBy(instance, 'approver', () =>
      instance.client.click({ ...click, stale: true, value: '{"x":1}' }),
    );
    expect(told).toMatch(/none of Handover’s/);
  });

  it('is refused to a guest, in words for guests', async () => {
    const asked = await ask(instance, pair('hv02', 'hv04'));
    const told = await toldBy(instance, 'guest', () =>
      press(instance, asked, { user: 'guest', action: 'request.approve' }),
    );
    expect(told).toMatch(/Guests decide nothing/);
    expect((await instance.ledger.read(asked.id))?.decisions).toEqual([]);
  });
});
