import { practiceFabric } from '../../../../../lab/hyperv/practice-fabric';
import { waiveUntil } from '../../../../../src/bot/reports/waive';
import type { Policy } from '../../../../../src/core/settings';
import { writeDecision } from '../../../../../src/core/request/decide';
import type { Decision } from '../../../../../src/core/request/statement';
import { MOVE_POLICY, MoveStage } from '../../../../support/move-stage';
import { everyRule, NOW, requester, signed, testKeys, times } from '../../../../support/request-record';

const MINUTE = 60_000;
const log = { info: () => undefined, warn: () => undefined, error: () => undefined };

/** Open from so many minutes after the tests' first moment, for so long. */
function night(from: number, minutes: number, waives: readonly ('live-move' | 'storage-move')[]): Policy {
  const [start, end] = [from, from + minutes].map((at) => new Date(NOW + at * MINUTE).toISOString());
  const window = { name: 'patch-night', start: start ?? '', end: end ?? '', waives: [...waives] };
  return { ...MOVE_POLICY, maintenanceWindows: [window] };
}

let stage: MoveStage;
let end: AbortController;
beforeEach(() => {
  end = new AbortController();
});
afterEach(async () => {
  end.abort();
  await stage.stop();
});

/** All roles by this policy; `bot`: what the bot reads of it. */
async function staged(
  policy: Policy,
  bot = policy,
  changes: ConstructorParameters<typeof MoveStage>[1] = {},
): Promise<void> {
  stage = new MoveStage(bot, changes);
  stage.ownRules = policy;
  await stage.begin();
  const { ledger, clock, client } = stage;
  void waiveUntil(end.signal, { ledger, clock, policy: bot, log, waive: (id) => client.waive(id) });
}

async function pass(minutes: number) {
  await stage.clock.pass(minutes * MINUTE);
  return stage.record();
}

/** The bot's own signature under a waiver that it would not give. */
async function forge(change: Partial<Decision>, keys = testKeys()): Promise<void> {
  const record = await stage.record();
  if (!record.plan) throw new Error('no plan');
  const settings = { policy: stage.ownRules, times };
  const votesFor = everyRule(stage.ownRules, record.plan);
  const by = { ...requester, user: 'rule:patch-night' };
  const said = { verdict: 'approve' as const, votesFor, by, reason: '', now: stage.clock.now(), settings };
  const waiver = { ...writeDecision(record, record.plan, said), ...change };
  await stage.edit({ state: 'approved', decisions: [signed<Decision>(waiver, keys.signer)] });
  await pass(2);
}

describe('an open maintenance window', () => {
  it('lets a move that it waives begin without anybody, and says so in the audit', async () => {
    await staged(night(0, 120, ['live-move']));
    stage.delegate(['hyper-v01', 'hyper-v02']);
    await stage.ask('migrate web-01 -> hyper-v02');
    expect(await pass(3)).toMatchObject({ state: 'done' });
    expect(stage.hostOf('web-01')).toBe('hyper-v02');
    const told = (await stage.ledger.audit(stage.id)).find(({ what }) => what === 'waiver');
    expect(told).toMatchObject({
      who: '-/T1/rule:patch-night',
      detail: { summary: 'Waived by the maintenance window patch-night', votesFor: 'live-move' },
    });
  });

  it('decides what waited when it opened, and nothing before', async () => {
    await staged(night(30, 120, ['live-move']));
    stage.delegate(['hyper-v01', 'hyper-v02']);
    await stage.ask('migrate web-01 -> hyper-v02');
    expect(await pass(29)).toMatchObject({ state: 'waiting', decisions: [] });
    expect(await pass(4)).toMatchObject({ state: 'done' });
  });

  it('waives the moves of a plan and not its write to the directory, which an approver decides', async () => {
    await staged(night(0, 120, ['live-move']));
    await stage.ask('migrate web-01 -> hyper-v02');
    const waiting = await pass(10);
    expect(waiting.decisions.map(({ statement }) => [statement.by.user, statement.votesFor])).toEqual([
      ['rule:patch-night', ['live-move']],
    ]);
    expect(waiting.state).toBe('waiting');
    expect([stage.directory.modifies, stage.hostOf('web-01')]).toEqual([[], 'hyper-v01']);
    await stage.approve();
    expect(await pass(5)).toMatchObject({ state: 'done' });
    expect(stage.hostOf('web-01')).toBe('hyper-v02');
  });

  it('does not waive what it does not name', async () => {
    await staged(night(0, 120, ['storage-move']));
    stage.delegate(['hyper-v01', 'hyper-v02']);
    await stage.ask('migrate web-01 -> hyper-v02');
    expect(await pass(10)).toMatchObject({ state: 'waiting', decisions: [] });
  });

  it('takes its word back when it closes before the rest was approved', async () => {
    await staged(night(0, 30, ['live-move']));
    await stage.ask('migrate web-01 -> hyper-v02');
    expect((await pass(10)).decisions).toHaveLength(1);
    expect(await pass(30)).toMatchObject({ state: 'waiting', decisions: [] });
    expect(await stage.audited()).toContain('waiver.over');
    // One approver is one of both rules here, so the click is enough again.
    await stage.approve();
    expect(await pass(5)).toMatchObject({ state: 'done' });
  });

  it('begins no further move when it has closed, and ends with what was moved by then', async () => {
    const [host] = practiceFabric(NOW).hosts;
    if (!host) throw new Error('no host');
    const oneAtATime = { ...host.migration, most: 1 };
    const networks = host.networks.map((each) => ({ ...each, bytesPerMs: 12_500 }));
    await staged(night(0, 1.5, ['live-move']), undefined, {
      hosts: { 'hyper-v01': { migration: oneAtATime, networks }, 'hyper-v02': { networks } },
    });
    stage.delegate(['hyper-v01', 'hyper-v02']);
    await stage.ask('migrate web-01,web-02 -> hyper-v02');
    await stage.clock.pass(80_000);
    const first = (await stage.record()).moves.filter(({ intent }) => intent);
    expect(first).toHaveLength(1);
    const record = await pass(20);
    expect(record).toMatchObject({ state: 'partial', ending: { problem: { code: 'run.out-of-time' } } });
    expect(record.moves.filter(({ outcome }) => outcome?.kind === 'moved')).toHaveLength(1);
  });

  it('waives nothing while everything is frozen, and does so afterwards', async () => {
    await staged(night(0, 120, ['live-move']));
    stage.delegate(['hyper-v01', 'hyper-v02']);
    await stage.client.freeze({ by: requester, why: 'storm' });
    await stage.ask('migrate web-01 -> hyper-v02');
    expect(await pass(10)).toMatchObject({ state: 'waiting', decisions: [] });
    await stage.client.unfreeze({ by: { ...requester, user: 'U0OTHER' }, why: 'over' });
    expect(await pass(5)).toMatchObject({ state: 'done' });
  });
});

describe('a waiver that the effector does not find in its own handover.yaml or clock', () => {
  const open = night(0, 120, ['live-move']);
  const without: Policy = { ...MOVE_POLICY };

  async function expectRefused(code: string): Promise<void> {
    const record = await stage.record();
    expect(record).toMatchObject({ state: 'failed', ending: { problem: { code } } });
    expect([stage.hostOf('web-01'), stage.directory.modifies]).toEqual(['hyper-v01', []]);
  }

  it('of a window that only the bot has is refused', async () => {
    await staged(without, open);
    stage.delegate(['hyper-v01', 'hyper-v02']);
    await stage.ask('migrate web-01 -> hyper-v02');
    await pass(3);
    await expectRefused('waiver.unknown');
  });

  it('of a window that only the bot keeps open so long is refused', async () => {
    await staged(night(0, 60, ['live-move']), open);
    stage.delegate(['hyper-v01', 'hyper-v02']);
    await stage.ask('migrate web-01 -> hyper-v02');
    await pass(3);
    await expectRefused('waiver.closed');
  });

  it.each<[string, Policy, Partial<Decision>, string]>([
    ['of a closed window', night(60, 60, ['live-move']), {}, 'waiver.closed'],
    ['of a window that waives other things', night(0, 120, ['storage-move']), {}, 'waiver.kinds'],
    ['for nothing', open, { votesFor: [] }, 'decision.waived'],
    ['for another rule', open, { votesFor: ['live-move', 'delegation-add'] }, 'decision.waived'],
    ['of a window with another name', open, { by: { ...requester, user: 'rule:other' } }, 'waiver.unknown'],
  ])('%s is refused', async (_what, policy, change, code) => {
    await staged(policy, without);
    stage.delegate(['hyper-v01', 'hyper-v02']);
    await stage.ask('migrate web-01 -> hyper-v02');
    await forge({ endBy: NOW + 110 * MINUTE, ...change });
    await expectRefused(code);
  });

  it('with somebody else’s signature is refused', async () => {
    await staged(open, without);
    stage.delegate(['hyper-v01', 'hyper-v02']);
    await stage.ask('migrate web-01 -> hyper-v02');
    await forge({ endBy: NOW + 110 * MINUTE }, testKeys('k1', 'thief'));
    await expectRefused('decision.forged');
  });

  it('for the write to the directory as well is refused by whoever writes it', async () => {
    await staged(open, without);
    await stage.ask('migrate web-01 -> hyper-v02');
    await forge({ endBy: NOW + 110 * MINUTE });
    await expectRefused('decision.waived');
  });
});
