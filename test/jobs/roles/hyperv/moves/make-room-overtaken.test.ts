import { GB } from '../../../../../lab/hyperv/model';
import { MOVE_POLICY, MoveStage } from '../../../../support/move-stage';
import { requester } from '../../../../support/request-record';

let stage: MoveStage;
afterEach(() => stage.stop());

const WEB = '00000005-4a7b-4c1d-9e2f-7a6b5c4d3e2f';
const COMMAND = 'drain hyper-v01 --make-room';

const machine = (name: string) =>
  stage.fabric.at(stage.clock.now()).machines.find((each) => each.name === name);

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
    for (let looks = 0; looks < 300 && machine('sql-01')?.state !== 'off'; looks += 1)
      await stage.clock.pass(1_000);
    expect((await stage.move('web-03'))?.outcome?.kind).toBe('failed');
    stage.fabric.spoil(WEB, 'hangs');
    expect(await stage.client.retryFailed({ id: stage.id, by: requester })).toMatchObject({
      kind: 'recorded',
    });
    await stage.clock.pass(300_000);
    expect(machine('sql-01')).toMatchObject({ host: 'hyper-v02', state: 'running' });
  });
});
