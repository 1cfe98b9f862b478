import { listChanges } from '../../src/core/delegation/powers';
import { editDelegation, readDelegation } from '../../lab/directory/delegation';
import { waitFor } from '../../lab/wait-for';
import { brokenLink } from '../../src/core/request/audit';
import { ask, auditOf, press, reaches, reports, toldBy } from '../support/conversation';
import { testDomain } from '../support/domain';
import { startInstance, type Instance } from '../support/instance';

let instance: Instance;
beforeAll(async () => {
  const plain = ['hv01', 'hv02', 'hv03', 'hv04', 'hv05', 'hv06', 'hv07', 'hv08', 'hv09'].map((name) => ({
    name,
  }));
  instance = await startInstance({ hosts: plain, decideSeconds: 3600 });
});
afterAll(() => instance.stop());

const values = (key: string) => readDelegation(testDomain(), instance.host(key));
const command = (from: string, to: string, more = '') =>
  `/delegate ${instance.host(from)} -> ${instance.host(to)} ${more}`;
const approve = { user: 'approver', action: 'request.approve' };
const kdc = (from: string, to: string) =>
  instance.client.get('/_lab/kdc', { from: instance.host(from), to: instance.host(to) });

describe('the main job on real parts', () => {
  it('asks, approves, writes, proves: the KDC grants what it refused, and not the way back', async () => {
    expect(await kdc('hv01', 'hv02')).toMatchObject({ cifs: 'refused', migration: 'absent' });
    const asked = await ask(instance, command('hv01', 'hv02', 'cifs,migration --reason "patch night"'));
    const waiting = await reaches(instance, asked, 'waiting');
    expect(waiting.plan && listChanges(waiting.plan.directory)[0]?.add).toHaveLength(4);
    expect((await press(instance, asked, approve)).ok).toBe(true);
    const done = await reaches(instance, asked, 'done');
    expect(done.proof).toMatchObject({ level: 'proved', converged: 1, servers: 1 });
    expect(await kdc('hv01', 'hv02')).toMatchObject({ cifs: 'granted', migration: 'present' });
    expect(await kdc('hv02', 'hv01')).toMatchObject({ cifs: 'refused', migration: 'absent' });
    expect(await reports(instance, asked)).toHaveLength(1);
    expect(brokenLink(await instance.ledger.audit(asked.id))).toBeNull();
    const again = await ask(instance, command('hv01', 'hv02'));
    await reaches(instance, again, 'already-so');
  });

  it('tells the requester privately that somebody else has to approve', async () => {
    const asked = await ask(instance, command('hv03', 'hv04'));
    const pressAs = (user: string) =>
      toldBy(instance, user, () => press(instance, asked, { ...approve, user }));
    expect(await pressAs('requester')).toMatch(/somebody else/i);
    expect(await pressAs('oncall')).toMatch(/not among the approvers/i);
    expect((await reaches(instance, asked, 'waiting')).decisions).toHaveLength(0);
    expect(await auditOf(instance, asked)).toContain('decision.refused');
    await press(instance, asked, { user: 'requester', action: 'request.withdraw' });
    await reaches(instance, asked, 'withdrawn');
    expect(await values('hv03')).toEqual([]);
  });

  it('counts one decision of five clicks by two approvers at once', async () => {
    const asked = await ask(instance, command('hv05', 'hv06', 'cifs'));
    await reaches(instance, asked, 'waiting');
    const users = ['approver', 'second-approver', 'approver', 'second-approver', 'approver'];
    await Promise.allSettled(users.map((user) => press(instance, asked, { ...approve, user })));
    const done = await reaches(instance, asked, 'done');
    expect(done.decisions).toHaveLength(1);
    expect(await values('hv05')).toHaveLength(2);
    expect(await reports(instance, asked)).toHaveLength(1);
  });

  it('writes nothing after a denial, and shows the reason', async () => {
    const asked = await ask(instance, command('hv06', 'hv07'));
    await press(instance, asked, { user: 'approver', action: 'request.deny' });
    const view = await waitFor('the form', async () =>
      (await instance.client.views({ user: 'approver' })).at(-1),
    );
    const reason = 'use hyper-v05 instead';
    await instance.client.submit({
      user: 'approver',
      view_id: String(view['id']),
      values: { 'request.deny.reason': reason },
    });
    const denied = await reaches(instance, asked, 'denied');
    expect(denied.decisions[0]?.statement).toMatchObject({ verdict: 'deny', reason });
    expect(JSON.stringify(await reports(instance, asked))).toContain(reason);
    expect(await values('hv06')).toEqual([]);
  });

  it('plans again when another administrator edits the object between plan and approval', async () => {
    const asked = await ask(instance, command('hv07', 'hv08'));
    await reaches(instance, asked, 'waiting');
    const foreign = `cifs/${instance.host('hv09')}`;
    await editDelegation(testDomain(), instance.host('hv07'), { add: [foreign] });
    await press(instance, asked, approve);
    const again = await waitFor('a second plan', async () => {
      const record = await reaches(instance, asked, 'waiting');
      return record.plan?.number === 2 ? record : undefined;
    });
    expect(again.voided).toHaveLength(1);
    expect(again.voided[0]?.sentence).toContain(foreign);
    expect(await values('hv07')).toEqual([foreign]);
    await press(instance, asked, approve);
    await reaches(instance, asked, 'done');
    expect(await values('hv07')).toHaveLength(5);
    expect(await values('hv07')).toContain(foreign);
  });
});
