import { listChanges } from '../../../src/core/delegation/powers';
import { reversalId } from '../../../src/core/request/new-record';
import type { RequestRecord } from '../../../src/core/request/record';
import { newStep } from '../../../src/jobs/roles/directory/journal';
import { approved, type Stage } from '../../support/directory-stage';
import { approver, policy } from '../../support/request-record';

const HOUR = 3_600_000;
const VALUES = ['cifs/hyper-v02', 'cifs/hyper-v02.mabofeng.com'];
const FOR_8H = 'delegate hyper-v01 -> hyper-v02 cifs --for 8h';
const rules = {
  ...policy,
  'delegation-remove': { requesters: 'anyone' as const, approvers: [approver.user], quorum: 1 },
};

async function temporary(): Promise<{ stage: Stage; parent: RequestRecord }> {
  const stage = await approved(rules, FOR_8H);
  await stage.tick();
  return { stage, parent: await stage.record() };
}

async function reversalOf(stage: Stage, parent: RequestRecord): Promise<RequestRecord> {
  const record = await stage.ledger.read(reversalId(parent.id, parent.plan?.number ?? 0));
  if (!record) throw new Error('there is no reversal');
  return record;
}

describe('a delegation for a time', () => {
  it('is there until its time is over, counted from the write, and then is not', async () => {
    const { stage, parent } = await temporary();
    expect([parent.state, stage.directory.values]).toEqual(['done', VALUES]);
    const reversal = await reversalOf(stage, parent);
    expect(reversal).toMatchObject({ state: 'approved', reverses: { due: parent.until } });
    expect((parent.until ?? 0) - (parent.steps[0]?.intent?.at ?? 0)).toBe(8 * HOUR);
    await stage.clock.pass(8 * HOUR - 60_000);
    await stage.tick();
    expect(stage.directory.values).toEqual(VALUES);
    stage.prove = () => Promise.resolve('refused');
    await stage.clock.pass(60_000);
    await stage.tick();
    expect(stage.directory.values).toEqual([]);
    expect(await reversalOf(stage, parent)).toMatchObject({ state: 'done', proof: { level: 'proved' } });
  });

  it('has its reversal in the ledger before anything is written', async () => {
    const stage = await approved(rules, FOR_8H);
    const modify = stage.directory.modify.bind(stage.directory);
    let isThere = false;
    stage.directory.modify = async (change) => {
      isThere = (await reversalOf(stage, await stage.record())).state === 'approved';
      return modify(change);
    };
    await stage.tick();
    expect(isThere).toBe(true);
  });

  it('warns before it goes, once', async () => {
    const { stage, parent } = await temporary();
    await stage.clock.pass(8 * HOUR - 14 * 60_000);
    await stage.tick();
    await stage.tick();
    const audit = await stage.ledger.audit(reversalId(parent.id, 1));
    expect(audit.filter(({ what }) => what === 'warned')).toHaveLength(1);
    expect(stage.directory.values).toEqual(VALUES);
  });

  it('goes although no worker ran when it was due', async () => {
    const { stage, parent } = await temporary();
    stage.replaceWorker();
    await stage.clock.pass(30 * 24 * HOUR);
    await stage.tick();
    expect([stage.directory.values, (await reversalOf(stage, parent)).state]).toEqual([[], 'done']);
  });

  it('goes on trying while the directory is away, and takes only what it added', async () => {
    const { stage, parent } = await temporary();
    stage.directory.values = [...VALUES, 'cifs/other'];
    stage.directory.isDown = true;
    await stage.clock.pass(9 * HOUR);
    await stage.tick();
    expect((await reversalOf(stage, parent)).ending).toBeNull();
    stage.directory.isDown = false;
    await stage.clock.pass(24 * HOUR);
    await stage.tick();
    expect(stage.directory.values).toEqual(['cifs/other']);
  });

  it('begins again when somebody edits the object while it is taken away', async () => {
    const { stage, parent } = await temporary();
    const modify = stage.directory.modify.bind(stage.directory);
    stage.directory.modify = async (change) => {
      stage.directory.modify = modify;
      stage.directory.values = ['cifs/hyper-v02', 'cifs/other'];
      return modify(change);
    };
    await stage.clock.pass(9 * HOUR);
    await stage.tick();
    await stage.tick();
    expect(stage.directory.values).toEqual(['cifs/other']);
    expect((await reversalOf(stage, parent)).state).toBe('done');
  });

  it('is stuck, with what to do, when the account may not write any more', async () => {
    const { stage, parent } = await temporary();
    stage.directory.next.push('refused');
    await stage.clock.pass(9 * HOUR);
    await stage.tick();
    expect(await reversalOf(stage, parent)).toMatchObject({
      state: 'stuck',
      ending: { problem: { code: 'reversal.stuck' } },
    });
    expect(stage.directory.values).toEqual(VALUES);
  });

  it('takes nothing away before its time, whatever a forged record says', async () => {
    const { stage, parent } = await temporary();
    stage.id = reversalId(parent.id, 1);
    const { reverses } = await stage.record();
    if (!reverses) throw new Error('this is no reversal');
    await stage.edit({ reverses: { ...reverses, due: stage.clock.now() - 1 } });
    await stage.tick();
    expect(stage.directory.values).toEqual(VALUES);
    expect(await stage.record()).toMatchObject({ ending: null, trouble: { code: 'reversal.early' } });
  });

  it('takes nothing away that its parent was not approved for', async () => {
    const { stage, parent } = await temporary();
    stage.directory.values = [...VALUES, 'cifs/other'];
    await stage.clock.pass(8 * HOUR - 2_000);
    const modify = stage.directory.modify.bind(stage.directory);
    stage.id = reversalId(parent.id, 1);
    const take = stage.ledger.takeLease.bind(stage.ledger);
    let isForged = false;
    Object.assign(stage.ledger, {
      takeLease: async (...args: Parameters<typeof take>) => {
        const record = await stage.record();
        const { plan } = record;
        if (plan && !isForged) {
          isForged = true;
          const changes = plan.directory.changes.map((change) => ({
            ...change,
            remove: [...VALUES, 'cifs/other'],
          }));
          const directory = { ...plan.directory, changes } as typeof plan.directory;
          await stage.edit({ plan: { ...plan, directory } });
        }
        return take(...args);
      },
    });
    stage.directory.modify = modify;
    await stage.clock.pass(4_000);
    await stage.tick();
    await stage.tick();
    expect(isForged).toBe(true);
    expect(stage.directory.values).toContain('cifs/other');
  });
});

describe('a forged plan of a reversal', () => {
  it.each([
    ['adds', { add: ['ldap/dc1.mabofeng.com'], remove: [] }],
    ['keeps', { keep: ['cifs/hyper-v02'], remove: [] }],
    ['takes from others', { remove: ['cifs/other'] }],
  ])('%s nothing', async (_, lists) => {
    const { stage, parent } = await temporary();
    stage.directory.values = [...VALUES, 'cifs/other'];
    await stage.clock.pass(8 * HOUR - 1_000);
    stage.id = reversalId(parent.id, 1);
    await stage.clock.pass(2_000);
    const [change] = parent.plan ? listChanges(parent.plan.directory) : [];
    if (!parent.plan || !change) throw new Error('there is no plan');
    const before = stage.directory.values;
    const none = { add: [], keep: [], remove: [] };
    const forged = { ...change, kind: 'delegation-remove' as const, before, ...none, ...lists };
    const directory = { ...parent.plan.directory, changes: [forged], forMs: null };
    await stage.edit({ state: 'running', plan: { ...parent.plan, directory }, steps: [newStep(forged)] });
    await stage.tick();
    expect(stage.directory.values).toEqual(expect.arrayContaining(['cifs/other']));
    expect(stage.directory.values).not.toContain('ldap/dc1.mabofeng.com');
    expect(await stage.record()).toMatchObject({ state: 'stuck' });
  });
});

describe('somebody who wants it for longer', () => {
  it('asks for good: that is a change of its own, approved, and the value then stays', async () => {
    const { stage, parent } = await temporary();
    const keep = await stage.ask('delegate hyper-v01 -> hyper-v02 cifs');
    expect(keep).toMatchObject({
      state: 'waiting',
      plan: { directory: { changes: [{ add: [], keep: VALUES }], destinations: [{ name: 'hyper-v02' }] } },
    });
    await stage.decide();
    await stage.tick();
    expect(await stage.record()).toMatchObject({ state: 'done', steps: [{ outcome: { kept: VALUES } }] });
    await stage.clock.pass(9 * HOUR);
    await stage.tick();
    expect(stage.directory.values).toEqual(VALUES);
    expect((await reversalOf(stage, parent)).state).toBe('already-so');
    expect(stage.directory.modifies).toHaveLength(1);
  });

  it('asks for the time again: it ends later, and the reversal of the extension takes it away', async () => {
    const { stage } = await temporary();
    await stage.clock.pass(4 * HOUR);
    await stage.ask(FOR_8H);
    await stage.decide();
    await stage.tick();
    expect(await stage.record()).toMatchObject({ state: 'done', steps: [{ outcome: { kept: VALUES } }] });
    await stage.clock.pass(5 * HOUR);
    await stage.tick();
    expect(stage.directory.values).toEqual(VALUES);
    await stage.clock.pass(4 * HOUR);
    await stage.tick();
    expect(stage.directory.values).toEqual([]);
  });

  it('asks for less than it stays anyway: nothing is to be done', async () => {
    const { stage } = await temporary();
    expect((await stage.ask('delegate hyper-v01 -> hyper-v02 cifs --for 1h')).state).toBe('already-so');
  });

  it('is not served by a request that nobody approved', async () => {
    const { stage } = await temporary();
    await stage.ask('delegate hyper-v01 -> hyper-v02 cifs');
    await stage.clock.pass(9 * HOUR);
    await stage.tick();
    expect(stage.directory.values).toEqual([]);
  });
});
