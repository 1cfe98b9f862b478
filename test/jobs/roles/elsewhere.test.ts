import { approved, Stage } from '../../support/directory-stage';
import { policy } from '../../support/request-record';

const VALUES = ['cifs/hyper-v02', 'cifs/hyper-v02.mabofeng.com'];
const servers = ['dc1', 'dc2'] as const;
const minute = 60_000;

async function onTwo(command?: string): Promise<Stage> {
  const stage = new Stage(policy, { servers });
  await stage.start();
  await stage.ask(command);
  await stage.decide();
  return stage;
}

describe('when the writer cannot be reached', () => {
  it('goes on at the other domain controller, and says so', async () => {
    const stage = await onTwo();
    stage.directory.isDown = true;
    await stage.tick();
    expect([stage.directory.modifiedAt, stage.directory.values]).toEqual([['dc2'], VALUES]);
    expect((await stage.record()).steps[0]?.outcome).toMatchObject({ kind: 'changed', server: 'dc2' });
  });

  it('waits with an object that was just written there', async () => {
    const stage = await onTwo();
    await stage.tick();
    await stage.ask('delegate hyper-v01 -> hyper-v03 cifs');
    await stage.decide();
    stage.directory.isDown = true;
    await stage.tick();
    expect(await stage.record()).toMatchObject({ ending: null, trouble: { code: 'directory.waits' } });
    expect(stage.directory.modifiedAt).toEqual(['dc1']);
    stage.directory.isDown = false;
    await stage.clock.pass(20_000);
    await stage.tick();
    expect([(await stage.record()).state, stage.directory.modifiedAt]).toEqual(['done', ['dc1', 'dc1']]);
  });

  it('goes on with it elsewhere once that write has surely replicated', async () => {
    const stage = await onTwo();
    await stage.tick();
    await stage.clock.pass(16 * minute);
    await stage.ask('delegate hyper-v01 -> hyper-v03 cifs');
    await stage.decide();
    stage.directory.isDown = true;
    await stage.tick();
    expect(stage.directory.modifiedAt).toEqual(['dc1', 'dc2']);
  });

  it('keeps an object where it was written meanwhile, although the writer is back', async () => {
    const stage = await onTwo();
    stage.directory.isDown = true;
    await stage.tick();
    stage.directory.isDown = false;
    await stage.clock.pass(20_000);
    await stage.ask('delegate hyper-v01 -> hyper-v03 cifs');
    await stage.decide();
    await stage.tick();
    expect(stage.directory.modifiedAt).toEqual(['dc2', 'dc2']);
  });

  it('never writes elsewhere what may have been written there without an answer', async () => {
    const stage = await onTwo();
    stage.directory.next.push('lost');
    const read = stage.directory.read.bind(stage.directory);
    stage.directory.read = async (guid) => {
      if (stage.directory.modifies.length > 0) stage.directory.isDown = true;
      return read(guid);
    };
    await stage.tick();
    await stage.tick();
    expect(stage.directory.modifiedAt).toEqual(['dc1']);
    stage.directory.read = read;
    stage.directory.isDown = false;
    await stage.clock.pass(20_000);
    await stage.tick();
    expect(await stage.record()).toMatchObject({ state: 'done', steps: [{ outcome: { inferred: true } }] });
    expect(stage.directory.modifiedAt).toEqual(['dc1']);
  });

  it('plans at the other one too', async () => {
    const stage = new Stage(policy, { servers });
    await stage.start();
    stage.directory.isDown = true;
    expect((await stage.ask()).plan?.server).toBe('dc2');
  });
});

describe('until it is on every domain controller', () => {
  it('is watched, then reported as written everywhere', async () => {
    const stage = await onTwo();
    stage.directory.down.add('dc2');
    await stage.tick();
    expect(await stage.record()).toMatchObject({ state: 'running', proof: { converged: 1, servers: 2 } });
    stage.directory.down.delete('dc2');
    await stage.clock.pass(31_000);
    await stage.tick();
    expect(await stage.record()).toMatchObject({ state: 'done', proof: { converged: 2 } });
  });

  it('is reported as not everywhere when the time that replication takes is over', async () => {
    const stage = await onTwo();
    stage.directory.down.add('dc2');
    await stage.tick();
    await stage.clock.pass(16 * minute);
    await stage.tick();
    expect(await stage.record()).toMatchObject({ state: 'done', proof: { converged: 1, servers: 2 } });
  });

  it('is stuck, with an alarm, when an edit elsewhere has won', async () => {
    const stage = await onTwo();
    stage.directory.down.add('dc2');
    await stage.tick();
    stage.directory.values = ['cifs/theirs'];
    await stage.clock.pass(31_000);
    await stage.tick();
    expect(await stage.record()).toMatchObject({
      state: 'stuck',
      ending: { problem: { code: 'write.lost' } },
    });
  });
});

it('one domain controller behaves as before', async () => {
  const stage = await approved();
  stage.directory.isDown = true;
  await stage.tick();
  expect((await stage.record()).trouble?.code).toBe('directory.unreachable');
});
