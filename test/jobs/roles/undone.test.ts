import { approved, type Stage } from '../../support/directory-stage';
import { approver, policy } from '../../support/request-record';

const VALUES = ['cifs/hyper-v02', 'cifs/hyper-v02.mabofeng.com'];
const rules = {
  ...policy,
  'delegation-remove': { requesters: 'anyone' as const, approvers: [approver.user], quorum: 1 },
};

async function carryOut(stage: Stage): Promise<void> {
  await stage.decide();
  await stage.tick();
}

async function undo(stage: Stage): Promise<void> {
  const parent = await stage.record();
  await stage.ask(`undo ${parent.label}`, parent);
}

describe('undo', () => {
  it('takes back what the request added, and nothing else', async () => {
    const stage = await approved(rules);
    stage.directory.values = ['cifs/before'];
    await stage.tick();
    await carryOut(stage);
    stage.directory.values = [...stage.directory.values, 'cifs/since'];
    await undo(stage);
    stage.prove = () => Promise.resolve('refused');
    await carryOut(stage);
    expect((await stage.record()).state).toBe('done');
    expect(stage.directory.values.toSorted()).toEqual(['cifs/before', 'cifs/since']);
  });

  it('takes back a write that was only inferred', async () => {
    const stage = await approved(rules);
    stage.directory.next.push('lost');
    await stage.tick();
    await undo(stage);
    await carryOut(stage);
    expect(stage.directory.values).toEqual([]);
  });

  it('leaves alone what somebody else has taken away since', async () => {
    const stage = await approved(rules);
    await stage.tick();
    stage.directory.values = [VALUES[1] ?? ''];
    await undo(stage);
    expect((await stage.record()).plan?.directory.changes).toMatchObject([{ remove: [VALUES[1]] }]);
  });

  it('gives back what a removal took', async () => {
    const stage = await approved(rules);
    await stage.tick();
    const added = stage.directory.values;
    await stage.ask('undelegate hyper-v01 -> hyper-v02');
    await carryOut(stage);
    expect(stage.directory.values).toEqual([]);
    await undo(stage);
    expect(await stage.record()).toMatchObject({
      state: 'waiting',
      plan: { directory: { changes: [{ add: added }] } },
    });
    await carryOut(stage);
    expect(stage.directory.values).toEqual(added);
  });

  it('of another request than the signed one is refused', async () => {
    const stage = await approved(rules);
    await stage.tick();
    const parent = await stage.record();
    expect(await stage.ask('undo R-1999', parent)).toMatchObject({
      state: 'refused',
      ending: { problem: { code: 'undo.unknown' } },
    });
  });

  it('needs the rule for removals, as any removal', async () => {
    const stage = await approved(policy);
    await stage.tick();
    await undo(stage);
    expect(await stage.record()).toMatchObject({
      state: 'refused',
      ending: { problem: { code: 'request.not-allowed' } },
    });
  });

  it('follows the journal only as far as a plan that was approved', async () => {
    const stage = await approved(rules);
    stage.directory.values = [];
    await stage.tick();
    stage.directory.values = [...VALUES, 'cifs/somebody'];
    await undo(stage);
    const before = await stage.record();
    expect(before.plan?.directory.changes).toMatchObject([{ remove: VALUES }]);
    await stage.decide();
    stage.directory.values = [...VALUES, 'cifs/somebody', 'cifs/more'];
    await stage.tick();
    expect(await stage.record()).toMatchObject({ state: 'waiting', plan: { number: 2 } });
    expect(stage.directory.values).toContain('cifs/somebody');
  });
});
