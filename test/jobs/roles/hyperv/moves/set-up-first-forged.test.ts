import type { SettingChange } from '../../../../../src/core/hyperv/host-settings';
import { planDigests } from '../../../../../src/core/request/fingerprint';
import { UNPREPARED } from '../../../../support/fabric';
import { MOVE_POLICY, MoveStage } from '../../../../support/move-stage';

let stage: MoveStage;
afterEach(() => stage.stop());

const settingOf = (change: Partial<SettingChange> = {}): SettingChange => ({
  host: 'hyper-v02',
  by: 'worker',
  before: { enabled: false, auth: 'credssp' },
  after: { enabled: true, auth: 'kerberos' },
  ...change,
});

/** An approver is shown, and approves, what somebody has written into the ledger. */
async function approveForged(command: string, settings: readonly SettingChange[]): Promise<void> {
  const hosts = { 'hyper-v02': { migration: UNPREPARED }, 'hyper-v03': { migration: UNPREPARED } };
  const isPrepared = command.includes('--no-delegate');
  stage = await new MoveStage(MOVE_POLICY, isPrepared ? {} : { hosts }).begin();
  stage.delegate(['hyper-v01', 'hyper-v02']);
  const { plan, intake } = await stage.ask(command);
  if (!plan?.hosts.envelope) throw new Error('there is no plan');
  const forged = { ...plan, hosts: { ...plan.hosts, settings: [...settings] } };
  await stage.edit({ plan: { ...forged, fingerprint: planDigests(intake.statement, forged).fingerprint } });
  await stage.approve(60_000);
}

const before = { most: 2 };

describe('settings of hosts that somebody has written into a plan of moves', () => {
  it.each<[string, string, readonly SettingChange[]]>([
    [
      'on a host that no machine leaves or goes to',
      'drain hyper-v01 to hyper-v02',
      [settingOf(), settingOf({ host: 'hyper-v03' })],
    ],
    [
      'on a host that the worker does not know',
      'drain hyper-v01 to hyper-v02',
      [settingOf(), settingOf({ host: 'hyper-v09' })],
    ],
    [
      'to another value than moves need',
      'drain hyper-v01 to hyper-v02',
      [settingOf({ before: { enabled: true }, after: { enabled: false } })],
    ],
    [
      'to what moves do not need',
      'drain hyper-v01 to hyper-v02',
      [settingOf({ before, after: { most: 64 } })],
    ],
    ['twice on one host', 'drain hyper-v01 to hyper-v02', [settingOf(), settingOf()]],
    ['where nothing is to be set up first', 'drain hyper-v01 to hyper-v02 --no-delegate', [settingOf()]],
    ['where only disks move', 'migrate mail-01 -> hyper-v02 --storage-only "E:\\x"', [settingOf()]],
    [
      'on a host that no named machine leaves or goes to',
      'migrate web-01 -> hyper-v02',
      [settingOf({ host: 'hyper-v03' })],
    ],
    [
      'of named machines with nothing to be set up first',
      'migrate web-01 -> hyper-v02 --no-delegate',
      [settingOf()],
    ],
  ])('%s are not set, and nothing moves', async (_what, command, settings) => {
    await approveForged(command, settings);
    expect(await stage.record()).toMatchObject({
      state: 'failed',
      moves: [],
      ending: { problem: { code: 'plan.altered' } },
    });
    const { hosts, machines } = stage.fabric.at(stage.clock.now());
    expect(hosts.find(({ name }) => name === 'hyper-v03')?.migration.most).toBe(2);
    expect(await stage.audited()).not.toContain('host.intent');
    expect(machines.filter(({ host }) => host === 'hyper-v01')).toHaveLength(4);
  });

  it('by a person are not waited for', async () => {
    await approveForged('drain hyper-v01 to hyper-v02', [settingOf({ by: 'hand' })]);
    expect(await stage.record()).toMatchObject({
      state: 'failed',
      ending: { problem: { code: 'mode.changed' } },
    });
  });
});
