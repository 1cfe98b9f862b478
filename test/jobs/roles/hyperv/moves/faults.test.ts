import type { MoveFault } from '../../../../../lab/hyperv/model';
import type { HyperV } from '../../../../../src/core/hyperv-port';
import { MoveStage } from '../../../../support/move-stage';

let stage: MoveStage;
afterEach(() => stage.stop());

/** A request to move web-01 that is approved and goes wrong in this way. */
async function moved(fault: MoveFault | null, around?: (hyperV: HyperV) => HyperV): Promise<void> {
  stage = await new MoveStage().begin(around);
  stage.delegate(['hyper-v01', 'hyper-v02']);
  await stage.ask('migrate web-01 -> hyper-v02');
  if (fault) stage.fabric.spoil('00000001-4a7b-4c1d-9e2f-7a6b5c4d3e2f', fault);
  await stage.approve();
}

/** How often each machine is anywhere, copies not counted. */
const count = (name: string): number =>
  stage.fabric.at(stage.clock.now()).machines.filter((machine) => machine.name === name).length;

describe('a move that goes wrong', () => {
  it('is not begun again when its answer is lost, and is found to have been carried out', async () => {
    let starts = 0;
    await moved('reply-lost', (hyperV) => ({
      ...hyperV,
      start(order) {
        starts += 1;
        return hyperV.start(order);
      },
    }));
    await stage.clock.pass(120_000);
    expect(await stage.record()).toMatchObject({ state: 'done' });
    expect(stage.hostOf('web-01')).toBe('hyper-v02');
    expect(starts).toBe(1);
  });

  it('ends as failed, with the machine where it was and the diagnosis, when it breaks half way', async () => {
    await moved('halfway');
    await stage.clock.pass(120_000);
    const record = await stage.record();
    expect(record).toMatchObject({ state: 'failed', ending: { problem: { code: 'move.failed' } } });
    expect(stage.hostOf('web-01')).toBe('hyper-v01');
    const outcome = (await stage.move('web-01'))?.outcome;
    expect(outcome?.kind).toBe('failed');
    expect(outcome?.diagnosis.length).toBeGreaterThan(3);
  });

  it('is told as stuck, with the command, when the machine is left on both sides', async () => {
    await moved('both-sides');
    await stage.clock.pass(120_000);
    const record = await stage.record();
    expect(record).toMatchObject({ state: 'stuck', ending: { problem: { code: 'move.both-sides' } } });
    expect(record.ending?.problem?.summary).toContain('web-01 is at hyper-v01; a second one');
    expect(record.ending?.problem?.remedy).toMatch(/Get-VM -ComputerName hyper-v02 .*\| Remove-VM/);
    expect(count('web-01')).toBe(1);
  });

  it('is never ended for being slow, and is told of when it stands still', async () => {
    await moved('hangs');
    await stage.clock.pass(30 * 60_000);
    const record = await stage.record();
    expect(record).toMatchObject({ state: 'running', trouble: { code: 'move.still' } });
    expect(record.trouble?.remedy).toContain('RequestStateChange');
    expect((await stage.ledger.progressOf(record.id))[0]?.percent).toBe(40);
  });

  it('is done, with what is wrong and how to mend it, when the machine is not well afterwards', async () => {
    await moved('unreachable');
    await stage.clock.pass(180_000);
    const record = await stage.record();
    expect(record.state).toBe('done');
    const outcome = (await stage.move('web-01'))?.outcome;
    expect(outcome?.problem).toMatchObject({ code: 'move.unhealthy' });
    expect(outcome?.health.filter(({ isWell }) => !isWell).map(({ name }) => name)).toEqual([
      'Heartbeat',
      'Address',
    ]);
    expect(outcome?.health.every(({ isWell, fix }) => isWell || fix !== '')).toBe(true);
  });

  it('says nothing of a machine as long as its host is silent, and knows when it is heard again', async () => {
    stage = await new MoveStage().begin();
    stage.delegate(['hyper-v01', 'hyper-v02']);
    await stage.ask('migrate sql-01 -> hyper-v02');
    await stage.approve();
    stage.fabric.crash('hyper-v01', stage.clock.now());
    await stage.clock.pass(240_000);
    expect(await stage.record()).toMatchObject({ state: 'running', ending: null });
    stage.fabric.boot('hyper-v01', 'running', stage.clock.now());
    await stage.clock.pass(120_000);
    expect(await stage.record()).toMatchObject({ state: 'failed' });
    expect(stage.hostOf('sql-01')).toBe('hyper-v01');
  });

  it('is known to have failed as soon as its machine is seen to run where it was, whoever else is silent', async () => {
    stage = await new MoveStage().begin();
    stage.delegate(['hyper-v01', 'hyper-v02']);
    await stage.ask('migrate sql-01 -> hyper-v02');
    await stage.approve();
    stage.fabric.crash('hyper-v02', stage.clock.now());
    await stage.clock.pass(60_000);
    const record = await stage.record();
    expect(record.state).toBe('failed');
    expect(record.ending?.problem?.summary).toContain('hyper-v02 does not answer');
  });

  it('is followed to its end without a second order when whoever began it died on the way', async () => {
    let orders = 0;
    await moved(null, (hyperV) => ({
      ...hyperV,
      async start(order) {
        orders += 1;
        await hyperV.start(order);
        throw new Error('killed');
      },
    }));
    await stage.clock.pass(120_000);
    expect(await stage.record()).toMatchObject({ state: 'done' });
    expect(stage.hostOf('web-01')).toBe('hyper-v02');
    expect(orders).toBe(1);
  });

  it('is begun again when whoever was to begin it died before: only then is nothing under way', async () => {
    let orders = 0;
    await moved(null, (hyperV) => ({
      ...hyperV,
      async start(order) {
        orders += 1;
        if (orders === 1) throw new Error('killed');
        return hyperV.start(order);
      },
    }));
    await stage.clock.pass(420_000);
    expect(await stage.record()).toMatchObject({ state: 'done' });
    expect(orders).toBe(2);
    expect(await stage.audited()).toContain('move.never-begun');
  });
});
