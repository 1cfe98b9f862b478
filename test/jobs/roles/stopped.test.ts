import { approved, type Stage } from '../../support/directory-stage';
import { policy } from '../../support/request-record';
import { stop } from '../../support/say-stop';

const MESH = 'delegate mesh hyper-v01,hyper-v02,hyper-v03 cifs';

/** Says stop while the first modify is under way. */
function stopDuringFirstModify(stage: Stage): void {
  const modify = stage.directory.modify.bind(stage.directory);
  let isSaid = false;
  stage.directory.modify = async (change) => {
    if (!isSaid) await stop(stage);
    isSaid = true;
    return modify(change);
  };
}

describe('a request that somebody stops', () => {
  it('finishes the step in flight and begins no other', async () => {
    const stage = await approved(policy, MESH);
    stopDuringFirstModify(stage);
    await stage.tick();
    const { state, steps, ending } = await stage.record();
    expect([state, ending?.problem]).toEqual(['stopped', null]);
    expect(steps.map(({ outcome }) => outcome?.kind ?? null)).toEqual(['changed', null, null]);
    expect(stage.directory.modifies).toHaveLength(1);
    // The others had begun together with it, and nothing of them was sent.
    expect(steps.map(({ intent }) => intent !== null)).toEqual([true, false, false]);
    expect(await stage.audit()).toContain('intent.withdrawn');
  });

  it('keeps the intent of what it had begun when its lease is over: somebody else may have taken it up', async () => {
    const stage = await approved(policy, MESH);
    const modify = stage.directory.modify.bind(stage.directory);
    stage.directory.modify = async (change) => {
      const answer = await modify(change);
      if (stage.directory.modifies.length === 1) await stage.clock.pass(9_000);
      return answer;
    };
    await stage.tick();
    expect(await stage.audit()).not.toContain('intent.withdrawn');
    expect((await stage.record()).steps.map(({ outcome }) => outcome?.kind)).toEqual(
      Array(3).fill('changed'),
    );
  });

  it('resolves a step whose end nobody saw before it says what is changed', async () => {
    const stage = await approved(policy, MESH);
    stage.directory.next.push('lost');
    const read = stage.directory.read.bind(stage.directory);
    stage.directory.read = async (guid) => {
      if (stage.directory.modifies.length > 0) stage.directory.isDown = true;
      return read(guid);
    };
    await stage.tick();
    stage.directory.read = read;
    await stop(stage);
    stage.directory.isDown = false;
    await stage.clock.pass(20_000);
    await stage.tick();
    const { state, steps } = await stage.record();
    expect(state).toBe('stopped');
    expect(steps[0]?.outcome).toMatchObject({ kind: 'changed', inferred: true });
    expect(stage.directory.modifies).toHaveLength(1);
  });

  it('writes nothing when it was only approved', async () => {
    const stage = await approved(policy, MESH);
    await stop(stage);
    await stage.tick();
    expect([(await stage.record()).state, stage.directory.modifies]).toEqual(['stopped', []]);
  });

  it('is done all the same when its last step was in flight', async () => {
    const stage = await approved();
    stopDuringFirstModify(stage);
    await stage.tick();
    expect((await stage.record()).state).toBe('done');
  });
});
