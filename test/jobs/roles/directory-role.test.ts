import { listChanges } from '../../../src/core/delegation/powers';
import type { RequestRecord } from '../../../src/core/request/record';
import { approved, Stage } from '../../support/directory-stage';
import { approver, secondApprover, signed } from '../../support/request-record';

const minute = 60_000;
const ADDED = ['cifs/hyper-v02', 'cifs/hyper-v02.mabofeng.com'];
const two = {
  'delegation-add': {
    requesters: 'anyone' as const,
    approvers: [approver.user, secondApprover.user],
    quorum: 2,
  },
};

describe('the directory worker', () => {
  it('writes once, and ends with the proof', async () => {
    const stage = await approved();
    await stage.tick();
    expect(await stage.record()).toMatchObject({ state: 'done', proof: { level: 'proved' } });
    expect([stage.directory.modifies.length, stage.directory.values]).toEqual([1, ADDED]);
  });

  it('finds its own write after a lost answer, and does not write again', async () => {
    const stage = await approved();
    stage.directory.next.push('lost');
    await stage.tick();
    expect((await stage.record()).steps[0]?.outcome).toMatchObject({
      kind: 'changed',
      inferred: true,
      added: ADDED,
    });
    expect(stage.directory.modifies).toHaveLength(1);
  });

  it('says what it may have written even when the directory comes back after the time is over', async () => {
    const stage = await approved();
    stage.directory.next.push('lost');
    const read = stage.directory.read.bind(stage.directory);
    stage.directory.read = async (guid) => {
      if (stage.directory.modifies.length > 0) stage.directory.isDown = true;
      return read(guid);
    };
    await stage.tick();
    stage.directory.read = read;
    await stage.clock.pass(16 * minute);
    stage.directory.isDown = false;
    await stage.tick();
    expect(await stage.record()).toMatchObject({ state: 'done' });
    expect((await stage.record()).steps[0]?.outcome).toMatchObject({ kind: 'changed', added: ADDED });
  });

  it('never holds a first write to more than start-by, whatever a forged plan has shown it', async () => {
    const stage = await approved();
    const genuine = await stage.record();
    if (!genuine.plan) throw new Error('there is no plan');
    const [change] = listChanges(genuine.plan.directory);
    if (!change) throw new Error('there is no change');
    // The forged plan's "after" is what the object holds already.
    const part = {
      ...genuine.plan.directory,
      changes: [{ ...change, before: ['x'], add: [], remove: ['x'] }],
    };
    await stage.edit({ plan: { ...genuine.plan, directory: part }, state: 'running' });
    await stage.queue.put('directory', {
      id: `${genuine.label}-v${genuine.rev + 1}-directory`,
      request: stage.id,
    });
    await stage.tick();
    expect((await stage.record()).state).toBe('failed');
    expect(await stage.audit()).toContain('plan.altered');
    expect(stage.directory.modifies).toEqual([]);
  });

  it('does not carry out a plan that was already false when its card was made, approved or not', async () => {
    const stage = new Stage();
    await stage.start();
    const waiting = await stage.ask();
    const text = JSON.stringify(waiting.plan).replaceAll('hyper-v02', 'dc1');
    await stage.edit({ plan: JSON.parse(text) as NonNullable<RequestRecord['plan']> });
    await stage.decide();
    await stage.tick();
    expect((await stage.record()).state).toBe('failed');
    expect(await stage.audit()).toContain('plan.altered');
    expect(stage.directory.modifies).toEqual([]);
  });

  it('plans again, with votes void, when the object has changed before the first write', async () => {
    const stage = await approved();
    stage.directory.values = ['cifs/other'];
    await stage.tick();
    const again = await stage.record();
    expect([again.state, again.plan?.number, again.voided.map(({ plan }) => plan)]).toEqual([
      'waiting',
      2,
      [1],
    ]);
    expect(again.voided[0]?.sentence).toContain('cifs/other');
    expect(stage.directory.modifies).toEqual([]);
    await stage.decide();
    await stage.tick();
    expect([(await stage.record()).state, stage.directory.values]).toEqual([
      'done',
      ['cifs/other', ...ADDED],
    ]);
  });

  it('gives up when the object has changed before each of four plans', async () => {
    const stage = await approved();
    for (let plan = 1; plan <= 4; plan += 1) {
      stage.directory.values = [`cifs/other${plan}`];
      await stage.tick();
      if (plan < 4) await stage.decide();
    }
    expect(await stage.record()).toMatchObject({
      state: 'stale',
      ending: { problem: { code: 'plan.never-still' } },
    });
    expect(stage.directory.modifies).toEqual([]);
  });

  it('does not begin once start-by has passed', async () => {
    const stage = await approved();
    await stage.edit({ state: 'running' });
    await stage.clock.pass(16 * minute);
    await stage.tick();
    expect((await stage.record()).state).toBe('failed');
    expect(await stage.audit()).toContain('decision.stale');
    expect(stage.directory.modifies).toEqual([]);
  });

  it('does not write again what it wrote and somebody has taken away', async () => {
    const stage = await approved();
    const commit = stage.ledger.commit.bind(stage.ledger);
    stage.ledger.commit = async (seen, change, entry) => {
      if ([entry].flat().some(({ what }) => what === 'outcome')) throw new Error('Redis is away');
      return commit(seen, change, entry);
    };
    await stage.tick();
    stage.ledger.commit = commit;
    expect(stage.directory.values).toEqual(ADDED);
    stage.directory.values = [];
    await stage.tick();
    expect(await stage.record()).toMatchObject({
      state: 'failed',
      ending: { problem: { code: 'write.taken-away' } },
    });
    expect(stage.directory.modifies).toHaveLength(1);
  });

  it('reports as written what a dead worker wrote before somebody else edited the object', async () => {
    const stage = await approved();
    const commit = stage.ledger.commit.bind(stage.ledger);
    stage.ledger.commit = async (seen, change, entry) => {
      if ([entry].flat().some(({ what }) => what === 'outcome')) throw new Error('killed');
      return commit(seen, change, entry);
    };
    await stage.tick();
    stage.ledger.commit = commit;
    stage.replaceWorker();
    stage.directory.values = [...stage.directory.values, 'cifs/other'];
    await stage.tick();
    const { state, steps } = await stage.record();
    expect([state, steps[0]?.outcome?.added]).toEqual(['partial', ADDED]);
  });

  it('asks a busy server again at the sweeper’s pace', async () => {
    const stage = await approved();
    for (let at = 0; at < 50; at += 1) stage.directory.next.push('busy');
    const before = stage.jobs;
    for (let tick = 0; tick < 5; tick += 1) await stage.tick();
    expect(stage.directory.modifies.length).toBeLessThanOrEqual(5);
    expect(stage.jobs - before).toBeLessThanOrEqual(8);
    expect((await stage.record()).trouble?.code).toBe('directory.busy');
    stage.directory.next.length = 0;
    await stage.tick();
    expect(await stage.record()).toMatchObject({ state: 'done', trouble: null });
  });

  it('asks again at the sweeper’s pace while bot and worker read different rules, then fails', async () => {
    const stage = await approved();
    const record = await stage.record();
    const decisions = record.decisions.map(({ statement }) =>
      signed({ ...statement, rules: 'f'.repeat(64) }),
    );
    await stage.edit({ decisions });
    const before = stage.jobs;
    for (let tick = 0; tick < 4; tick += 1) await stage.tick();
    expect((await stage.record()).trouble?.code).toBe('policy.disagrees');
    expect(stage.jobs - before).toBeLessThanOrEqual(8);
    await stage.clock.pass(5 * minute);
    await stage.tick();
    expect(await stage.record()).toMatchObject({
      state: 'failed',
      ending: { problem: { code: 'policy.disagrees' } },
    });
  });

  it('starts the clock with the decision that completes the quorum', async () => {
    const stage = new Stage(two);
    await stage.start();
    await stage.ask();
    await stage.decide(approver, 'waiting');
    await stage.clock.pass(20 * minute);
    await stage.decide(secondApprover);
    await stage.tick();
    expect((await stage.record()).state).toBe('done');
  });

  it('ends as failed with the directory’s own words when the write is refused', async () => {
    const stage = await approved();
    stage.directory.next.push('refused');
    await stage.tick();
    expect(await stage.record()).toMatchObject({
      state: 'failed',
      ending: { problem: { summary: 'dc1 refused.', remedy: 'Grant it.' } },
    });
  });

  it('takes back what it wrote when the request was ended meanwhile, with an alarm', async () => {
    const stage = await approved();
    const modify = stage.directory.modify.bind(stage.directory);
    stage.directory.modify = async (change) => {
      const answer = await modify(change);
      const record = await stage.record();
      if (!record.ending) await stage.edit({ state: 'failed', ending: { problem: null, at: 0 } });
      return answer;
    };
    await stage.tick();
    expect(stage.directory.values).toEqual([]);
    expect(await stage.audit()).toEqual(
      expect.arrayContaining(['alarm.added-after-end', 'alarm.taken-back']),
    );
  });
});
