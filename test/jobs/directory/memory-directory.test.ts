import type { ListModification } from '../../../src/core/ports';
import { openMemoryDirectory } from '../../../src/jobs/directory/memory-directory';
import { observePair } from '../../support/pair-observation';
import { openMemoryDomain } from '../../../src/jobs/directory/memory-domain';

/** What Active Directory does and Samba does not (docs of isSameInDirectory), so that the contract suite cannot hold it. */
const baseDn = 'DC=mabofeng,DC=com';

function world(servers: readonly [string, ...string[]] = ['dc1']) {
  const domain = openMemoryDomain();
  const guid = domain.add({
    dn: `CN=hv01,OU=A,${baseDn}`,
    samAccountName: 'hv01$',
    dnsHostName: 'hv01.mabofeng.com',
    spns: ['HOST/hv01', 'HOST/hv01.mabofeng.com'],
    allowedToDelegateTo: ['cifs/Old'],
  });
  const directory = openMemoryDirectory({
    domain,
    servers,
    baseDn,
    searchBases: [`OU=A,${baseDn}`],
    writableBases: [`OU=A,${baseDn}`],
    clock: { now: () => 7 },
  });
  const change = (values: Partial<ListModification>): ListModification => ({
    guid,
    dn: `CN=hv01,OU=A,${baseDn}`,
    attribute: 'msDS-AllowedToDelegateTo',
    add: [],
    remove: [],
    ...values,
  });
  const stored = () => domain.objects().find((object) => object.guid === guid)?.allowedToDelegateTo;
  return { domain, directory, guid, change, stored };
}

const hv01 = { kind: 'short', text: 'hv01' } as const;
const question = { source: hv01, destination: hv01, services: ['cifs'] } as const;

describe('the directory in memory', () => {
  it.each([
    ['the same value', ['cifs/Old']],
    ['the value in another case', ['CIFS/oLD']],
    ['a look-alike of the value', ['cifs/Ｏｌｄ']],
    ['one new value twice', ['cifs/new', 'CIFS/new']],
    ['a new value beside the old one', ['cifs/new', 'cifs/old']],
  ])('adds nothing where %s would be there twice, and keeps the spelling', async (_, add) => {
    const { directory, change, stored } = world();
    expect(await directory.modify(change({ add }))).toBe('conflict');
    expect(stored()).toEqual(['cifs/Old']);
  });

  it('removes before it adds, so that a value can be spelled anew in one modify', async () => {
    const { directory, change, stored } = world();
    expect(await directory.modify(change({ remove: ['cifs/old'], add: ['cifs/OLD'] }))).toBe('changed');
    expect(stored()).toEqual(['cifs/OLD']);
  });

  it('does not take a look-alike for the name that was asked for', async () => {
    const { domain, directory } = world();
    domain.add({ dn: `CN=twin,OU=A,${baseDn}`, samAccountName: 'hv0１$', dnsHostName: 'hv0１.mabofeng.com' });
    const asked = [hv01, { kind: 'fqdn', text: 'hv01.mabofeng.com' }] as const;
    for (const source of asked) {
      const seen = await observePair(directory, { ...question, source });
      expect(seen.source.map(({ dn }) => dn)).toEqual([`CN=hv01,OU=A,${baseDn}`]);
    }
  });

  it('shows a look-alike SPN as one that another object holds, because the KDC finds it', async () => {
    const { domain, directory } = world();
    domain.add({ dn: `CN=thief,OU=B,${baseDn}`, samAccountName: 'thief$', spns: ['cifs/hv0１'] });
    const { holders } = await observePair(directory, question);
    expect(holders[0]).toMatchObject({ spn: 'cifs/hv01', explicit: [{ name: 'thief' }] });
    expect(holders[0]?.viaHost).toMatchObject([{ name: 'hv01' }]);
  });

  it('gives no name beyond the search bases for suggestions, and nothing outside the domain at all', async () => {
    const { domain, directory } = world();
    domain.add({ dn: `CN=far,OU=B,${baseDn}`, samAccountName: 'far$' });
    const foreign = domain.add({ dn: 'CN=else,DC=elsewhere,DC=com', samAccountName: 'else$' });
    const destination = { kind: 'short', text: 'else' } as const;
    const seen = await observePair(directory, { ...question, destination });
    expect([seen.destination, seen.knownNames]).toEqual([[], ['hv01']]);
    expect(await directory.read(foreign)).toBeNull();
  });

  it('answers for every domain controller, the writer first', async () => {
    const { directory, guid } = world(['dc1', 'dc2']);
    expect(directory.server).toBe('dc1');
    const seen = { values: ['cifs/Old'], control: 0x1000 };
    expect(await directory.readEverywhere(guid)).toEqual([
      { server: 'dc1', seen },
      { server: 'dc2', seen },
    ]);
  });

  it('keeps what it holds to itself', async () => {
    const { domain, directory, guid, stored } = world();
    const given = [domain.objects()[0], await directory.read(guid)];
    for (const object of given) Reflect.set(object?.allowedToDelegateTo ?? [], 0, 'cifs/smuggled');
    expect(given.map((object) => object?.allowedToDelegateTo)).toEqual([
      ['cifs/smuggled'],
      ['cifs/smuggled'],
    ]);
    expect(stored()).toEqual(['cifs/Old']);
  });

  it('does not give one name to two objects, and never a GUID again', () => {
    const { domain, guid } = world();
    const again = { dn: `cn=HV01 , OU=A,${baseDn}`, samAccountName: 'other$' };
    expect(() => domain.add(again)).toThrow('a name has one object');
    domain.remove(guid);
    expect(domain.add(again)).not.toBe(guid);
    expect(() => domain.rename(guid, `CN=x,${baseDn}`)).toThrow('edited while it is there');
  });
});
