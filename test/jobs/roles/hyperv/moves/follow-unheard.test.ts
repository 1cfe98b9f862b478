import { MOVE_POLICY, MoveStage } from '../../../../support/move-stage';
import { requester } from '../../../../support/request-record';
import { OTHER_VENDOR } from '../../../../support/other-vendor';

let stage: MoveStage;
afterEach(() => stage.stop());

const WEB = '00000001-4a7b-4c1d-9e2f-7a6b5c4d3e2f';

/** web-01 of hyper-v01 is to be shut down for its move, which somebody has chosen. */
async function chosen(): Promise<void> {
  stage = new MoveStage(MOVE_POLICY, OTHER_VENDOR);
  stage.machineRules = [{ match: '*', mayShutDown: true }];
  await stage.begin();
  stage.delegateAll();
  await stage.ask('drain hyper-v01');
  await stage.client.choose({ id: stage.id, machine: 'web-01', choice: 'shut-down', by: requester });
  await stage.clock.pass(10_000);
}

async function until(isSo: () => Promise<boolean>): Promise<void> {
  for (let looks = 0; looks < 3_000; looks += 1) {
    if (await isSo()) return;
    await stage.clock.pass(100);
  }
  throw new Error('it never was so');
}

describe('a machine that was stopped for its move', () => {
  it('is started again where it was when its destination ends while it shuts down', async () => {
    await chosen();
    await stage.approve(15_000);
    const { to = '', readied } = (await stage.move('web-01')) ?? {};
    expect(readied).toMatchObject({ doneAt: null });
    stage.fabric.crash(to, stage.clock.now());
    await stage.clock.pass(900_000);
    expect(stage.machine('web-01')).toMatchObject({ host: 'hyper-v01', state: 'running' });
    expect((await stage.move('web-01'))?.outcome?.problem?.code).toBe('move.not-begun');
    expect((await stage.record()).ending).not.toBeNull();
  });

  it('is told to a person when its destination ends during its move: it may be there too', async () => {
    await chosen();
    stage.fabric.spoil(WEB, 'hangs');
    await stage.approve(1_000);
    await until(async () => (await stage.move('web-01'))?.intent !== null);
    const { to = '' } = (await stage.move('web-01')) ?? {};
    stage.fabric.crash(to, stage.clock.now());
    await stage.clock.pass(1_800_000);
    expect(stage.machine('web-01')).toMatchObject({ host: 'hyper-v01', state: 'off' });
    expect(await stage.record()).toMatchObject({
      state: 'stuck',
      ending: { problem: { code: 'machine.not-started' } },
    });
    expect((await stage.record()).ending?.problem?.summary).toBe(
      `web-01 was stopped for its move and is off on hyper-v01. It was not started, since ${to} does not answer and may have it too.`,
    );
  });

  it('is told to a person when the host that it has left ends before it is started', async () => {
    await chosen();
    await stage.approve(1_000);
    await until(() => Promise.resolve(stage.machine('web-01').host !== 'hyper-v01'));
    const { host } = stage.machine('web-01');
    stage.fabric.crash('hyper-v01', stage.clock.now());
    await stage.clock.pass(1_800_000);
    expect(stage.machine('web-01')).toMatchObject({ host, state: 'off' });
    expect((await stage.record()).ending?.problem?.summary).toMatch(
      new RegExp(`^web-01 was stopped for its move and is off on ${host}`),
    );
  });

  it('is started as ever when a host was silent for a short while', async () => {
    await chosen();
    await stage.approve(1_000);
    await until(() => Promise.resolve(stage.machine('web-01').host !== 'hyper-v01'));
    stage.fabric.crash('hyper-v01', stage.clock.now());
    await stage.clock.pass(120_000);
    stage.fabric.boot('hyper-v01', 'running', stage.clock.now());
    await stage.clock.pass(600_000);
    expect(stage.machine('web-01').state).toBe('running');
    expect(await stage.record()).toMatchObject({ state: 'done' });
  });

  it('is not forgotten where a broken move has left it at both hosts', async () => {
    await chosen();
    stage.fabric.spoil(WEB, 'both-sides');
    await stage.approve(600_000);
    expect(await stage.record()).toMatchObject({ state: 'stuck' });
    expect((await stage.record()).ending?.problem?.summary).toContain(
      'It was stopped for its move: see that it runs again when that is put right.',
    );
  });
});
