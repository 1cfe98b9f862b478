import type { MoveStep } from '../../../../../src/core/moves/move-step';
import type { RequestRecord } from '../../../../../src/core/request/record';
import type { ChoiceWord } from '../../../../../src/core/request/statement';
import type { Answered } from '../../../../../src/jobs/client';
import { MOVE_POLICY, MoveStage } from '../../../../support/move-stage';
import { requester } from '../../../../support/request-record';
import { OTHER_VENDOR } from '../../../../support/other-vendor';

let stage: MoveStage;
afterEach(() => stage.stop());

const WEB = '00000001-4a7b-4c1d-9e2f-7a6b5c4d3e2f';

async function ask(text: string, changes = OTHER_VENDOR): Promise<RequestRecord> {
  stage = new MoveStage(MOVE_POLICY, changes, { moveLookSeconds: 10 });
  stage.machineRules = [{ match: '*', mayShutDown: true }];
  await stage.begin();
  stage.delegateAll();
  return stage.ask(text);
}

async function choose(name: string, choice: ChoiceWord['choice']): Promise<Answered> {
  const answered = await stage.client.choose({ id: stage.id, machine: name, choice, by: requester });
  await stage.clock.pass(10_000);
  return answered;
}

/** web-01 is shut down to leave and to come back: chosen, approved, and hyper-v01 is empty. */
async function emptied(): Promise<void> {
  await ask('drain hyper-v01 --return');
  await choose('web-01', 'shut-down');
  await stage.approve();
  await untilLeg('service');
}

async function untilLeg(wanted: string): Promise<void> {
  for (let looks = 0; looks < 3_600; looks += 1) {
    const record = await stage.record();
    if (record.rounds.some(({ leg }) => leg === wanted)) return;
    if (record.ending) break;
    await stage.clock.pass(1_000);
  }
  throw new Error(`no round came to ${wanted}: ${JSON.stringify(await stage.record())}`);
}

async function service(host: string): Promise<void> {
  stage.fabric.crash(host, stage.clock.now());
  await stage.clock.pass(240_000);
  stage.fabric.boot(host, 'running', stage.clock.now());
}

/** The journal of one machine is changed as a thief would. */
async function forge(change: Partial<MoveStep>): Promise<void> {
  const { moves } = await stage.record();
  await stage.edit({ moves: moves.map((step) => (step.machine === WEB ? { ...step, ...change } : step)) });
}

describe('a choice in a drain whose machines return', () => {
  it('waits for it, and has a machine shut down, moved cold and started again on both ways', async () => {
    const waiting = await ask('drain hyper-v01 --return');
    expect(waiting).toMatchObject({ state: 'waiting', plan: { number: 1, hosts: { envelope: null } } });
    await expect(stage.approve()).rejects.toThrow('decision.nothing');
    expect(await choose('web-01', 'shut-down')).toMatchObject({ kind: 'recorded' });
    const { plan } = await stage.record();
    expect(plan?.hosts.envelope).toMatchObject({
      returns: true,
      machines: [{ name: 'web-01', first: 'shut-down' }, { name: 'web-02' }],
    });
    await stage.approve();
    await untilLeg('service');
    const { host, state, startedAt } = stage.machine('web-01');
    expect([host === 'hyper-v01', state]).toEqual([false, 'running']);
    await service('hyper-v01');
    await stage.clock.pass(1_200_000);
    expect(await stage.record()).toMatchObject({ state: 'done', rounds: [{ away: 2, returned: 2 }] });
    expect(stage.machine('web-01')).toMatchObject({ host: 'hyper-v01', state: 'running', heartbeat: 'ok' });
    expect(stage.machine('web-01').startedAt).toBeGreaterThan(startedAt);
    // What was off is off, here and there.
    expect(stage.machine('web-02')).toMatchObject({ host: 'hyper-v01', state: 'off' });
    const way = ['machine.intent', 'machine.ready', 'machine.start-intent', 'machine.runs'];
    const told = (await stage.audited()).filter((what) => what.startsWith('machine.'));
    expect(told).toEqual([...way, ...way]);
  });

  it('empties a drive to leave, and has nothing to do to come back', async () => {
    const alone = { 'web-03': { host: 'hyper-v01' }, 'mail-01': { host: 'hyper-v03' } };
    await ask('drain hyper-v02 --rolling', { machines: alone });
    await choose('app-02', 'eject');
    await stage.approve();
    await untilLeg('service');
    expect(stage.machine('app-02')).toMatchObject({ iso: null });
    await service('hyper-v02');
    await stage.clock.pass(1_200_000);
    expect(await stage.record()).toMatchObject({ state: 'done' });
    expect(stage.machine('app-02')).toMatchObject({ host: 'hyper-v02', state: 'running' });
    expect(stage.machine('app-02').startedAt).toBeLessThan(stage.clock.now() - 86_400_000);
    expect((await stage.audited()).filter((what) => what === 'machine.intent')).toHaveLength(1);
  });

  it('is taken back before the approval, and leaves nothing on a host that is to be opened', async () => {
    await ask('drain hyper-v01 --return');
    await choose('web-01', 'shut-down');
    expect(await choose('web-02', 'leave')).toMatchObject({ problem: { code: 'choice.holds' } });
    expect(await choose('web-01', 'leave')).toMatchObject({ kind: 'recorded' });
    expect(await stage.record()).toMatchObject({
      state: 'waiting',
      plan: { number: 3, hosts: { envelope: null } },
    });
    expect(await choose('web-01', 'shut-down')).toMatchObject({ kind: 'recorded' });
    await stage.approve(5_000);
    expect(await choose('web-02', 'leave')).toMatchObject({ problem: { code: 'choice.holds' } });
  });

  it('is refused as before where a machine stays for which nobody can choose', async () => {
    const { machines, ...hosts } = OTHER_VENDOR;
    const pinned = { ...machines, 'web-02': { notes: 'handover: pin' } };
    const refused = await ask('drain hyper-v01 --return', { ...hosts, machines: pinned });
    expect(refused).toMatchObject({ state: 'refused', ending: { problem: { code: 'round.holds' } } });
  });

  it('leaves a machine where it has gone, when somebody says so while its host is serviced', async () => {
    await emptied();
    expect(await choose('web-01', 'leave')).toMatchObject({ kind: 'recorded' });
    await service('hyper-v01');
    await stage.clock.pass(1_200_000);
    expect(await stage.record()).toMatchObject({ state: 'done', rounds: [{ away: 2, returned: 1 }] });
    expect(stage.machine('web-01')).toMatchObject({ state: 'running' });
    expect(stage.machine('web-01').host).not.toBe('hyper-v01');
    expect([...(await stage.ledger.homes()).keys()]).toEqual([WEB]);
    expect((await stage.audited()).filter((what) => what === 'machine.intent')).toHaveLength(1);
  });
});

describe('a machine that is stopped to come back', () => {
  it('is started where it is when its way back breaks', async () => {
    await emptied();
    stage.fabric.spoil(WEB, 'halfway');
    await service('hyper-v01');
    await stage.clock.pass(1_800_000);
    expect(await stage.record()).toMatchObject({ state: 'partial' });
    expect(stage.machine('web-01')).toMatchObject({ state: 'running' });
    expect(stage.machine('web-01').host).not.toBe('hyper-v01');
  });

  it('is started again by another worker when the first dies while it is off', async () => {
    await emptied();
    await service('hyper-v01');
    await untilLeg('back');
    for (let looks = 0; looks < 60 && stage.machine('web-01').state !== 'off'; looks += 1)
      await stage.clock.pass(5_000);
    expect(stage.machine('web-01').state).toBe('off');
    await stage.takeOver((hyperV) => hyperV);
    await stage.clock.pass(1_200_000);
    expect(await stage.record()).toMatchObject({ state: 'done' });
    expect(stage.machine('web-01')).toMatchObject({ host: 'hyper-v01', state: 'running' });
  });

  it('is started again where it is at a stop, and the host is not filled', async () => {
    await emptied();
    await service('hyper-v01');
    await untilLeg('back');
    for (let looks = 0; looks < 60 && !stage.machine('web-01').ending; looks += 1)
      await stage.clock.pass(1_000);
    await stage.client.stop({ id: stage.id, by: requester });
    await stage.clock.pass(600_000);
    expect(await stage.record()).toMatchObject({ state: 'stopped' });
    expect(stage.machine('web-01').state).toBe('running');
  });
});

describe('a journal that somebody has edited', () => {
  /** The way back is due, and nothing of it has begun. */
  async function held(): Promise<void> {
    await emptied();
    await stage.client.pause({ id: stage.id, by: requester });
    await service('hyper-v01');
    await untilLeg('back');
  }

  it.each<[string, Partial<MoveStep>]>([
    ['runs where it was to be shut down', { first: null }],
    ['is saved where it was to be shut down', { first: 'save' }],
    ['has its drive emptied where it was to be shut down', { first: 'eject' }],
  ])('moves nothing back that %s', async (_what, change) => {
    await held();
    const { host, startedAt } = stage.machine('web-01');
    await forge(change);
    await stage.client.resume({ id: stage.id, by: requester });
    await stage.clock.pass(1_200_000);
    const record = await stage.record();
    expect(record).toMatchObject({ state: 'partial', ending: { problem: { code: 'plan.altered' } } });
    expect(stage.machine('web-01')).toMatchObject({ host, state: 'running', startedAt });
  });

  it('has no say in how a machine comes back that is away', async () => {
    await emptied();
    await forge({ first: null });
    await service('hyper-v01');
    await stage.clock.pass(1_200_000);
    expect(await stage.record()).toMatchObject({ state: 'done' });
    expect(stage.machine('web-01')).toMatchObject({ host: 'hyper-v01', state: 'running' });
  });

  it('has no choice that the bot has not signed: nothing comes back by it, and nothing is left', async () => {
    await emptied();
    const { host } = stage.machine('web-01');
    const statement = {
      kind: 'instruction' as const,
      intake: stage.id,
      what: 'choice' as const,
      machine: WEB,
      choice: 'leave' as const,
      by: requester,
      at: stage.clock.now(),
    };
    const { instructions, intake } = await stage.record();
    const forged = { statement, keyId: intake.keyId, signature: '00' };
    await stage.edit({ instructions: [...instructions, forged] });
    await service('hyper-v01');
    await stage.clock.pass(1_200_000);
    expect(await stage.record()).toMatchObject({
      state: 'partial',
      ending: { problem: { code: 'choice.forged' } },
    });
    expect(stage.machine('web-01')).toMatchObject({ host, state: 'running' });
  });

  it('keeps no machine switched off that was told to shut down', async () => {
    await emptied();
    await service('hyper-v01');
    await untilLeg('back');
    await forge({ first: null });
    await stage.clock.pass(1_200_000);
    expect((await stage.record()).ending).toMatchObject({ problem: { code: 'move.not-begun' } });
    expect(stage.machine('web-01').state).toBe('running');
  });
});
