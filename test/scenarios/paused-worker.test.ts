import { afterOf, listChanges } from '../../src/core/delegation/powers';
import { readDelegation } from '../../lab/directory/delegation';
import { ask, auditOf, press, reaches } from '../support/conversation';
import { testDomain } from '../support/domain';
import { startInstance, type Instance } from '../support/instance';
import { goOn, PAUSED_BEFORE_WRITE, untilPaused } from '../support/paused';

let instance: Instance;
beforeAll(async () => {
  instance = await startInstance({
    hosts: ['hv01', 'hv02', 'hv03'].map((name) => ({ name })),
    without: ['directory'],
  });
});
afterAll(() => instance.stop());

const approve = { user: 'approver', action: 'request.approve' };

describe('a directory worker paused just before it writes', () => {
  it('takes nothing back and writes nothing twice when another has finished meanwhile', async () => {
    const paused = await instance.start('directory', PAUSED_BEFORE_WRITE);
    const asked = await ask(instance, `/delegate ${instance.host('hv01')} -> ${instance.host('hv02')}`);
    await press(instance, asked, approve);
    await untilPaused(paused);
    const other = await instance.start('directory');
    const done = await reaches(instance, asked, 'done');
    const written = await readDelegation(testDomain(), instance.host('hv01'));
    expect(written.toSorted()).toEqual(
      (done.plan ? listChanges(done.plan.directory).flatMap(afterOf) : []).toSorted(),
    );

    goOn(paused);
    await other.stop();
    // The paused worker is the only one left: once it has carried out another request, it is through with the first.
    const next = await ask(instance, `/delegate ${instance.host('hv03')} -> ${instance.host('hv02')} cifs`);
    await press(instance, next, approve);
    await untilPaused(paused);
    goOn(paused);
    await reaches(instance, next, 'done');
    expect(await readDelegation(testDomain(), instance.host('hv01'))).toEqual(written);
    expect((await auditOf(instance, asked)).filter((what) => what === 'outcome')).toHaveLength(1);
    expect(await auditOf(instance, asked)).not.toContain('alarm.taken-back');
    await paused.stop();
  });
});
