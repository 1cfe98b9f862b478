import type { Times } from '../../../../../src/core/settings';
import { MOVE_POLICY, MoveStage } from '../../../../support/move-stage';
import { approver, requester } from '../../../../support/request-record';

let stage: MoveStage;
afterEach(() => stage.stop());

/** All hosts may delegate to all others. */
async function begin(own: Partial<Times> = {}): Promise<void> {
  stage = await new MoveStage(MOVE_POLICY, {}, { moveLookSeconds: 10, ...own }).begin();
  stage.delegateAll();
  // It cannot move, and so would keep its host from being emptied.
  const { machines } = stage.fabric.at(stage.clock.now());
  for (const { id, iso } of machines) if (iso !== null) stage.fabric.eject(id);
}

/** A host that is taken down, and comes up again as it is said. */
async function service(host: string, vmms: 'running' | 'stopped' = 'running'): Promise<void> {
  stage.fabric.crash(host, stage.clock.now());
  await stage.clock.pass(240_000);
  stage.fabric.boot(host, vmms, stage.clock.now());
}

/** Lets time pass until a host is empty and waits for its service. */
async function emptied(host: string): Promise<void> {
  for (let minute = 0; minute < 60; minute += 1) {
    const { rounds } = await stage.record();
    if (rounds.some(({ hosts, leg }) => hosts.includes(host) && leg === 'service')) return;
    await stage.clock.pass(60_000);
  }
  throw new Error(`${host} was never emptied: ${JSON.stringify(await stage.record())}`);
}

const legs = async (): Promise<readonly string[]> => (await stage.record()).rounds.map(({ leg }) => leg);

describe('/drain --rolling', () => {
  it('empties hosts one after the other, waits for each to be back and well, and fills it again', async () => {
    await begin();
    const before = ['hyper-v01', 'hyper-v02'].map((host) => stage.machinesOn(host));
    const waiting = await stage.ask('drain hyper-v01,hyper-v02 --rolling');
    expect(waiting).toMatchObject({ state: 'waiting', trouble: null });
    expect(waiting.plan?.forecast?.summary[0]).toMatch(
      /^\d+ machines of 2 hosts away and back, one host after the other$/,
    );
    await stage.approve();
    await emptied('hyper-v01');
    expect(stage.machinesOn('hyper-v01')).toEqual([]);
    expect(await legs()).toEqual(['service', 'next']);
    await service('hyper-v01');
    await emptied('hyper-v02');
    expect(stage.machinesOn('hyper-v01')).toEqual(expect.arrayContaining([...(before[0] ?? [])]));
    expect(stage.machinesOn('hyper-v02')).toEqual([]);
    await service('hyper-v02');
    await stage.clock.pass(1_200_000);
    const done = await stage.record();
    expect(done).toMatchObject({ state: 'done', trouble: null });
    expect(await legs()).toEqual(['over', 'over']);
    expect(['hyper-v01', 'hyper-v02'].map((host) => stage.machinesOn(host))).toEqual(before);
    expect((await stage.ledger.homes()).size).toBe(0);
  });

  it('does not take a host for back that has not booted, and goes on when somebody says that it is back', async () => {
    await begin();
    await stage.ask('drain hyper-v01 --return');
    await stage.approve();
    await emptied('hyper-v01');
    await stage.clock.pass(1_800_000);
    expect(await legs()).toEqual(['service']);
    await stage.client.hostBack({ id: stage.id, round: 0, by: requester });
    await stage.clock.pass(600_000);
    expect(await stage.record()).toMatchObject({ state: 'done' });
    expect(stage.machinesOn('hyper-v01')).toHaveLength(4);
  });

  it('believes nobody who may not ask for it, and no word that the bot has not signed', async () => {
    await begin();
    await stage.ask('drain hyper-v01 --return');
    await stage.approve();
    await emptied('hyper-v01');
    const statement = {
      kind: 'instruction' as const,
      intake: stage.id,
      what: 'host-back' as const,
      round: 0,
      by: approver,
      at: stage.clock.now() + 1,
    };
    const { keyId } = (await stage.record()).intake;
    await stage.edit({ instructions: [{ statement, keyId, signature: '00' }] });
    await stage.clock.pass(1_800_000);
    expect(await legs()).toEqual(['service']);
  });

  it('stops at a host that comes up without Hyper-V, leaves its machines where they run, and begins no other', async () => {
    await begin();
    await stage.ask('drain hyper-v01,hyper-v02 --rolling');
    await stage.approve();
    await emptied('hyper-v01');
    await service('hyper-v01', 'stopped');
    await stage.clock.pass(120_000);
    expect((await stage.record()).trouble).toMatchObject({
      code: 'host.unwell',
      summary: expect.stringContaining('vmms'),
    });
    await stage.clock.pass(900_000);
    const record = await stage.record();
    expect(record).toMatchObject({ state: 'partial', ending: { problem: { code: 'round.unwell' } } });
    expect(await legs()).toEqual(['service', 'next']);
    expect(stage.machinesOn('hyper-v01')).toEqual([]);
    expect(stage.machinesOn('hyper-v02').length).toBeGreaterThan(0);
    expect((await stage.ledger.homes()).size).toBe(4);
  });

  it('waits for a host that boots twice', async () => {
    await begin();
    await stage.ask('drain hyper-v01 --return');
    await stage.approve();
    await emptied('hyper-v01');
    await service('hyper-v01');
    await stage.clock.pass(5_000);
    await service('hyper-v01');
    expect(await legs()).toEqual(['service']);
    await stage.clock.pass(900_000);
    expect(await stage.record()).toMatchObject({ state: 'done' });
  });

  it('says that a host was not back in time, and not that a machine which has left it is unwell', async () => {
    await begin();
    stage.fabric.spoil(stage.machine('web-01').id, 'unreachable');
    await stage.ask('drain hyper-v01 --return');
    await stage.approve();
    await emptied('hyper-v01');
    expect((await stage.move('web-01'))?.outcome?.problem?.code).toBe('move.unhealthy');
    await stage.clock.pass(13 * 3_600_000);
    expect(await stage.record()).toMatchObject({
      state: 'partial',
      ending: { problem: { code: 'round.not-back' } },
    });
  });

  it('refuses a plan in which a host could not be emptied', async () => {
    stage = await new MoveStage().begin();
    stage.delegateAll();
    const refused = await stage.ask('drain hyper-v02 --rolling --no-storage');
    expect(refused.state).toBe('refused');
    expect(refused.plan?.verdicts).toContainEqual(
      expect.objectContaining({ check: 'round.holds', sentence: expect.stringContaining('app-02 stays') }),
    );
  });

  it('has the delegations of both ways in its plan', async () => {
    stage = await new MoveStage().begin();
    const waiting = await stage.ask('drain hyper-v01 to hyper-v03 --return');
    expect(waiting.plan?.directory.changes.map(({ name }) => name).toSorted()).toEqual([
      'hyper-v01',
      'hyper-v03',
    ]);
    await stage.approve();
    await emptied('hyper-v01');
    await service('hyper-v01');
    await stage.clock.pass(1_200_000);
    expect(await stage.record()).toMatchObject({ state: 'done' });
    expect(stage.machinesOn('hyper-v01')).toHaveLength(4);
  });

  it('begins no round for which the time is too short', async () => {
    await begin({ endMinutes: 60 });
    await stage.ask('drain hyper-v01,hyper-v02 --rolling');
    await stage.approve();
    await emptied('hyper-v01');
    // Fifty of the sixty minutes that the approval has.
    await stage.clock.pass(3_000_000);
    await service('hyper-v01');
    await stage.clock.pass(600_000);
    const record = await stage.record();
    expect(record).toMatchObject({ state: 'partial', ending: { problem: { code: 'round.too-late' } } });
    expect(await legs()).toEqual(['over', 'next']);
    expect(stage.machinesOn('hyper-v01')).toHaveLength(4);
  });

  it('ends at a stop after the moves that go on, and says which hosts wait for their machines', async () => {
    await begin();
    await stage.ask('drain hyper-v01,hyper-v02 --rolling');
    await stage.approve();
    await emptied('hyper-v01');
    await stage.client.stop({ id: stage.id, by: requester });
    await stage.clock.pass(120_000);
    expect(await stage.record()).toMatchObject({ state: 'stopped' });
    expect(stage.machinesOn('hyper-v01')).toEqual([]);
  });
});
