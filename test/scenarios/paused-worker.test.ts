import { readFileSync } from 'node:fs';
import { readDelegation } from '../../lab/directory/delegation';
import { waitFor } from '../../lab/wait-for';
import { ask, auditOf, press, reaches } from '../support/conversation';
import { testDomain } from '../support/domain';
import { startInstance, type Instance } from '../support/instance';

let instance: Instance;
beforeAll(async () => {
  instance = await startInstance({
    hosts: ['hv01', 'hv02', 'hv03'].map((name) => ({ name })),
    without: ['directory'],
  });
}, 60_000);
afterAll(() => instance.stop());

const approve = { user: 'approver', action: 'request.approve' };

describe('a directory worker paused just before it writes', () => {
  it('takes nothing back and writes nothing twice when another has finished meanwhile', async () => {
    const paused = await instance.start('directory', { HANDOVER_LAB_CRASH: 'pause directory.modify' });
    const asked = await ask(instance, `/delegate ${instance.host('hv01')} -> ${instance.host('hv02')}`);
    await press(instance, asked, approve);
    await waitFor('the worker to be paused', () =>
      Promise.resolve(isStopped(paused.child.pid) ? true : undefined),
    );
    const other = await instance.start('directory');
    const done = await reaches(instance, asked, 'done');
    const written = await readDelegation(testDomain(), instance.host('hv01'));
    expect(written.toSorted()).toEqual([...(done.plan?.directory.changes[0]?.after ?? [])].toSorted());

    paused.child.kill('SIGCONT');
    await other.stop();
    // The paused worker is the only one left: once it has carried out another request, it is through with the first.
    const next = await ask(instance, `/delegate ${instance.host('hv03')} -> ${instance.host('hv02')} cifs`);
    await press(instance, next, approve);
    await waitFor('the worker to be paused again', () =>
      Promise.resolve(isStopped(paused.child.pid) ? true : undefined),
    );
    paused.child.kill('SIGCONT');
    await reaches(instance, next, 'done');
    expect(await readDelegation(testDomain(), instance.host('hv01'))).toEqual(written);
    expect((await auditOf(instance, asked)).filter((what) => what === 'outcome')).toHaveLength(1);
    expect(await auditOf(instance, asked)).not.toContain('alarm.taken-back');
    await paused.stop();
  }, 60_000);
});

/** The kernel's word on a process: `T` is stopped by a signal (proc(5)). */
function isStopped(pid: number | undefined): boolean {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  return stat.slice(stat.lastIndexOf(')') + 2).startsWith('T');
}
