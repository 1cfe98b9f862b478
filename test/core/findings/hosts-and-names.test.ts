import type { NewObject } from '../../../src/jobs/directory/memory-domain';
import {
  containers,
  foundIn,
  fqdnOf,
  migrationService,
  newHost,
  to,
  valuesFor,
} from '../survey/surveyed-domain';

describe('between two hosts', () => {
  it('pair.one-way is put right by the other direction, with the same services', async () => {
    const cifs = valuesFor('b').filter((value) => value.startsWith('cifs/'));
    const found = await foundIn([newHost('a', to(...cifs)), newHost('b')]);
    expect(found.map(({ code, hosts, fix }) => [code, hosts, fix.text])).toEqual([
      ['pair.one-way', ['a', 'b'], '/delegate b -> a cifs'],
    ]);
  });

  it.each<[string, Partial<NewObject>]>([
    ['of a disabled host', { userAccountControl: 0x100_1002 }],
    ['of an account without $', { samAccountName: 'b' }],
  ])('pair.one-way is taken back where the other direction would be refused because %s', async (_, part) => {
    const off = newHost('b', part);
    const found = await foundIn([newHost('a', to(...valuesFor('b'))), off]);
    expect(found.map(({ code, fix }) => [code, fix.text])).toEqual([
      ['pair.one-way', '/undelegate a -> b all'],
    ]);
  });

  it('name.short-only and name.fqdn-only name the services that lack the other name', async () => {
    const back = newHost('b', to(...valuesFor('a', 'fqdn')));
    const found = await foundIn([
      newHost('a', to('cifs/b', ...valuesFor('b').filter((each) => each.startsWith('Microsoft')))),
      back,
    ]);
    expect(found.map(({ code, hosts, fix }) => [code, hosts, fix.text])).toEqual([
      ['name.short-only', ['a', 'b'], '/delegate a -> b cifs'],
      ['name.fqdn-only', ['b', 'a'], '/delegate b -> a cifs,migration'],
    ]);
    expect(found.map(({ keys }) => keys.length)).toEqual([1, 2]);
  });

  it('a name is added by hand where Handover would refuse the source', async () => {
    const off = newHost('a', { userAccountControl: 0x100_1002, ...to(...valuesFor('b', 'short')) });
    const [finding] = await foundIn([off, newHost('b', to(...valuesFor('a')))]);
    expect(finding).toMatchObject({
      code: 'name.short-only',
      fix: {
        kind: 'by-hand',
        text: expect.stringContaining(`-Add @{'msDS-AllowedToDelegateTo'='cifs/${fqdnOf('b')}'`),
      },
    });
  });
});

describe('who holds a name', () => {
  it('spn.duplicate leaves the SPN to the host that it names', async () => {
    const twin = newHost('twin', { spns: ['HOST/twin', 'HOST/b', `${migrationService}/b`] });
    const found = await foundIn([newHost('b'), twin]);
    expect(found.map(({ code, hosts, values, fix }) => [code, hosts, values, fix.text])).toEqual([
      [
        'spn.duplicate',
        ['b', 'twin'],
        ['HOST/b', `${migrationService}/b`],
        `setspn -D "HOST/b" twin\nsetspn -D "${migrationService}/b" twin`,
      ],
    ]);
  });

  it('spn.taken counts outside of the search bases, and by GUID where the holder has no plain name', async () => {
    const user = {
      dn: `CN=O'Brien,${containers.users}`,
      samAccountName: "o'brien",
      objectClasses: ['top', 'person', 'organizationalPerson', 'user'],
      userAccountControl: 0x200,
      spns: ['cifs/b'],
    };
    const [finding] = await foundIn([newHost('b'), user]);
    expect(finding).toMatchObject({ code: 'spn.taken', hosts: ['b', "o'brien"], values: ['cifs/b'] });
    expect(finding?.fix.text).toMatch(/^Active Directory Users and Computers → Attribute Editor.*'0d0000/);
  });
});
