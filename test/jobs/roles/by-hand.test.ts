import { approved, Stage } from '../../support/directory-stage';
import { approver, modes, policy, times } from '../../support/request-record';

const VALUES = ['cifs/hyper-v02', 'cifs/hyper-v02.mabofeng.com'];
const BIT = 0x100_0000;
const both = {
  ...policy,
  'trust-mode': { requesters: 'anyone' as const, approvers: [approver.user], quorum: 1 },
};

/** A stage in which a person carries out what is added. */
async function advising(lookSeconds = 30): Promise<Stage> {
  const stage = new Stage();
  stage.times = { ...times, lookSeconds };
  stage.modes = { ...modes, 'delegation-add': 'advise' };
  stage.replaceWorker();
  await stage.start();
  await stage.ask();
  await stage.decide();
  await stage.tick();
  return stage;
}

async function look(stage: Stage): Promise<void> {
  await stage.clock.pass(31_000);
  await stage.tick();
}

describe('what a person carries out', () => {
  it('waits, is seen, and is proved, and the worker writes nothing', async () => {
    const stage = await advising();
    expect((await stage.record()).state).toBe('awaiting-hand');
    await look(stage);
    expect((await stage.record()).state).toBe('awaiting-hand');
    stage.directory.values = VALUES;
    await look(stage);
    const record = await stage.record();
    expect(record).toMatchObject({ state: 'done', proof: { level: 'proved' } });
    expect(record.steps[0]?.outcome).toMatchObject({ kind: 'by-hand', added: VALUES });
    expect(stage.directory.modifies).toEqual([]);
  });

  it('may be done days later, also when another worker sees it', async () => {
    const stage = await advising(3_600);
    await stage.clock.pass(3 * 24 * 3_600_000);
    stage.replaceWorker();
    stage.directory.values = VALUES;
    await stage.clock.pass(3_600_000);
    await stage.tick();
    expect(await stage.record()).toMatchObject({ state: 'done', steps: [{ outcome: { kind: 'by-hand' } }] });
  });

  it('names what is missing as long as only a part is done', async () => {
    const stage = await advising();
    stage.directory.values = VALUES.slice(0, 1);
    await look(stage);
    const { state, trouble } = await stage.record();
    expect([state, trouble?.summary]).toEqual([
      'awaiting-hand',
      'Done in part by hand; this is still missing: cifs/hyper-v02.mabofeng.com of hyper-v01.',
    ]);
  });

  it('is planned again when something else was done instead', async () => {
    const stage = await advising();
    stage.directory.values = ['cifs/other'];
    await look(stage);
    const { state, voided, plan } = await stage.record();
    expect([state, voided.length, plan?.number]).toEqual(['waiting', 1, 2]);
  });

  it('waits for seven days and no longer', async () => {
    const stage = await advising(3_600);
    await stage.clock.pass(7 * 24 * 3_600_000 - 60_000);
    await stage.tick();
    expect((await stage.record()).state).toBe('awaiting-hand');
    await stage.clock.pass(120_000);
    await stage.tick();
    expect(await stage.record()).toMatchObject({
      state: 'failed',
      ending: { problem: { code: 'hand.not-done' } },
    });
  });

  it('counts for nothing when nobody approved it', async () => {
    const stage = new Stage();
    stage.modes = { ...modes, 'delegation-add': 'advise' };
    stage.replaceWorker();
    await stage.start();
    await stage.ask();
    await stage.edit({ state: 'approved' });
    await stage.edit({ state: 'running' });
    stage.directory.values = VALUES;
    await stage.tick();
    expect((await stage.record()).state).toBe('failed');
  });
});

describe('a trust mode', () => {
  async function kerberosOnly(mode: 'act' | 'advise' | 'observe', mayWriteControl = false): Promise<Stage> {
    const stage = new Stage(both, { mayWriteControl });
    stage.directory.setControl('hyper-v01', 0x1000);
    stage.modes = { ...modes, 'trust-mode': mode };
    stage.replaceWorker();
    await stage.start();
    return stage;
  }

  it('is a person’s step by default: the list is written, then the request waits for the bit', async () => {
    const stage = await kerberosOnly('advise');
    const { plan } = await stage.ask();
    expect(plan?.directory.changes.map(({ kind, by }) => [kind, by])).toEqual([
      ['delegation-add', 'worker'],
      ['trust-mode', 'hand'],
    ]);
    await stage.decide();
    await stage.tick();
    expect([(await stage.record()).state, stage.directory.values]).toEqual(['awaiting-hand', VALUES]);
    stage.directory.setControl('hyper-v01', 0x1000 | BIT);
    await look(stage);
    expect(await stage.record()).toMatchObject({
      state: 'done',
      steps: [{ outcome: { kind: 'changed' } }, { outcome: { kind: 'by-hand', trusted: true } }],
    });
  });

  it('is written as one bit where the mode is act', async () => {
    const stage = await kerberosOnly('act', true);
    await stage.ask();
    await stage.decide();
    await stage.tick();
    expect((await stage.record()).state).toBe('done');
    expect(stage.directory.controlOf('hyper-v01')).toBe(0x1000 | BIT);
    expect(stage.directory.modifies[1]).toMatchObject({
      attribute: 'userAccountControl',
      before: 0x1000,
      after: 0x1000 | BIT,
    });
  });

  it('ends with what the account may not do, and what it did', async () => {
    const stage = await kerberosOnly('act', false);
    await stage.ask();
    await stage.decide();
    await stage.tick();
    expect(await stage.record()).toMatchObject({
      state: 'partial',
      ending: { problem: { code: 'directory.access' } },
    });
    expect(stage.directory.values).toEqual(VALUES);
  });

  it('is left alone, with a warning, where nobody may ask for it', async () => {
    const stage = new Stage(policy);
    stage.directory.setControl('hyper-v01', 0x1000);
    await stage.start();
    const { plan } = await stage.ask();
    expect(plan?.directory.changes.map(({ kind }) => kind)).toEqual(['delegation-add']);
    expect(plan?.verdicts).toContainEqual(
      expect.objectContaining({ check: 'source.any-protocol', verdict: 'warn' }),
    );
  });

  it('is only shown in mode observe, and nothing of the request is carried out', async () => {
    const stage = await kerberosOnly('observe');
    const record = await stage.ask('delegate hyper-v01 -> hyper-v02 cifs --protocol any');
    expect(record).toMatchObject({ state: 'refused', ending: { problem: { code: 'mode.observe' } } });
    expect(record.plan?.directory.changes).toHaveLength(2);
  });

  it('that somebody set before the list was written does not make the plan stale', async () => {
    const stage = await kerberosOnly('advise');
    await stage.ask();
    await stage.decide();
    stage.directory.setControl('hyper-v01', 0x1000 | BIT);
    await stage.tick();
    await look(stage);
    expect((await stage.record()).state).toBe('done');
  });
});

it('observe shows the plan, refuses, and writes nothing', async () => {
  const stage = new Stage();
  stage.modes = { ...modes, 'delegation-add': 'observe' };
  stage.replaceWorker();
  await stage.start();
  expect(await stage.ask()).toMatchObject({
    state: 'refused',
    ending: { problem: { code: 'mode.observe' } },
    plan: { directory: { changes: [{ add: VALUES }] } },
  });
});

it('a plan in another mode than the approved one is made anew', async () => {
  const stage = await approved();
  stage.modes = { ...modes, 'delegation-add': 'advise' };
  stage.replaceWorker();
  await stage.tick();
  const { state, voided } = await stage.record();
  expect([state, voided[0]?.sentence]).toEqual([
    'waiting',
    'Who carries it out was changed in handover.yaml since the plan was made.',
  ]);
  expect(stage.directory.modifies).toEqual([]);
});
