import { decoys } from '../../../lab/directory/accounts';
import { readDelegation, readHost } from '../../../lab/directory/delegation';
import { containers } from '../../../lab/directory/names';
import type { Directory } from '../../../src/core/ports';
import { testDomain } from '../../support/domain';
import { observePair } from '../../support/pair-observation';
import { faultOf, openForOneTest as open } from '../../support/ldap-directory';

const domain = testDomain();

function observe(directory: Directory, source: string, destination: string) {
  return observePair(directory, {
    source: { kind: 'short', text: source },
    destination: { kind: 'short', text: destination },
    services: ['cifs', 'migration'],
  });
}

async function addingTo(name: string) {
  const [object] = (await observe(open(), name, name)).source;
  if (!object) throw new Error(`No ${name}`);
  const { guid, dn } = object;
  return { guid, dn, attribute: 'msDS-AllowedToDelegateTo', add: ['cifs/x'], remove: [] } as const;
}

describe('what the account may not', () => {
  it('is write at all, for the weak one: nothing is written, and the remedy names both rights', async () => {
    const { dn, password } = domain.weak;
    const change = await addingTo('hyper-v01');
    const fault = await faultOf(open({ bindDn: dn, password }).modify(change));
    expect(fault).toMatchObject({ code: 'directory.access', retry: 'never' });
    expect(fault.message).toContain(change.dn);
    expect(fault.remedy).toMatch(
      new RegExp(`msDS-AllowedToDelegateTo.*${containers.hyperV}.*SeEnableDelegationPrivilege.*dc1`),
    );
    expect(await readDelegation(domain, 'hyper-v01')).not.toContain('cifs/x');
  });

  it('is write in CN=Computers, for the narrow one: the remedy names the container', async () => {
    const fault = await faultOf(open().modify(await addingTo('branch-hv01')));
    expect(fault).toMatchObject({ code: 'directory.access', retry: 'never' });
    expect(fault.remedy).toContain(`below ${containers.computers}`);
    expect(await readDelegation(domain, 'branch-hv01')).toEqual([]);
  });
});

describe('the practice domain', () => {
  it('shows that cifs/hyper-v05 is oldbox’s by its own text, and hyper-v05’s by HOST only', async () => {
    const { holders } = await observe(open(), 'hyper-v01', decoys.sharedName);
    const names = holders.map(({ spn, explicit, viaHost }) => [
      spn,
      ...[explicit, viaHost].map(([one]) => one?.name),
    ]);
    expect(names.slice(0, 2)).toEqual([
      ['cifs/hyper-v05', 'oldbox', 'hyper-v05'],
      ['cifs/hyper-v05.mabofeng.com', undefined, 'hyper-v05'],
    ]);
  });

  it('shows the domain controller as one', async () => {
    const { source } = await observe(open(), decoys.domainController, 'hyper-v02');
    expect(source).toMatchObject([{ name: 'dc1', primaryGroupId: 516 }]);
    expect((source[0]?.userAccountControl ?? 0) & 0x2000).not.toBe(0);
  });

  it('shows the groups of an object', async () => {
    const { dn } = await readHost(domain, 'hyper-v01');
    const directory = open({ baseDn: domain.baseDn });
    const { source } = await observePair(directory, {
      source: { kind: 'dn', text: domain.adminDn },
      destination: { kind: 'dn', text: dn },
      services: ['cifs'],
    });
    expect(source[0]?.memberOf).toContain(`CN=Domain Admins,CN=Users,${domain.baseDn}`);
    expect(source[0]?.adminCount).toBe(true);
  });

  it('says that the settings name a base that is not there', async () => {
    const fault = await faultOf(
      observe(open({ baseDn: `OU=none,${domain.baseDn}` }), 'hyper-v01', 'hyper-v02'),
    );
    expect(fault).toMatchObject({ code: 'directory.base-missing', retry: 'never' });
  });

  it('suggests names although one search base is not there', async () => {
    const searchBases = [containers.hyperV, `OU=none,${domain.baseDn}`];
    const { knownNames } = await observe(open({ searchBases }), 'hyper-v1', 'hyper-v02');
    expect(knownNames).toEqual(expect.arrayContaining([...domain.hosts]));
    expect(knownNames).not.toContain('branch-hv01');
  });
});
