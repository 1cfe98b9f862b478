import { Modes, type Policy } from '../../../../../src/core/settings';
import { MOVE_POLICY, MoveStage } from '../../../../support/move-stage';

let stage: MoveStage;
afterEach(() => stage.stop());

describe('a kind of move that is only observed', () => {
  it('is planned and shown, and ends there', async () => {
    stage = new MoveStage();
    stage.ownModes = { 'live-move': 'observe' };
    await stage.begin();
    const record = await stage.ask('migrate web-01 -> hyper-v02');
    expect(record).toMatchObject({ state: 'refused', ending: { problem: { code: 'mode.observe' } } });
    expect(record.ending?.problem?.remedy).toBe(
      'To have it carried out, the owner of handover.yaml sets modes to act.',
    );
    expect(record.plan?.hosts.envelope?.machines.map(({ name }) => name)).toEqual(['web-01']);
  });

  it('is not begun when the worker’s file says so by the time that it is approved, nor is its delegation written', async () => {
    stage = await new MoveStage().begin();
    await stage.ask('migrate web-01 -> hyper-v02');
    await stage.observe({ 'live-move': 'observe' });
    const record = await stage.approve();
    expect(record).toMatchObject({ state: 'failed', ending: { problem: { code: 'mode.observe' } } });
    expect([stage.hostOf('web-01'), stage.directory.modifies]).toEqual(['hyper-v01', []]);
  });

  it('is nobody’s to carry out by hand', () => {
    expect(Modes.safeParse({ 'live-move': 'observe', 'storage-move': 'act' }).success).toBe(true);
    expect(Modes.safeParse({ 'live-move': 'advise' }).success).toBe(false);
  });
});

describe('caps of moves', () => {
  const capped = (caps: Policy['caps']): Policy => ({ ...MOVE_POLICY, caps });

  it('bound the machines of a request', async () => {
    stage = await new MoveStage(capped({ movedPerRequest: 1 })).begin();
    stage.delegate(['hyper-v01', 'hyper-v02']);
    const record = await stage.ask('migrate web-01,web-02 -> hyper-v02');
    expect(record).toMatchObject({ state: 'refused', ending: { problem: { code: 'cap.moved' } } });
  });

  it('bound the machines of all open requests of a person, when another is asked for', async () => {
    stage = await new MoveStage(capped({ movingPerPerson: 2 })).begin();
    stage.delegate(['hyper-v01', 'hyper-v02']);
    await stage.ask('migrate web-01,web-02 -> hyper-v02');
    await expect(stage.ask('migrate app-01 -> hyper-v02')).rejects.toThrow('cap.moving');
    // Nothing else is bound by it.
    await stage.ask('prepare hyper-v01 --max 3');
    expect(await stage.record()).toMatchObject({ state: 'waiting' });
  });
});
