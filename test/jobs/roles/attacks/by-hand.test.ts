import { accountOf } from '../../../../src/bot/cards/account';
import { Stage } from '../../../support/directory-stage';
import { allRules, carryOut, FOR_8H, HOUR, look, staged, VALUES } from './support';
import { stop } from '../../../support/say-stop';

const BIT = 0x100_0000;
const NOTHING = 'Nothing was changed in the directory.';

describe('what a person has done of a plan for a time', () => {
  it('goes again although the person did more than was asked', async () => {
    const stage = await staged({ 'delegation-add': 'advise' }, { command: FOR_8H });
    await carryOut(stage);
    stage.directory.values = [...VALUES, 'cifs/other'];
    await look(stage);
    await stage.clock.pass(30 * 24 * HOUR);
    await stage.tick();
    expect(stage.directory.values).toEqual(['cifs/other']);
  });

  it('is told although it is only a part when the time is over', async () => {
    const stage = await staged({ 'delegation-add': 'advise' }, { command: FOR_8H, lookSeconds: 3_600 });
    await carryOut(stage);
    stage.directory.values = VALUES.slice(0, 1);
    await stage.clock.pass(HOUR);
    await stage.tick();
    expect((await stage.record()).trouble?.code).toBe('hand.partly');
    await stage.clock.pass(8 * 24 * HOUR);
    await stage.tick();
    const record = await stage.record();
    expect(record.ending).not.toBeNull();
    expect(accountOf(record).lines).not.toContain(NOTHING);
  });

  it('is told although somebody says stop before the worker looks', async () => {
    const stage = await staged({ 'delegation-add': 'advise' }, { command: FOR_8H });
    await carryOut(stage);
    stage.directory.values = VALUES;
    await stop(stage);
    await stage.tick();
    const record = await stage.record();
    expect(record.state).toBe('done');
    expect(accountOf(record).lines).not.toContain(NOTHING);
  });

  it('is seen at one look although it is on several objects', async () => {
    const stage = await staged(
      { 'delegation-add': 'advise' },
      { command: 'delegate hyper-v01 <-> hyper-v02 cifs' },
    );
    await carryOut(stage);
    stage.directory.values = VALUES;
    stage.directory.setValues('hyper-v02', ['cifs/hyper-v01', 'cifs/hyper-v01.mabofeng.com']);
    await look(stage);
    expect((await stage.record()).state).toBe('done');
  });
});

it('a request whose list is written does not end as failed when the rules change before the person’s step is seen', async () => {
  const stage = new Stage(allRules);
  stage.directory.setControl('hyper-v01', 0x1000);
  await stage.start();
  await stage.ask();
  await carryOut(stage);
  expect([(await stage.record()).state, stage.directory.values]).toEqual(['awaiting-hand', VALUES]);
  const rule = allRules['trust-mode'];
  stage.policy = { ...allRules, 'trust-mode': { ...rule, approvers: ['U0NEW', ...rule.approvers] } };
  stage.replaceWorker();
  stage.directory.setControl('hyper-v01', 0x1000 | BIT);
  await stage.clock.pass(6 * 60_000);
  await look(stage);
  expect((await stage.record()).state).toBe('partial');
});
