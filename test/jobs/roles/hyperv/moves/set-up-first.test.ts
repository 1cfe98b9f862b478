import type { FabricHost } from '../../../../../lab/hyperv/model';
import type { HostReading, HyperV } from '../../../../../src/core/hyperv-port';
import { Fault } from '../../../../../src/core/problem';
import type { RequestRecord } from '../../../../../src/core/request/record';
import { UNPREPARED } from '../../../../support/fabric';
import { MOVE_POLICY, MoveStage } from '../../../../support/move-stage';
import { approver, NOW } from '../../../../support/request-record';

const NEEDED = { enabled: true, auth: 'kerberos' } as const;
const FIVE_MINUTES = 300_000;

let stage: MoveStage;
afterEach(() => stage.stop());

const migrationOf = (host: string): FabricHost['migration'] | undefined =>
  stage.fabric.at(stage.clock.now()).hosts.find(({ name }) => name === host)?.migration;
const machinesOn = (host: string): string[] =>
  stage.fabric
    .at(stage.clock.now())
    .machines.filter((machine) => machine.host === host)
    .map(({ name }) => name)
    .toSorted();
const settingsOf = ({ plan }: RequestRecord) =>
  plan?.hosts.settings.map(({ host, by, after }) => [host, by, after]);

/** The named hosts are not set up; hyper-v01 may delegate to hyper-v02 unless said. */
async function begin(
  unprepared: readonly string[],
  { isDelegated = true, around = (hyperV: HyperV): HyperV => hyperV } = {},
): Promise<void> {
  const hosts = Object.fromEntries(unprepared.map((host) => [host, { migration: UNPREPARED }]));
  stage = await new MoveStage(MOVE_POLICY, { hosts }).begin(around);
  if (isDelegated) stage.delegate(['hyper-v01', 'hyper-v02'], ['hyper-v02', 'hyper-v01']);
}

const refusing = (host: string) => (hyperV: HyperV) => ({
  ...hyperV,
  configure: (...order: Parameters<HyperV['configure']>) =>
    order[0] === host
      ? Promise.reject(new Fault({ code: 'x', retry: 'never', message: 'Access denied.', remedy: 'Ask.' }))
      : hyperV.configure(...order),
});

describe('hosts that moves need and that are not set up', () => {
  it('are set up first, to what moves need and no more, and the machines move then', async () => {
    await begin(['hyper-v01', 'hyper-v02', 'hyper-v03']);
    const waiting = await stage.ask('drain hyper-v01 to hyper-v02');
    expect(waiting).toMatchObject({ state: 'waiting', trouble: null });
    expect(settingsOf(waiting)).toEqual([
      ['hyper-v01', 'worker', NEEDED],
      ['hyper-v02', 'worker', NEEDED],
    ]);
    expect(migrationOf('hyper-v02')).toMatchObject({ enabled: false });
    await stage.approve(FIVE_MINUTES);
    const done = await stage.record();
    expect(done).toMatchObject({ state: 'done', remaining: [{ host: 'hyper-v01', machines: [] }] });
    for (const host of ['hyper-v01', 'hyper-v02']) {
      expect(migrationOf(host)).toEqual({ ...UNPREPARED, ...NEEDED });
    }
    expect(migrationOf('hyper-v03')).toEqual(UNPREPARED);
  });

  it('wait for the directory, and the machines wait for both', async () => {
    await begin(['hyper-v02'], { isDelegated: false });
    await stage.ask('drain hyper-v01 to hyper-v02');
    expect((await stage.record()).plan?.directory.changes).toHaveLength(1);
    await stage.approve(FIVE_MINUTES);
    expect(await stage.record()).toMatchObject({ state: 'done' });
    const order = (await stage.audited()).filter((what) =>
      ['outcome', 'settings', 'host.intent', 'host.outcome', 'moves', 'move.intent'].includes(what),
    );
    expect([...new Set(order)]).toEqual([
      'outcome',
      'settings',
      'host.intent',
      'host.outcome',
      'moves',
      'move.intent',
    ]);
  });

  it('are set up for the way back as well', async () => {
    await begin([]);
    const before = machinesOn('hyper-v01');
    await stage.ask('drain hyper-v01 to hyper-v02');
    await stage.approve(FIVE_MINUTES);
    await stage.hyperV.configure('hyper-v02', { enabled: false, auth: 'credssp' });
    const waiting = await stage.ask('return hyper-v01');
    expect(settingsOf(waiting)).toEqual([['hyper-v02', 'worker', NEEDED]]);
    await stage.approve(FIVE_MINUTES);
    expect(await stage.record()).toMatchObject({ state: 'done' });
    expect(machinesOn('hyper-v01')).toEqual(before);
  });

  it('are left alone where nothing is to be set up first: machines stay, and say why', async () => {
    await begin(['hyper-v02']);
    stage.delegate(['hyper-v01', 'hyper-v03']);
    const waiting = await stage.ask('drain hyper-v01 to hyper-v02 --no-delegate');
    expect(waiting).toMatchObject({ state: 'refused', plan: { hosts: { settings: [] } } });
    expect(waiting.ending?.problem?.code).toBe('drain.nothing');
    const other = await stage.ask('drain hyper-v01 --no-delegate');
    expect(other.plan?.hosts).toMatchObject({ settings: [], envelope: { destinations: ['hyper-v03'] } });
  });

  it('are not gone on with after a stop, and nothing moves', async () => {
    await begin(['hyper-v01', 'hyper-v02'], {
      around: (hyperV) => ({
        ...hyperV,
        async configure(...order) {
          await stage.client.stop({ id: stage.id, by: approver });
          return hyperV.configure(...order);
        },
      }),
    });
    await stage.ask('drain hyper-v01 to hyper-v02');
    const stopped = await stage.approve(FIVE_MINUTES);
    expect(stopped).toMatchObject({ state: 'stopped', moves: [] });
    expect(stopped.hostSteps.map(({ outcome }) => outcome?.kind)).toEqual(['changed', undefined]);
    expect(migrationOf('hyper-v02')).toEqual(UNPREPARED);
  });
});

describe('hosts that are set up for moves which wait for a window', () => {
  const OPENS = NOW + 3_600_000;

  it('are set up at once, and nothing moves before it opens', async () => {
    await begin(['hyper-v02']);
    await stage.ask('drain hyper-v01 to hyper-v02 --at 03:00');
    await stage.approve(FIVE_MINUTES);
    expect(migrationOf('hyper-v02')).toMatchObject(NEEDED);
    await stage.clock.pass(OPENS - 1_000 - stage.clock.now());
    expect(stage.fabric.at(stage.clock.now()).moves).toEqual([]);
    await stage.clock.pass(FIVE_MINUTES);
    expect(await stage.record()).toMatchObject({ state: 'done' });
  });

  it('have no more time for it because the moves have', async () => {
    let isMute = false;
    const mute = ({ host, at }: HostReading): HostReading => ({
      host,
      at,
      facts: null,
      silent: { code: 'x', message: 'no answer' },
    });
    await begin(['hyper-v02'], {
      around: (hyperV) => ({
        ...hyperV,
        inventory: async (hosts) =>
          (await hyperV.inventory(hosts)).map((each) => (isMute ? mute(each) : each)),
      }),
    });
    await stage.ask('drain hyper-v01 to hyper-v02 --at 03:00');
    isMute = true;
    expect(await stage.approve(40 * 60_000)).toMatchObject({ trouble: { code: 'host.silent' } });
    isMute = false;
    await stage.clock.pass(FIVE_MINUTES);
    expect(await stage.record()).toMatchObject({
      state: 'failed',
      ending: { problem: { code: 'decision.stale' } },
    });
    expect(migrationOf('hyper-v02')).toEqual(UNPREPARED);
  });
});

describe('a host that cannot be set up', () => {
  it('ends the request before anything is moved', async () => {
    await begin(['hyper-v01', 'hyper-v02'], { around: refusing('hyper-v02') });
    await stage.ask('drain hyper-v01 to hyper-v02');
    const before = machinesOn('hyper-v01');
    const ended = await stage.approve(FIVE_MINUTES);
    expect(ended).toMatchObject({ state: 'failed', moves: [] });
    expect(ended.ending?.problem?.summary).toBe('hyper-v02: Access denied.');
    expect(ended.hostSteps.map(({ host, outcome }) => [host, outcome?.kind])).toEqual([
      ['hyper-v01', 'changed'],
      ['hyper-v02', 'failed'],
    ]);
    expect(machinesOn('hyper-v01')).toEqual(before);
  });

  it('makes a new plan where somebody has set it meanwhile and nothing was changed', async () => {
    await begin(['hyper-v02']);
    await stage.ask('drain hyper-v01 to hyper-v02');
    await stage.hyperV.configure('hyper-v02', { enabled: true });
    await stage.approve();
    const again = await stage.record();
    expect(again).toMatchObject({ state: 'waiting', plan: { number: 2 } });
    expect(settingsOf(again)).toEqual([['hyper-v02', 'worker', { auth: 'kerberos' }]]);
  });

  it('makes none where the directory was written for it', async () => {
    await begin(['hyper-v02'], { isDelegated: false });
    await stage.ask('drain hyper-v01 to hyper-v02');
    await stage.hyperV.configure('hyper-v02', { enabled: true });
    const ended = await stage.approve(FIVE_MINUTES);
    expect(ended).toMatchObject({
      state: 'failed',
      moves: [],
      ending: { problem: { code: 'host.overtaken' } },
    });
    expect(stage.directory.modifies).toHaveLength(1);
  });
});

describe('the undo of a request that has set hosts up and moved machines', () => {
  it('sets the hosts back where nothing of the directory was written', async () => {
    await begin(['hyper-v02']);
    await stage.ask('drain hyper-v01 to hyper-v02');
    await stage.approve(FIVE_MINUTES);
    const waiting = await stage.undo();
    expect(settingsOf(waiting)).toEqual([['hyper-v02', 'worker', { enabled: false, auth: 'credssp' }]]);
    expect(await stage.approve()).toMatchObject({ state: 'done' });
    expect(migrationOf('hyper-v02')).toEqual(UNPREPARED);
  });

  it('takes back the delegation, and says of the settings that they stay and how to set them back', async () => {
    await begin(['hyper-v02'], { isDelegated: false });
    await stage.ask('drain hyper-v01 to hyper-v02');
    await stage.approve(FIVE_MINUTES);
    const waiting = await stage.undo();
    expect(waiting.plan?.directory.changes.map(({ kind }) => kind)).toEqual(['delegation-remove']);
    expect(waiting.plan?.hosts.settings).toEqual([]);
    expect(waiting.plan?.verdicts.find(({ check }) => check === 'undo.settings-stay')).toMatchObject({
      verdict: 'warn',
      sentence: 'hyper-v02 stays set up for live migration as R-1001 has left it.',
      remedy: expect.stringContaining("Disable-VMMigration -ComputerName 'hyper-v02'"),
    });
  });
});
