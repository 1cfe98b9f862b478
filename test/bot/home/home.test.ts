import { waitFor } from '../../../lab/wait-for';
import type { LabAnswer } from '../../../lab/slack/client';
import type { Finding } from '../../../src/core/findings/finding';
import { app } from '../../../lab/slack/workspace';
import { approver, policy, requester } from '../../support/request-record';
import { startPractice, textOf, type Practice } from '../support/practice';
import { commit, waiting } from '../support/requests';

const reading = {
  ...policy,
  'delegation-remove': { requesters: [requester.user], approvers: [approver.user], quorum: 1 },
  read: { findings: ['U0APPROVER'], delegations: ['U0ONCALL'] },
};

const found: Finding = {
  code: 'spn.ghost',
  hosts: ['hyper-v01', 'ghost99'],
  keys: ['k'],
  values: [],
  risk: 'r',
  remedy: 'm',
  fix: { kind: 'by-hand', text: 'x' },
};

describe('Home', () => {
  let practice: Practice;
  let worker: { stop(): Promise<void> };
  const work = () =>
    practice.queue.answer('directory', async (question) => {
      const asked = question as { about: string };
      const findings = { server: 'dc1', at: Date.now(), unread: [], findings: [found] };
      return { ok: true, answer: asked.about === 'findings' ? findings : 'pong' };
    });
  beforeAll(async () => {
    practice = await startPractice({ policy: reading });
    worker = await work();
  });
  afterAll(() => practice.stop());

  const homeOf = (user: string): string =>
    JSON.stringify(practice.slack.views.home(user)?.blocks ?? 'nothing yet');
  const shows = (user: string, pattern: RegExp): Promise<string> =>
    waitFor(`the Home of ${user} to show ${pattern}`, async () =>
      pattern.test(homeOf(user)) ? homeOf(user) : undefined,
    );
  const open = async (role: string, pattern: RegExp): Promise<string> => {
    await practice.lab.home({ user: role });
    return shows(practice.slack.workspace.user(role)?.id ?? '', pattern);
  };
  const click = async (user: string, action: string, label: string): Promise<LabAnswer> => {
    const id = practice.slack.workspace.user(user)?.id ?? '';
    // Drawn again, its blocks have other ids.
    await shows(id, /^(?!.*being read)/);
    const blocks = practice.slack.views.home(id)?.blocks ?? [];
    const at = blocks.findIndex((block) => JSON.stringify(block).includes(label));
    const row = blocks.slice(at).find((block) => JSON.stringify(block).includes(`"${action}"`));
    const block = String(row?.['block_id']);
    return practice.lab.click({ user, action_id: action, block_id: block });
  };

  it('shows an approver all of what waits, and takes the approval', async () => {
    const { record } = await waiting(practice);
    const shown = await open('approver', new RegExp(record.label));
    expect(shown).toMatch(/Waiting for you · 1.*hyper-v01 will be able to act as any user on hyper-v02/);
    expect(shown).toContain('Microsoft Virtual System Migration Service/hyper-v02.mabofeng.com');
    expect(shown).toContain('"request.approve"');
    await click('approver', 'request.approve', record.label);
    expect((await practice.ledger.read(record.id))?.state).toBe('approved');
    const after = await shows('U0APPROVER', /Your approval is recorded/);
    expect(after).not.toContain('"request.approve"');
    expect(after).toMatch(/Running · 1/);
  });

  it('takes a denial with its reason, by the same form as the card', async () => {
    const { record } = await waiting(practice);
    await open('approver', new RegExp(record.label));
    await click('approver', 'request.deny', record.label);
    const [form] = await practice.lab.views({ user: 'approver' });
    await practice.lab.submit({
      user: 'approver',
      view_id: String(form?.['id']),
      values: { 'request.deny.reason': 'Use hyper-v05.' },
    });
    expect((await practice.ledger.read(record.id))?.state).toBe('denied');
    await shows('U0APPROVER', /Denied\. Nothing is changed/);
  });

  it('says at Home why a click was refused, and decides nothing', async () => {
    const { record } = await waiting(practice);
    await open('approver', new RegExp(record.label));
    await commit(practice, record, { state: 'withdrawn', ending: { problem: null, at: 1 } });
    await click('approver', 'request.approve', record.label);
    const shown = await shows('U0APPROVER', /is over: withdrawn/);
    expect(shown).not.toContain('"request.approve"');
    expect((await practice.ledger.read(record.id))?.decisions).toEqual([]);
  });

  it('shows a requester the own requests, without a button to approve them', async () => {
    const { record } = await waiting(practice);
    const shown = await open('requester', new RegExp(record.label));
    expect(shown).toMatch(/Nothing waits for your decision.*Your requests · \d/);
    expect(shown).not.toContain('"request.approve"');
    await click('requester', 'request.withdraw', record.label);
    expect((await practice.ledger.read(record.id))?.state).toBe('withdrawn');
  });

  it('shows nobody a request who neither asked, may approve nor may see its hosts', async () => {
    const { record } = await waiting(practice);
    await commit(practice, record, { state: 'approved' });
    expect(await open('oncall', /Running/)).toContain(record.label);
    const other = practice.slack.workspace.users.find(({ role }) => role === 'app');
    expect(other).toBeDefined();
    practice.slack.workspace.users.push({ id: 'U0NOBODY', name: 'nobody', role: 'nobody' });
    const shown = await open('nobody', /Nothing waits/);
    expect(shown).not.toContain(record.label);
    expect(shown).not.toContain('Findings');
  });

  it('shows findings to those who may see them, and to nobody else', async () => {
    const shown = await open('approver', /Findings · 1/);
    expect(shown).toContain('Delegation to nobody: hyper-v01 → ghost99');
    expect(await open('oncall', /Nothing waits/)).not.toContain('Findings');
  });

  it('is closed to guests', async () => {
    expect(await open('guest', /only full members are/)).not.toMatch(/R-1\d\d\d|button/);
  });

  it('says which workers do not answer', async () => {
    await worker.stop();
    const shown = await open('oncall', /No directory worker answers/);
    expect(shown).toMatch(/No conduct worker.*Redis answers/);
    worker = await work();
    await practice.ledger.takeLease('sweeper', 'w', 600_000);
    expect(await open('oncall', /Workers alive/)).not.toContain('No conduct');
  });

  it('tells a command of Home by direct message', async () => {
    await practice.lab.click({ user: 'approver', action_id: 'command.home-help' });
    const help = await waitFor('the help', async () =>
      practice.slack.messages.topLevel('D0APPROVER').find(({ text }) => text.includes('/hv')),
    );
    expect(help.text).toContain('/hv requests');
  });

  const freezing = { enterprise: null, team: app.teamId, user: 'U0ONCALL' };
  it('says first that everything is frozen, by whom, why and what it means, and offers the end to others alone', async () => {
    expect(await open('approver', /Freeze…/)).not.toMatch(/Unfreeze…|\*Frozen\*/);
    await practice.parts.client.freeze({ by: freezing, why: 'the <SAN> fails' });
    const shown = await open('approver', /\*Frozen\*/);
    expect(shown).toMatch(
      /\*Frozen\* by <@U0ONCALL> since <!date.*the &lt;SAN&gt; fails.*Nothing new begins.*Unfreeze…/,
    );
    expect(shown).not.toContain('"Freeze…"');
    expect(await open('oncall', /\*Frozen\*/)).toMatch(/somebody else has to end it/);
    expect(homeOf('U0ONCALL')).not.toMatch(/"(Unf|F)reeze…"/);
  });

  it('ends the freeze by a form that asks why', async () => {
    await open('approver', /Unfreeze…/);
    await practice.lab.click({ user: 'approver', action_id: 'form.open.unfreeze' });
    const [form] = await practice.lab.views({ user: 'approver' });
    expect(JSON.stringify(form)).toMatch(/"initial_option":[^}]*}[^}]*"unfreeze".*Why\?/);
    expect(JSON.stringify(form)).not.toContain('🚫');
    const values = { 'form.command.text': 'well again' };
    await practice.lab.submit({ user: 'approver', view_id: String(form?.['id']), values });
    await waitFor(
      'the end of the freeze',
      async () => (await practice.ledger.freezeState())?.unfreeze ?? undefined,
    );
  });

  it('offers what the policy lets somebody ask for, each in its form', async () => {
    expect(await open('requester', /Nothing waits/)).toMatch(
      /Ask for delegation….*Remove a delegation….*Freeze…/,
    );
    await practice.lab.click({ user: 'requester', action_id: 'form.open.remove' });
    const [form] = await practice.lab.views({ user: 'requester' });
    expect(JSON.stringify(form)).toContain('form.delegation.computer');
    expect(await open('nobody', /Nothing waits/)).not.toContain('Remove a');
  });

  it('is drawn anew by itself for whoever was there lately, when something it shows has changed', async () => {
    const { record } = await waiting(practice);
    await open('approver', new RegExp(record.label));
    await commit(practice, record, { state: 'withdrawn', ending: { problem: null, at: 1 } });
    expect(await shows('U0APPROVER', new RegExp(`^(?!.*${record.label})`))).toContain('Waiting for you');
  });

  it('is left alone where nothing that it shows has changed', async () => {
    await open('approver', /Nothing waits/);
    const hash = (): unknown => practice.slack.views.home('U0APPROVER')?.hash;
    await shows('U0APPROVER', /^(?!.*being read)/);
    const before = hash();
    await open('requester', /Nothing waits/);
    const ask = await practice.lab.command({
      user: 'requester',
      channel: 'hyper-v',
      text: '/delegate hyper-v03 -> hyper-v04',
    });
    // Of those who look on, who came first is looked at first.
    await shows('U0REQUESTER', new RegExp(/R-\d+/.exec(textOf(ask.ack))?.[0] ?? 'no label'));
    expect(hash()).toBe(before);
  });

  it('has pages when more waits than one takes, each within Slack’s limits', async () => {
    for (let count = 0; count < 16; count += 1) await waiting(practice);
    const first = await open('approver', /Page 1 of/);
    await practice.lab.click({ user: 'approver', action_id: 'home.page.on' });
    const second = await shows('U0APPROVER', /Page 2 of/);
    const labels = (text: string): readonly string[] => text.match(/R-1\d\d\d/g) ?? [];
    expect(labels(second).some((label) => !labels(first).includes(label))).toBe(true);
    const results = practice.slack.traffic.entries('views.publish').map(({ result }) => result);
    expect(new Set(results)).toEqual(new Set(['ok']));
  });
});
