import { accountBits } from '../../lab/directory/accounts';
import { editControl, readControl } from '../../lab/directory/account-control';
import { editDelegation, readDelegation } from '../../lab/directory/delegation';
import { waitFor } from '../../lab/wait-for';
import { listChanges } from '../../src/core/delegation/powers';
import { auditOf, press, reaches, type Asked } from '../support/conversation';
import { testDomain } from '../support/domain';
import { startInstance, type Instance } from '../support/instance';
import { approve, askApproved, cardSays, reversalOf, threadSays, trueReport } from '../support/thread';

let instance: Instance;
const host = (key: string): string => instance.host(key);
const values = (key: string) => readDelegation(testDomain(), host(key));
const byHand = (key: string, edit: Parameters<typeof editDelegation>[2]) =>
  editDelegation(testDomain(), host(key), edit);
const kdc = async (from: string) =>
  (await instance.client.get('/_lab/kdc', { from: host(from), to: host('to') }))['cifs'];
const command = (from: string) => `/delegate ${host(from)} -> ${host('to')} cifs`;

/** The values that a request's plan adds. */
async function planned({ id }: Asked): Promise<readonly string[]> {
  const plan = (await instance.ledger.read(id))?.plan;
  return plan ? listChanges(plan.directory).flatMap(({ add }) => add) : [];
}

describe('in the mode advise, with an account that may only read', () => {
  beforeAll(async () => {
    const hosts = ['to', 'other', 'whole', 'timed', 'half', 'else'].map((name) => ({ name }));
    const modes = { 'delegation-add': 'advise', 'delegation-remove': 'advise' } as const;
    instance = await startInstance({ hosts, modes, account: 'weak', lookSeconds: 1 });
  });
  afterAll(() => instance.stop());

  it('a person does what the thread says, the worker sees it, and the KDC proves it', async () => {
    const asked = await askApproved(instance, command('whole'));
    await reaches(instance, asked, 'awaiting-hand');
    const add = await planned(asked);
    const steps = await threadSays(instance, asked, /A person’s step of R-\d+, plan 1/);
    for (const value of add) expect(steps).toContain(`'${value}'`);
    expect(steps).toContain(
      `Set-ADComputer -Identity '${host('whole')}$' -Add @{'msDS-AllowedToDelegateTo'=`,
    );
    expect(steps).toContain('Active Directory Users and Computers');
    expect([await kdc('whole'), await values('whole')]).toEqual(['refused', []]);

    await byHand('whole', { add });
    const done = await reaches(instance, asked, 'done');
    expect(done.proof).toMatchObject({ level: 'proved', checks: [{ what: 'cifs', result: 'granted' }] });
    expect(done.steps).toMatchObject([{ intent: null, outcome: { kind: 'by-hand', added: add } }]);
    expect(await kdc('whole')).toBe('granted');
    expect(await trueReport(instance, asked)).toContain('Done by hand and seen on dc1: 2 values added');
    await threadSays(instance, asked, /Done, and seen on dc1/);
    const audit = await instance.ledger.audit(asked.id);
    expect(audit.map(({ what }) => what)).not.toContain('intent');
    expect(audit.find(({ what }) => what === 'outcome')?.detail).toMatchObject({ outcome: 'by-hand' });
  });

  it('goes by hand too when its time is over', async () => {
    const asked = await askApproved(instance, `${command('timed')} --for 10s`);
    await reaches(instance, asked, 'awaiting-hand');
    const add = await planned(asked);
    await byHand('timed', { add });
    await reaches(instance, asked, 'done');
    const reversal = await reversalOf(instance, asked);
    await reaches(instance, reversal, 'awaiting-hand');
    await cardSays(instance, asked, /a person’s step is waited for/);
    const steps = await threadSays(instance, asked, new RegExp(`A person’s step of ${reversal.label}`));
    for (const value of add) expect(steps).toContain(`'${value}'`);
    await byHand('timed', { delete: add.slice(0, 1) });
    await cardSays(instance, asked, /Done in part by hand/);
    await byHand('timed', { delete: add.slice(1) });
    await reaches(instance, reversal, 'done');
    expect([await kdc('timed'), await values('timed')]).toEqual(['refused', []]);
    expect(await threadSays(instance, asked, /Taken away again/)).toContain('Done by hand');
    await cardSays(instance, asked, /Was taken away again/);
    expect(await auditOf(instance, reversal)).not.toContain('intent');
  }, 40_000);

  it('what is half done is named as missing until it is there', async () => {
    const asked = await askApproved(instance, command('half'));
    await reaches(instance, asked, 'awaiting-hand');
    const [first = '', second = ''] = await planned(asked);
    await byHand('half', { add: [first] });
    const card = await cardSays(instance, asked, /Done in part by hand/);
    expect(card).toContain(`this is still missing: ${second} of ${host('half')}`);
    expect((await instance.ledger.read(asked.id))?.state).toBe('awaiting-hand');
    await byHand('half', { add: [second] });
    await reaches(instance, asked, 'done');
    expect(await trueReport(instance, asked)).toContain('Done by hand');
    expect(await auditOf(instance, asked)).not.toContain('intent');
  });

  it('something else done instead voids the plan, and a new one is asked about', async () => {
    const asked = await askApproved(instance, command('else'));
    await reaches(instance, asked, 'awaiting-hand');
    const foreign = `cifs/${host('other')}`;
    await byHand('else', { add: [foreign] });
    const again = await waitFor('a second plan', async () => {
      const record = await reaches(instance, asked, 'waiting', 'awaiting-hand', 'running');
      return record.plan?.number === 2 ? record : undefined;
    });
    expect(again).toMatchObject({ state: 'waiting', voided: [{ plan: 1 }] });
    await threadSays(instance, asked, new RegExp(`Plan 1 no longer held: .*${foreign} was added`));
    expect(await values('else')).toEqual([foreign]);
    await approve(instance, asked);
    await reaches(instance, asked, 'awaiting-hand');
    await byHand('else', { add: await planned(asked) });
    await reaches(instance, asked, 'done');
    expect(await trueReport(instance, asked)).toContain('Done by hand');
    expect([await kdc('else'), (await values('else')).length]).toEqual(['granted', 3]);
  });
});

describe('a source that is trusted for Kerberos only', () => {
  beforeAll(async () => {
    const hosts = [{ name: 'to' }, { name: 'kerb', anyProtocol: false }];
    // Nobody looks by itself as long as a test takes.
    instance = await startInstance({ hosts, lookSeconds: 600 });
  });
  afterAll(() => instance.stop());

  it('gets its list from the worker and the bit from a person; only then the KDC grants', async () => {
    const asked = await askApproved(instance, command('kerb'));
    const waiting = await reaches(instance, asked, 'awaiting-hand');
    expect(waiting.steps).toMatchObject([{ outcome: { kind: 'changed' } }, { intent: null, outcome: null }]);
    expect([await kdc('kerb'), await values('kerb')]).toEqual(['refused', await planned(asked)]);
    const steps = await threadSays(instance, asked, /A person’s step/);
    expect(steps).toContain(
      `Set-ADAccountControl -Identity '${host('kerb')}$' -TrustedToAuthForDelegation $true`,
    );
    await cardSays(instance, asked, /Waits for a person to set “Use any authentication protocol”/);
    const before = await readControl(testDomain(), host('kerb'));
    expect(before & accountBits.anyProtocol).toBe(0);

    await editControl(testDomain(), host('kerb'), { set: accountBits.anyProtocol });
    await press(instance, asked, { user: 'oncall', action: 'request.look' });
    const done = await reaches(instance, asked, 'done');
    expect(done.proof).toMatchObject({ level: 'proved' });
    expect(done.steps[1]).toMatchObject({ intent: null, outcome: { kind: 'by-hand', trusted: true } });
    expect(await kdc('kerb')).toBe('granted');
    const report = await trueReport(instance, asked);
    expect(report).toContain(`Written on dc1: 2 values added to ${host('kerb')}.`);
    expect(report).toContain(`“Use any authentication protocol” set for ${host('kerb')}.`);
    expect(await readControl(testDomain(), host('kerb'))).toBe(before | accountBits.anyProtocol);
  });
});
