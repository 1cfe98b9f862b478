import type { HyperV } from '../../../../../src/core/hyperv-port';
import { GB } from '../../../../../lab/hyperv/model';
import { fullStage } from '../../../../support/full-stage';
import { MOVE_POLICY, MoveStage } from '../../../../support/move-stage';
import { approver, requester } from '../../../../support/request-record';

let stage: MoveStage;
afterEach(() => stage.stop());

const WEB = '00000005-4a7b-4c1d-9e2f-7a6b5c4d3e2f';
const COMMAND = 'drain hyper-v01 --make-room';

/** Says from some moment on that web-03 has something in its drive, which keeps it where it is. */
function blocking(isBlocked: () => boolean): (hyperV: HyperV) => HyperV {
  return (hyperV) => ({
    ...hyperV,
    async inventory(hosts) {
      const readings = await hyperV.inventory(hosts);
      if (!isBlocked()) return readings;
      return readings.map((each) => {
        if (!each.facts) return each;
        const machines = each.facts.machines.map((one) =>
          one.id === WEB ? { ...one, dvd: 'D:\\ISO\\setup.iso' } : one,
        );
        return { ...each, facts: { ...each.facts, machines } };
      });
    },
  });
}

describe('a drain whose room is made otherwise', () => {
  it('is done when somebody has moved what was to make room to a third host', async () => {
    stage = await fullStage({ isLarger: true });
    await stage.ask('drain hyper-v01 to hyper-v02,hyper-v03 --make-room');
    await stage.hyperV.start({ machine: WEB, from: 'hyper-v02', to: 'hyper-v04', storage: null });
    await stage.clock.pass(120_000);
    expect(stage.hostOf('web-03')).toBe('hyper-v04');
    await stage.approve(300_000);
    expect(await stage.record()).toMatchObject({
      state: 'done',
      remaining: [{ host: 'hyper-v01', machines: [] }],
    });
    expect((await stage.move('web-03'))?.outcome).toMatchObject({
      kind: 'left',
      problem: {
        summary:
          'web-03 is not on hyper-v02 any more: somebody else has moved or removed it, so its room is free.',
      },
    });
    expect(stage.hostOf('web-03')).toBe('hyper-v04');
  });

  it('leaves what cannot make room where the others need none after planning anew', async () => {
    let isBlocked = false;
    stage = await fullStage({ around: blocking(() => isBlocked) });
    await stage.ask(COMMAND);
    isBlocked = true;
    stage.fabric.configure('hyper-v03', { memoryBytes: 64 * GB });
    await stage.approve(300_000);
    expect(stage.hostOf('sql-01')).toBe('hyper-v03');
    expect((await stage.move('web-03'))?.outcome).toMatchObject({
      kind: 'left',
      problem: { code: 'room.unwanted' },
    });
    expect(await stage.record()).toMatchObject({ state: 'done', replans: 1 });
  });

  it('fails for what has failed, and not for room that nobody needed', async () => {
    stage = await fullStage();
    await stage.ask(`${COMMAND} --at 02:20`);
    await stage.approve(1_000);
    const tiny = stage.machine('tiny-01').id;
    stage.fabric.spoil(tiny, 'halfway');
    await stage.client.choose({ id: stage.id, machine: 'sql-01', choice: 'leave', by: approver });
    await stage.clock.pass(1_800_000);
    expect((await stage.move('web-03'))?.outcome?.problem?.code).toBe('room.unwanted');
    const { state, ending } = await stage.record();
    expect(state).toBe('failed');
    expect(ending?.problem?.summary).toContain('tiny-01');
  });
});

describe('a machine that was stopped for its move', () => {
  it('waits for no room that somebody has tried to make once more', async () => {
    const amd = { memoryBytes: 64 * GB, vendor: 'amd' as const };
    const away = { host: 'hyper-v04' };
    stage = new MoveStage(MOVE_POLICY, {
      hosts: { 'hyper-v02': amd, 'hyper-v03': { ...amd, memoryBytes: 30 * GB } },
      machines: { 'web-01': away, 'web-02': away, 'app-01': away, 'mail-01': away },
    });
    const pinned = ['build-01', 'file-01'].map((match) => ({ match, pin: true }));
    stage.machineRules = [{ match: '*', mayShutDown: true }, ...pinned];
    await stage.begin();
    stage.delegateAll();
    await stage.ask(COMMAND);
    await stage.client.choose({ id: stage.id, machine: 'sql-01', choice: 'shut-down', by: requester });
    stage.fabric.configure('hyper-v02', { memoryBytes: 30 * GB });
    await stage.clock.pass(10_000);
    const { plan } = await stage.record();
    expect(plan?.forecast?.moves.map(({ name }) => name)).toEqual(['web-03', 'sql-01']);
    // What was to make room fails, and there is room without it.
    stage.fabric.spoil(WEB, 'halfway');
    await stage.approve(1_000);
    stage.fabric.configure('hyper-v02', { memoryBytes: 64 * GB });
    for (let looks = 0; looks < 300 && stage.machine('sql-01').state !== 'off'; looks += 1)
      await stage.clock.pass(1_000);
    expect((await stage.move('web-03'))?.outcome?.kind).toBe('failed');
    stage.fabric.spoil(WEB, 'hangs');
    expect(await stage.client.retryFailed({ id: stage.id, by: requester })).toMatchObject({
      kind: 'recorded',
    });
    await stage.clock.pass(300_000);
    expect(stage.machine('sql-01')).toMatchObject({ host: 'hyper-v02', state: 'running' });
  });
});
