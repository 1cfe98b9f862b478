import { decoys, ghostSpn, ordinaryHosts, practiceHosts } from '../../../lab/directory/accounts';
import { labelledHosts } from '../../../lab/directory/host-labels';
import { controllerName } from '../../../lab/directory/names';
import type { PracticeDirectory } from '../../../lab/directory/practice-directory';
import { simulateDomain } from '../../../lab/directory/simulated-domain';
import { noKdcRoute } from '../../../lab/kdc-route';
import { systemClock } from '../../../src/jobs/ports/system-clock';

describe('the labels of the hosts', () => {
  it('name every computer once, with a phrase of its own for each that is not ordinary', () => {
    expect(labelledHosts.map(({ name }) => name)).toEqual([
      ...practiceHosts.map(({ name }) => name),
      controllerName,
    ]);
    const odd = labelledHosts.filter(({ role }) => role !== 'ordinary' && role !== 'branch');
    expect(odd.map(({ wrong }) => typeof wrong)).toEqual(odd.map(() => 'string'));
    expect(new Set(odd.map(({ wrong }) => wrong)).size).toBe(odd.length);
    const plain = labelledHosts.filter(({ wrong }) => wrong === undefined);
    expect(plain.map(({ name }) => name)).toEqual(ordinaryHosts.filter((name) => name !== decoys.ghost));
  });

  it.each([
    [decoys.tierZero, 'decoy', 'Tier 0: adminCount is set'],
    [decoys.disabled, 'decoy', 'Its account is disabled'],
    [decoys.unconstrained, 'decoy', 'Trusted for unconstrained delegation'],
    [decoys.kerberosOnly, 'decoy', 'Trusted for Kerberos only: live migration needs one more setting'],
    [decoys.sharedName, 'decoy', 'cifs/hyper-v05 belongs to oldbox'],
    [decoys.sharedNameHolder, 'decoy', 'Holds cifs/hyper-v05, the name of another host'],
    [decoys.ghost, 'ordinary', `May delegate to ${ghostSpn}, which nobody owns`],
    ['branch-hv01', 'branch', 'In CN=Computers: Handover’s account may not write it'],
    ['files01', 'file-server', 'No migration service: cifs only'],
    ['dc1', 'domain-controller', 'Domain controller: nothing may be delegated from or to it'],
  ])('say of %s what it is (%s)', (host, role, wrong) => {
    expect(labelledHosts.find(({ name }) => name === host)).toMatchObject({ role, wrong });
  });
});

describe('the simulated practice directory', () => {
  let practice: PracticeDirectory;
  beforeEach(() => {
    ({ practice } = simulateDomain(systemClock));
  });
  const of = async (host: string) => (await practice.readDelegations()).get(host);

  it('reads all delegations at once, of hosts without any as well', async () => {
    const read = await practice.readDelegations();
    expect([...read.keys()].toSorted()).toEqual(practice.hosts.map(({ name }) => name).toSorted());
    expect(read.get(decoys.ghost)).toEqual([ghostSpn]);
    expect(read.get('hyper-v01')).toEqual([]);
  });

  it('reads the account control of every host', async () => {
    const read = await practice.readControls();
    expect([...read.keys()].toSorted()).toEqual(practice.hosts.map(({ name }) => name).toSorted());
    expect([read.get('hyper-v01'), read.get(decoys.kerberosOnly)]).toEqual([0x100_1000, 0x1000]);
    await practice.editTrust('hyper-v01', false);
    await practice.editTrust(decoys.unconstrained, true);
    const now = await practice.readControls();
    expect([now.get('hyper-v01'), now.get(decoys.unconstrained)]).toEqual([0x1000, 0x108_1000]);
    await expect(practice.editTrust('nobody', true)).rejects.toThrow('no computer nobody');
  });

  it('lets another administrator edit any host, strictly', async () => {
    await practice.editDelegation('branch-hv01', { add: ['cifs/a', 'cifs/b'] });
    await practice.editDelegation('branch-hv01', { delete: ['cifs/a'], add: ['cifs/c'] });
    expect(await of('branch-hv01')).toEqual(['cifs/b', 'cifs/c']);
    const edits = [{ add: ['cifs/d', 'cifs/b'] }, { delete: ['cifs/a'] }, { delete: ['cifs/b', 'cifs/a'] }];
    for (const edit of edits)
      await expect(practice.editDelegation('branch-hv01', edit)).rejects.toThrow(/LDAP result (16|20)/);
    await expect(practice.editDelegation('nobody', { add: ['cifs/x'] })).rejects.toThrow(
      'no computer nobody',
    );
    expect(await of('branch-hv01')).toEqual(['cifs/b', 'cifs/c']);
  });

  it('never gives a verdict that only a KDC can give', async () => {
    await practice.editDelegation('hyper-v01', { add: ['cifs/hyper-v02', 'cifs/hyper-v02.mabofeng.com'] });
    expect(await practice.askKdc('hyper-v01', 'hyper-v02')).toBe('not-asked');
  });

  it('answers the question to the KDC with what it holds, and no verdict', async () => {
    const route = noKdcRoute(practice);
    const ask = (from: string, to: string) => route({ query: new URLSearchParams({ from, to }), body: {} });
    const service = 'Microsoft Virtual System Migration Service';
    const values = [`${service}/hyper-v02`, `${service}/HYPER-V02.mabofeng.com`] as const;
    await practice.editDelegation('hyper-v01', { add: [values[0]] });
    expect(await ask('hyper-v01', 'hyper-v02')).toMatchObject({
      ok: false,
      error: 'no_verdict',
      migration: 'absent',
    });
    await practice.editDelegation('hyper-v01', { add: [values[1]] });
    expect(await ask('hyper-v01', 'hyper-v02')).toMatchObject({ error: 'no_verdict', migration: 'present' });
    expect(await ask('hyper-v02', 'hyper-v01')).toMatchObject({ error: 'no_verdict', migration: 'absent' });
    expect(await ask('../x', 'hyper-v01')).toMatchObject({ error: 'invalid_arguments' });
  });
});
