import { MoveStage } from '../../../../support/move-stage';

let stage: MoveStage;
afterEach(() => stage.stop());

describe('/hv migrate', () => {
  it('moves a running machine, and ends when it is well where it was to be', async () => {
    stage = await new MoveStage().begin();
    stage.delegate(['hyper-v01', 'hyper-v02']);
    const waiting = await stage.ask('migrate web-01 -> hyper-v02');
    expect(waiting).toMatchObject({ state: 'waiting', trouble: null });
    expect(waiting.plan?.hosts.envelope).toMatchObject({ destinations: ['hyper-v02'] });
    expect(stage.hostOf('web-01')).toBe('hyper-v01');
    await stage.approve();
    await stage.clock.pass(60_000);
    expect(await stage.record()).toMatchObject({ state: 'done', ending: { problem: null } });
    expect(stage.hostOf('web-01')).toBe('hyper-v02');
    expect(await stage.audited()).toEqual(
      expect.arrayContaining(['plan', 'decision', 'run', 'moves', 'move.intent', 'move.outcome', 'done']),
    );
  });

  it('asks for the delegation that is missing as well, writes it first, and moves then', async () => {
    stage = await new MoveStage().begin();
    const waiting = await stage.ask('migrate web-01 -> hyper-v02');
    expect(waiting.plan?.directory.changes.map(({ name, kind }) => [name, kind])).toEqual([
      ['hyper-v01', 'delegation-add'],
    ]);
    await stage.approve();
    await stage.clock.pass(120_000);
    expect(await stage.record()).toMatchObject({ state: 'done' });
    expect(stage.hostOf('web-01')).toBe('hyper-v02');
    const audited = await stage.audited();
    expect(audited.indexOf('outcome')).toBeLessThan(audited.indexOf('move.intent'));
  });
});
