import { waiveUntil } from '../../../../../src/bot/reports/waive';
import { writeDecision } from '../../../../../src/core/request/decide';
import type { Decision } from '../../../../../src/core/request/statement';
import type { Modes, Policy } from '../../../../../src/core/settings';
import { UNPREPARED } from '../../../../support/fabric';
import { MOVE_POLICY, MoveStage } from '../../../../support/move-stage';
import {
  approver,
  everyRule,
  NOW,
  requester,
  signed,
  testKeys,
  times,
} from '../../../../support/request-record';

const hosts = { 'hyper-v01': { migration: UNPREPARED }, 'hyper-v02': { migration: UNPREPARED } };
const COMMAND = 'drain hyper-v01 to hyper-v02';
const log = { info: () => undefined, warn: () => undefined, error: () => undefined };

let stage: MoveStage;
afterEach(() => stage.stop());

async function begin(policy: Policy = MOVE_POLICY, ownModes: Partial<Modes> = {}): Promise<void> {
  stage = new MoveStage(policy, { hosts });
  stage.ownModes = ownModes;
  await stage.begin();
  stage.delegate(['hyper-v01', 'hyper-v02'], ['hyper-v02', 'hyper-v01']);
}

describe('a plan of moves that sets hosts up first', () => {
  it('needs an approver of settings as well', async () => {
    const other = { requesters: 'anyone' as const, approvers: ['U0OTHER'], quorum: 1 };
    await begin({ ...MOVE_POLICY, 'host-setting': other });
    await stage.ask(COMMAND);
    expect(await stage.approve()).toMatchObject({ state: 'waiting', hostSteps: [] });
    const { plan, id } = await stage.record();
    const { number = 0, fingerprint = '' } = plan ?? {};
    const by = { ...approver, user: 'U0OTHER' };
    await stage.client.decide({ id, plan: number, fingerprint, by, verdict: 'approve', reason: '' });
    await stage.clock.pass(300_000);
    expect(await stage.record()).toMatchObject({ state: 'done' });
  });

  it('keeps waiting for that approver in a maintenance window that waives the moves', async () => {
    const [start, end] = [NOW, NOW + 7_200_000].map((at) => new Date(at).toISOString());
    const window = {
      name: 'patch-night',
      start: start ?? '',
      end: end ?? '',
      waives: ['live-move' as const],
    };
    const policy = { ...MOVE_POLICY, maintenanceWindows: [window] };
    await begin(policy);
    const { ledger, clock, client } = stage;
    const over = new AbortController();
    void waiveUntil(over.signal, { ledger, clock, policy, log, waive: (id) => client.waive(id) });
    await stage.ask(COMMAND);
    await stage.clock.pass(600_000);
    const waiting = await stage.record();
    over.abort();
    expect(waiting.decisions.map(({ statement }) => [statement.by.user, statement.votesFor])).toEqual([
      ['rule:patch-night', ['live-move']],
    ]);
    expect(waiting).toMatchObject({ state: 'waiting', hostSteps: [] });
    await stage.approve(300_000);
    expect(await stage.record()).toMatchObject({ state: 'done' });
  });

  it('is not begun by a window whose signed word is for the settings as well', async () => {
    const [start, end] = [NOW, NOW + 7_200_000].map((at) => new Date(at).toISOString());
    const window = {
      name: 'patch-night',
      start: start ?? '',
      end: end ?? '',
      waives: ['live-move' as const],
    };
    const policy = { ...MOVE_POLICY, maintenanceWindows: [window] };
    await begin(policy);
    const record = await stage.ask(COMMAND);
    if (!record.plan) throw new Error('there is no plan');
    const by = { ...requester, user: 'rule:patch-night' };
    const votesFor = everyRule(policy, record.plan);
    const said = {
      verdict: 'approve' as const,
      votesFor,
      by,
      reason: '',
      now: NOW,
      settings: { policy, times },
    };
    const waiver = { ...writeDecision(record, record.plan, said), endBy: NOW + 7_000_000 };
    await stage.edit({ state: 'approved', decisions: [signed<Decision>(waiver, testKeys().signer)] });
    await stage.clock.pass(120_000);
    expect(await stage.record()).toMatchObject({
      state: 'failed',
      hostSteps: [],
      ending: { problem: { code: 'decision.waived' } },
    });
  });

  it('is refused to whoever may not ask for settings', async () => {
    const { 'host-setting': _none, ...policy } = MOVE_POLICY;
    await begin(policy);
    const record = await stage.ask(COMMAND);
    expect(record).toMatchObject({ state: 'refused', ending: { problem: { code: 'request.not-allowed' } } });
  });

  it.each([
    [COMMAND, '; or move nothing there: name other hosts, or use --no-delegate.'],
    ['migrate web-01 -> hyper-v02', '.'],
  ])('is refused where a person sets hosts, and says what to ask for before: %s', async (command, other) => {
    await begin(MOVE_POLICY, { 'host-setting': 'advise' });
    const record = await stage.ask(command);
    expect(record).toMatchObject({ state: 'refused', ending: { problem: { code: 'mode.advise' } } });
    expect(record.ending?.problem?.remedy).toBe(
      `Ask for /hv prepare hyper-v01,hyper-v02, and ask again when that is done${other}`,
    );
  });

  it('is only shown where settings are only observed', async () => {
    await begin(MOVE_POLICY, { 'host-setting': 'observe' });
    const record = await stage.ask(COMMAND);
    expect(record).toMatchObject({ state: 'refused', ending: { problem: { code: 'mode.observe' } } });
    expect(record.plan?.hosts.settings).toHaveLength(2);
  });

  it('is not begun when a person is to set hosts by the time that it is approved', async () => {
    await begin();
    await stage.ask(COMMAND);
    await stage.observe({ 'host-setting': 'advise' });
    const record = await stage.approve();
    expect(record).toMatchObject({ state: 'failed', ending: { problem: { code: 'mode.changed' } } });
    expect(await stage.audited()).not.toContain('host.intent');
  });

  it('sets no more hosts than one request may', async () => {
    await begin({ ...MOVE_POLICY, caps: { preparedPerRequest: 1 } });
    const record = await stage.ask(COMMAND);
    expect(record).toMatchObject({ state: 'refused', ending: { problem: { code: 'cap.prepared' } } });
  });
});
