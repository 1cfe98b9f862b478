import { waitFor } from '../../lab/wait-for';
import { signedHeaders } from '../../lab/slack/signature';
import { writeDecision } from '../../src/core/request/decide';
import type { Policy } from '../../src/core/policy/schema';
import type { Decision } from '../../src/core/request/statement';
import { NOW, policy as usual, requester, signed, times, everyRule } from '../support/request-record';
import { startApprovals, type ApprovalStage } from './support/approval-stage';
import { asked } from './support/practice';
import { told } from './support/requests';

const MINUTE = 60_000;
const rule = { requesters: 'anyone' as const, approvers: ['U0APPROVER', 'U0APPROVER2'], quorum: 1 };
const entry = { what: 'test', who: 'test', at: NOW, detail: {} };

/** Nothing was decided, begun or written. */
async function expectNothing({ practice, directory }: ApprovalStage, id: string, votes = 0): Promise<void> {
  await practice.queue.settle();
  const record = await practice.ledger.read(id);
  expect([record?.decisions.length, record?.steps]).toEqual([votes, []]);
  expect(directory.modifies).toEqual([]);
}

/** Does something with a stage of its own. */
async function on(
  over: 'socket' | 'http',
  policy: Policy,
  act: (stage: ApprovalStage) => Promise<void>,
): Promise<void> {
  const stage = await startApprovals({ ...usual, ...policy }, over);
  try {
    await act(stage);
  } finally {
    await stage.stop();
  }
}

const userOf = ({ practice }: ApprovalStage, who: string) => {
  const user = practice.slack.workspace.user(who);
  if (!user) throw new Error(`nobody is called ${who}`);
  return user;
};

describe.each(['socket', 'http'] as const)('who clicks Approve over %s', (over) => {
  let stage: ApprovalStage;
  beforeEach(async () => {
    stage = await startApprovals(usual, over);
  });
  afterEach(() => stage.stop());

  const asTheyAre = () => undefined;
  type Prepare = (record: Awaited<ReturnType<ApprovalStage['waiting']>>['record']) => unknown;
  it.each<[what: string, user: string, says: RegExp, prepare: Prepare]>([
    ['the requester', 'requester', /You asked for this yourself.*Nothing was decided/, asTheyAre],
    [
      'somebody who is no approver',
      'oncall',
      /not among the approvers of a delegation-add.*Nothing was decided/,
      asTheyAre,
    ],
    ['a guest', 'guest', /Guests decide nothing.*only full members/, asTheyAre],
    [
      'a bot',
      'approver',
      /Bots decide nothing/,
      () => Object.assign(userOf(stage, 'approver'), { isBot: true }),
    ],
    [
      'a deactivated approver',
      'approver',
      /This account is deactivated/,
      () => Object.assign(userOf(stage, 'approver'), { deleted: true }),
    ],
    [
      'somebody of another team',
      'approver',
      /not a member of the team that this bot serves|belongs to another team/,
      () => Object.assign(userOf(stage, 'approver'), { teamId: 'T0OTHER' }),
    ],
    [
      'an approver, in a channel that is shared with another organisation by now',
      'approver',
      /shared with another organisation.*Nothing was recorded/,
      () => {
        stage.later(2 * MINUTE);
        return Object.assign(stage.practice.slack.workspace.channel('hyper-v') ?? {}, { isExtShared: true });
      },
    ],
    [
      'an approver who comes too late',
      'approver',
      /The time to decide is over|is over: expired/,
      () => stage.later(9 * 60 * MINUTE),
    ],
    [
      'an approver on the card of an older plan',
      'approver',
      /no longer the one on that card/,
      ({ id }) =>
        stage.practice.ledger.read(id).then((seen) => {
          if (!seen?.plan) throw new Error('no plan');
          return stage.practice.ledger.commit(seen, { plan: { ...seen.plan, number: 2 } }, entry);
        }),
    ],
    [
      'an approver while everything is frozen',
      'approver',
      /Everything is frozen: storm/,
      () => stage.practice.lab.command({ user: 'oncall', channel: 'hyper-v', text: '/hv freeze "storm"' }),
    ],
  ])('%s is refused with a sentence, and nothing happens', async (_what, user, says, prepare) => {
    const { record, ts } = await stage.waiting();
    await prepare(record);
    expect(told(await stage.click(ts, user))).toMatch(says);
    await expectNothing(stage, record.id);
  });

  it('an approver is heard, and it is written', async () => {
    const { record, ts } = await stage.waiting();
    expect(told(await stage.click(ts, 'approver'))).toBe('');
    await stage.reaches(record, 'done');
    expect(stage.directory.modifies).toHaveLength(1);
    // Whoever clicks the old card then changes nothing.
    expect(told(await stage.click(ts, 'second-approver', { stale: record }))).toMatch(
      /Your click changed nothing/,
    );
    expect(stage.directory.modifies).toHaveLength(1);
  });

  it('a command that is delivered again under another envelope makes one request', async () => {
    await stage.practice.lab.faults({ kind: 'duplicate', type: 'slash_commands', new_envelope: true });
    const { record } = await stage.waiting();
    await stage.practice.queue.settle();
    expect(await stage.practice.ledger.openRequests()).toEqual([record.id]);
  });

  it('a click that is delivered again is one approval', async () => {
    const { record, ts } = await stage.waiting();
    await stage.practice.lab.faults({ kind: 'duplicate', type: 'interactive', new_envelope: true });
    await stage.click(ts, 'approver');
    await stage.reaches(record, 'done');
    await stage.practice.queue.settle();
    expect((await stage.practice.ledger.read(record.id))?.decisions).toHaveLength(1);
    expect(stage.directory.modifies).toHaveLength(1);
  });
});

describe.each(['socket', 'http'] as const)('what the policy wants, over %s', (over) => {
  it('an empty list approves nobody', () =>
    on(over, { 'delegation-add': { ...rule, approvers: [] } }, async (stage) => {
      const { record, ts } = await stage.waiting();
      expect(told(await stage.click(ts, 'approver'))).toMatch(/Nobody may approve a delegation-add/);
      await expectNothing(stage, record.id);
    }));

  it('the same approver twice is one approver', () =>
    on(over, { 'delegation-add': { ...rule, quorum: 2 } }, async (stage) => {
      const { record, ts } = await stage.waiting();
      await stage.click(ts, 'approver');
      expect(told(await stage.click(ts, 'approver'))).toMatch(/You have approved this already/);
      await expectNothing(stage, record.id, 1);
      await stage.click(ts, 'second-approver');
      await stage.reaches(record, 'done');
      expect(stage.directory.modifies).toHaveLength(1);
    }));

  it('an approver who was denied everything after the click approves nothing', () =>
    on(over, { 'delegation-add': { ...rule, quorum: 2 } }, async (stage) => {
      const { record, ts } = await stage.waiting();
      await stage.click(ts, 'approver');
      stage.workerPolicy = { ...stage.workerPolicy, deny: ['U0APPROVER'] };
      await stage.click(ts, 'second-approver');
      const { ending } = await stage.reaches(record, 'failed');
      expect(ending?.problem?.code).toBe('person.denied');
      expect(stage.directory.modifies).toEqual([]);
    }));

  it('an approver who was taken off the worker’s list after the click approves nothing', () =>
    on(over, {}, async (stage) => {
      const { record, ts } = await stage.waiting();
      stage.workerPolicy = { ...usual, 'delegation-add': { ...rule, approvers: ['U0APPROVER2'] } };
      await stage.click(ts, 'approver');
      await stage.practice.queue.settle();
      const after = await stage.practice.ledger.read(record.id);
      expect(after?.trouble).toMatchObject({ code: 'policy.disagrees' });
      expect(stage.directory.modifies).toEqual([]);
    }));

  describe('an approver group of the directory', () => {
    const group = 'CN=HV Approvers,OU=Groups,DC=mabofeng,DC=com';
    const account = 'CN=Approver,OU=People,DC=mabofeng,DC=com';
    const byGroup = { 'delegation-add': { ...rule, approvers: [], approverGroup: group } };
    const linked = { ...byGroup, linkedAccounts: { U0APPROVER: account } };
    const members = (stage: ApprovalStage, ...accounts: string[]) => {
      stage.directory.holdsGroup = (who, of) => Promise.resolve(of === group && accounts.includes(who));
    };

    it('lets a member with a linked account approve', () =>
      on(over, linked, async (stage) => {
        members(stage, account);
        const { record, ts } = await stage.waiting();
        expect(told(await stage.click(ts, 'approver'))).toBe('');
        await stage.reaches(record, 'done');
        expect(stage.directory.modifies).toHaveLength(1);
      }));

    it('lets nobody else: no member, no linked account, denied, or no worker that could tell', () =>
      on(
        over,
        { ...linked, linkedAccounts: { U0APPROVER: account, U0ONCALL: 'CN=On-call,DC=x' } },
        async (stage) => {
          members(stage, account);
          const { record, ts } = await stage.waiting();
          expect(told(await stage.click(ts, 'oncall'))).toMatch(/not among the approvers/);
          expect(told(await stage.click(ts, 'second-approver'))).toMatch(/not among the approvers/);
          members(stage);
          expect(told(await stage.click(ts, 'approver'))).toMatch(/not among the approvers/);
          stage.directory.isDown = true;
          expect(told(await stage.click(ts, 'approver'))).toMatch(/Not now|Nothing was/);
          await expectNothing(stage, record.id);
        },
      ));

    it('is read by the worker again: who has left it after the click approves nothing', () =>
      on(over, linked, async (stage) => {
        const { record, ts } = await stage.waiting();
        // Until the decision is recorded.
        stage.directory.holdsGroup = async () =>
          (await stage.practice.ledger.read(record.id))?.decisions.length === 0;
        expect(told(await stage.click(ts, 'approver'))).toBe('');
        const { ending } = await stage.reaches(record, 'failed');
        expect(ending?.problem?.code).toBe('decision.not-approver');
        expect(stage.directory.modifies).toEqual([]);
      }));
  });

  describe('a Slack user group', () => {
    const movers = { 'live-move': { ...rule, approvers: [], approverUserGroup: 'S0MOVERS' } };
    const move = '/hv migrate web-01 -> hyper-v02';
    const movable = async (stage: ApprovalStage, ...users: string[]) => {
      stage.directory.delegate('hyper-v01', 'hyper-v02');
      stage.practice.slack.workspace.userGroups.push({
        id: 'S0MOVERS',
        handle: 'movers',
        name: 'Movers',
        users,
      });
      return stage.waiting(move);
    };

    it('lets its members approve moves; the card names it, and the decision says so', () =>
      on(over, movers, async (stage) => {
        const { record, ts } = await movable(stage, 'U0ONCALL');
        const [card] = await stage.practice.lab.messages({ channel: 'hyper-v', thread_ts: ts });
        expect(JSON.stringify(card)).toMatch(/1 approval from any of the user group <!subteam\^S0MOVERS>/);
        expect(told(await stage.click(ts, 'approver'))).toMatch(/not among the approvers of a live-move/);
        expect(told(await stage.click(ts, 'oncall'))).toBe('');
        const { decisions } = await stage.reaches(record, 'running');
        expect(decisions[0]?.statement).toMatchObject({ by: { user: 'U0ONCALL' }, userGroups: ['S0MOVERS'] });
      }));

    it('lets nobody approve when Slack does not say who is in it, nor who has left it for a minute', () =>
      on(over, movers, async (stage) => {
        const { record, ts } = await movable(stage, 'U0ONCALL');
        const [group] = stage.practice.slack.workspace.userGroups.splice(0);
        if (!group) throw new Error('no group');
        expect(told(await stage.click(ts, 'oncall'))).toMatch(/Slack refused the bot a question/);
        stage.practice.slack.workspace.userGroups.push(group);
        expect(told(await stage.click(ts, 'second-approver'))).toMatch(/not among the approvers/);
        group.users = [];
        stage.later(61_000);
        expect(told(await stage.click(ts, 'oncall'))).toMatch(/not among the approvers/);
        await expectNothing(stage, record.id);
      }));

    it('approves no write to the directory in the same plan', () =>
      on(over, { ...movers, 'trust-mode': rule }, async (stage) => {
        stage.practice.slack.workspace.userGroups.push({
          id: 'S0MOVERS',
          handle: 'movers',
          name: 'Movers',
          users: ['U0ONCALL'],
        });
        const { record, ts } = await stage.waiting(move);
        expect(told(await stage.click(ts, 'oncall'))).toBe('');
        await expectNothing(stage, record.id, 1);
        expect((await stage.practice.ledger.read(record.id))?.state).toBe('waiting');
      }));
  });

  describe('an open maintenance window', () => {
    const [start = '', end = ''] = [-MINUTE, 60 * MINUTE].map((ms) =>
      new Date(Date.now() + ms).toISOString(),
    );
    const window = { name: 'patch-night', start, end, waives: ['live-move' as const] };
    const waiving = { 'live-move': rule, 'trust-mode': rule, maintenanceWindows: [window] };
    const move = '/hv migrate web-01 -> hyper-v02';
    const hostOf = ({ fabric }: ApprovalStage) =>
      fabric.at(Date.now()).machines.find(({ name }) => name === 'web-01')?.host;
    const thread = async ({ practice }: ApprovalStage, ts: string) =>
      (await practice.lab.messages({ channel: 'hyper-v', thread_ts: ts })).map((each) =>
        JSON.stringify(each),
      );

    it('waives the moves of a plan, and the directory write in it waits for its approver', () =>
      on(over, waiving, async (stage) => {
        const { record, ts } = await stage.waiting(move);
        const [card = ''] = await thread(stage, ts);
        expect(card).toMatch(/live-move: ✔ waived by the maintenance window patch-night/);
        expect(card).toMatch(/delegation-add: one of <@U0APPROVER>/);
        expect(told(await stage.click(ts, 'requester'))).toMatch(/You asked for this yourself/);
        expect(told(await stage.click(ts, 'oncall'))).toMatch(/not among the approvers/);
        await expectNothing(stage, record.id, 1);
        expect(hostOf(stage)).toBe('hyper-v01');
        expect(told(await stage.click(ts, 'approver'))).toBe('');
        await stage.reaches(record, 'running');
        await waitFor('the write', async () => stage.directory.modifies[0]);
      }));

    it('lets a move begin that needs nothing else, and says so where the approvers would be called', () =>
      on(over, waiving, async (stage) => {
        stage.directory.delegate('hyper-v01', 'hyper-v02');
        const { record, ts } = await stage.decided(move);
        await stage.reaches(record, 'running');
        await stage.practice.report(record.id);
        const said = await thread(stage, ts);
        expect(said[0]).toMatch(/Waived by the maintenance window patch-night/);
        expect(said.join(' ')).toMatch(
          /needs nobody’s approval\. Waived by the maintenance window patch-night/,
        );
        expect(said.join(' ')).not.toMatch(/<@U0APPROVER>/);
      }));

    it('waives no directory write, whatever is signed', () =>
      on(over, { maintenanceWindows: [window] }, async (stage) => {
        const { record } = await stage.waiting();
        await expectNothing(stage, record.id);
        if (!record.plan) throw new Error('no plan');
        const by = { ...requester, team: 'T0PRACTICE', user: 'rule:patch-night' };
        const settings = { policy: stage.workerPolicy, times };
        const votesFor = everyRule(settings.policy, record.plan);
        const said = { verdict: 'approve' as const, votesFor, by, reason: '', now: Date.now(), settings };
        const waiver = signed<Decision>(writeDecision(record, record.plan, said));
        await stage.practice.ledger.commit(record, { state: 'approved', decisions: [waiver] }, entry);
        const job = { id: `${record.label}-v${record.rev + 1}-directory`, request: record.id };
        await stage.practice.queue.put('directory', job);
        const { ending } = await stage.reaches(record, 'failed');
        expect(ending?.problem).toMatchObject({ code: 'decision.waived' });
        expect(stage.directory.modifies).toEqual([]);
      }));
  });
});

describe('requests over HTTP that are not from now, or not from Slack', () => {
  it.each([
    ['with a forged signature', 401, 0, 'not the secret'],
    ['from the future, beyond what clocks differ by', 401, 45_000, null],
    ['older than five minutes', 401, -301_000, null],
    ['from a clock that is a little ahead', 200, 20_000, null],
  ])('%s are answered with %s', async (_what, status, ahead, secret) => {
    await on('http', {}, async ({ practice, directory }) => {
      const { receive } = practice.parts;
      if (receive.kind !== 'http') throw new Error('not over HTTP');
      const body = new URLSearchParams({
        command: '/delegate',
        text: 'hyper-v01 -> hyper-v02 cifs',
        team_id: 'T0PRACTICE',
        user_id: 'U0REQUESTER',
        channel_id: 'C0HYPERV',
        trigger_id: '1.2.3',
        response_url: `${practice.slack.url}/hooks/none`,
      }).toString();
      const headers = {
        'content-type': 'application/x-www-form-urlencoded',
        ...signedHeaders(secret ?? receive.signingSecret, body, Date.now() + ahead),
      };
      const url = `http://${receive.listen.address}:${receive.listen.port}/slack/events`;
      const send = () => fetch(url, { method: 'POST', headers, body });
      expect((await send()).status).toBe(status);
      // Kept and sent once more, it is the same command.
      expect((await send()).status).toBe(status);
      await practice.queue.settle();
      expect(await practice.ledger.openRequests()).toHaveLength(status === 200 ? 1 : 0);
      expect(directory.modifies).toEqual([]);
    });
  });
});

it('a request of somebody who is no full member is none', () =>
  on('socket', {}, async (stage) => {
    for (const user of ['guest', 'bot']) {
      const text = '/delegate hyper-v01 -> hyper-v02 cifs';
      const answer = await stage.practice.lab.command({ user, channel: 'hyper-v', text });
      await expect(asked(stage.practice, answer)).rejects.toThrow(/No request came of it/);
    }
    expect(await stage.practice.ledger.openRequests()).toEqual([]);
  }));
