import { listChanges } from '../../src/core/delegation/powers';
import { editDelegation, readDelegation } from '../../lab/directory/delegation';
import { waitFor } from '../../lab/wait-for';
import { ask, press, reaches, reports, said, toldBy } from '../support/conversation';
import { testDomain } from '../support/domain';
import { startInstance, type Instance } from '../support/instance';

const approve = { user: 'approver', action: 'request.approve' };
const hosts = ['hv01', 'hv02', 'hv03', 'hv04', 'hv05'].map((name) => ({ name }));
const values = (instance: Instance, key: string) => readDelegation(testDomain(), instance.host(key));
const command = (instance: Instance, from: string, to: string, more = '') =>
  `/delegate ${instance.host(from)} -> ${instance.host(to)} ${more}`;

describe('a request that nobody decides', () => {
  let instance: Instance;
  beforeAll(async () => {
    instance = await startInstance({ hosts, decideSeconds: 2 });
  });
  afterAll(() => instance.stop());

  it('expires, and says so once', async () => {
    const asked = await ask(instance, command(instance, 'hv01', 'hv02'));
    await reaches(instance, asked, 'expired');
    expect(await reports(instance, asked)).toHaveLength(1);
    expect(await values(instance, 'hv01')).toEqual([]);
  });
});

describe('a policy that wants two approvers', () => {
  let instance: Instance;
  beforeAll(async () => {
    instance = await startInstance({ hosts, quorum: 2 });
  });
  afterAll(() => instance.stop());

  it('lets the first wait for the second, and counts nobody twice', async () => {
    const asked = await ask(instance, command(instance, 'hv03', 'hv04', 'cifs'));
    await press(instance, asked, approve);
    const first = await waitFor('the first vote', async () => {
      const record = await instance.ledger.read(asked.id);
      return record?.decisions.length === 1 ? record : undefined;
    });
    expect(first.state).toBe('waiting');
    const again = await toldBy(instance, 'approver', () => press(instance, asked, approve));
    expect(again).toMatch(/approved this already/i);
    await press(instance, asked, { ...approve, user: 'second-approver' });
    await reaches(instance, asked, 'done');
    expect(await values(instance, 'hv03')).toHaveLength(2);
  });
});

describe('a list of approvers that is empty', () => {
  let instance: Instance;
  beforeAll(async () => {
    instance = await startInstance({ hosts, approvers: [], requesters: ['U0REQUESTER'] });
  });
  afterAll(() => instance.stop());

  it('lets nobody approve', async () => {
    const asked = await ask(instance, command(instance, 'hv01', 'hv02'));
    await reaches(instance, asked, 'waiting');
    expect(await toldBy(instance, 'approver', () => press(instance, asked, approve))).toMatch(
      /names no approver besides the requester/,
    );
    expect((await instance.ledger.read(asked.id))?.decisions).toEqual([]);
  });

  it('refuses whoever may not ask, before anything is recorded', async () => {
    const text = command(instance, 'hv02', 'hv01');
    const answer = await instance.client.command({ user: 'oncall', channel: 'hyper-v', text });
    expect(said(answer)).toMatch(/may ask/i);
    expect(await instance.ledger.findByLabel('R-1002')).toBeNull();
  });

  it('shows a plan to the person who wants only that, and records nothing', async () => {
    const text = command(instance, 'hv02', 'hv01', '--plan');
    const shown = await toldBy(instance, 'requester', () =>
      instance.client.command({ user: 'requester', channel: 'hyper-v', text }),
    );
    expect(shown).toContain('Looking');
    const plan = await waitFor('the plan', async () => {
      const seen = await instance.client.messages({ channel: 'hyper-v', user: 'requester' });
      return seen.map((message) => String(message['text'])).find((line) => line.includes('Only a plan'));
    });
    expect(plan).toContain(`cifs/${instance.host('hv01')}`);
    expect(await instance.ledger.findByLabel('R-1002')).toBeNull();
  });

  it('says that no worker answers when none is there', async () => {
    await instance.programs.get('directory')?.stop();
    const text = command(instance, 'hv03', 'hv01', '--plan');
    await instance.client.command({ user: 'requester', channel: 'hyper-v', text });
    const answer = await waitFor('the answer', async () => {
      const seen = await instance.client.messages({ channel: 'hyper-v', user: 'requester' });
      return seen
        .map((message) => String(message['text']))
        .find((line) => line.includes('No worker answers'));
    });
    expect(answer).toContain('nothing was changed');
    await instance.start('directory');
  });
});

describe('an object that changes', () => {
  let instance: Instance;
  beforeAll(async () => {
    instance = await startInstance({ hosts });
  });
  afterAll(() => instance.stop());

  it('between approval and write makes the approval void, and nothing is written', async () => {
    const asked = await ask(instance, command(instance, 'hv01', 'hv02', 'cifs'));
    await reaches(instance, asked, 'waiting');
    await instance.programs.get('directory')?.stop();
    await press(instance, asked, approve);
    await reaches(instance, asked, 'approved');
    const foreign = `cifs/${instance.host('hv03')}`;
    await editDelegation(testDomain(), instance.host('hv01'), { add: [foreign] });
    await instance.start('directory');
    const again = await waitFor('a second plan', async () => {
      const record = await instance.ledger.read(asked.id);
      return record?.state === 'waiting' && record.plan?.number === 2 ? record : undefined;
    });
    expect(again.voided[0]?.sentence).toContain(foreign);
    expect(await values(instance, 'hv01')).toEqual([foreign]);
  });

  it('to what was asked for is found to be so, and not claimed', async () => {
    const asked = await ask(instance, command(instance, 'hv04', 'hv05', 'cifs'));
    const { plan } = await reaches(instance, asked, 'waiting');
    await editDelegation(testDomain(), instance.host('hv04'), {
      add: plan ? listChanges(plan.directory).flatMap(({ add }) => add) : [],
    });
    await press(instance, asked, approve);
    const done = await reaches(instance, asked, 'done');
    expect(done.steps[0]?.outcome).toMatchObject({ kind: 'already-so', added: [] });
    expect(await values(instance, 'hv04')).toHaveLength(2);
  });
});
