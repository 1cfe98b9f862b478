import { findingsOf } from '../../../src/core/findings/find';
import { FINDING_CODES } from '../../../src/core/findings/finding';
import { sortValues } from '../../../src/core/delegation/values';
import { originKey } from '../../../src/core/survey/landscape';
import type { NewObject } from '../../../src/jobs/directory/memory-domain';
import {
  baseDn,
  containers,
  context,
  foundIn,
  fqdnOf,
  migrationService,
  newHost,
  surveyOf,
  surveyPractice,
  valuesFor,
} from '../survey/surveyed-domain';

const elsewhere = `OU=Elsewhere,${baseDn}`;
const controller: NewObject = {
  dn: `CN=DC7,OU=Domain Controllers,${baseDn}`,
  samAccountName: 'DC7$',
  dnsHostName: fqdnOf('dc7'),
  userAccountControl: 0x8_2000,
  primaryGroupId: 516,
  spns: ['HOST/dc7', `HOST/${fqdnOf('dc7')}`],
};
const to = (...values: readonly string[]): Partial<NewObject> => ({ allowedToDelegateTo: values });
const codes = async (objects: readonly NewObject[]): Promise<string[]> =>
  (await foundIn(objects)).map(({ code }) => code);

describe('a domain in which all is well', () => {
  it('has no findings, and none for what every domain controller is', async () => {
    const pair = [newHost('a', to(...valuesFor('b'))), newHost('b', to(...valuesFor('a')))];
    expect(await foundIn([...pair, controller])).toEqual([]);
  });

  it('has none for a file server that is only a destination of cifs', async () => {
    const files = newHost('files', { spns: ['HOST/files', `HOST/${fqdnOf('files')}`] });
    const cifs = ['cifs/files', `cifs/${fqdnOf('files')}`];
    expect(await foundIn([newHost('a', to(...cifs)), files])).toEqual([]);
  });

  it('has none when values are spelled in another case, or twice in two', async () => {
    const loud = valuesFor('b').map((value) => value.toUpperCase());
    const pair = [newHost('a', to(...loud)), newHost('b', to(...valuesFor('a')))];
    expect(await foundIn(pair)).toEqual([]);
  });
});

describe('spn.ghost', () => {
  it('is one finding for one lost host, under both of its names', async () => {
    const [finding, ...others] = await foundIn([newHost('a', to(...valuesFor('lost')))]);
    expect(others).toEqual([]);
    expect(finding).toMatchObject({
      code: 'spn.ghost',
      hosts: ['a', 'lost'],
      values: sortValues(valuesFor('lost')),
      fix: { kind: 'command', text: '/undelegate a -> lost all' },
    });
    expect(finding?.keys).toHaveLength(4);
  });

  it('is fixed by hand where the command would take good values of a host of that name too', async () => {
    const old = 'cifs/b.old.example';
    const [finding] = await foundIn([
      newHost('a', to(...valuesFor('b'), old)),
      newHost('b', to(...valuesFor('a'))),
    ]);
    expect(finding).toMatchObject({
      code: 'spn.ghost',
      values: [old],
      fix: {
        kind: 'by-hand',
        text: "Set-ADComputer -Identity 'a$' -Remove @{'msDS-AllowedToDelegateTo'='cifs/b.old.example'}",
      },
    });
  });

  it('is found on an object outside of the search bases, where Handover may not write', async () => {
    const [finding] = await foundIn([
      newHost('web', { dn: `CN=web,${elsewhere}`, spns: [], ...to('cifs/lost') }),
    ]);
    expect(finding).toMatchObject({ code: 'spn.ghost', fix: { kind: 'by-hand' } });
  });

  it('is not a service that HOST stands for', async () => {
    expect(await codes([newHost('a', to('HTTP/b:8080')), newHost('b')])).toEqual(['service.unexpected']);
  });

  it('is the migration service of a host that has not registered it, which HOST does not stand for', async () => {
    const bare = newHost('b', { spns: ['HOST/b', `HOST/${fqdnOf('b')}`] });
    const found = await foundIn([newHost('a', to(`${migrationService}/b`)), bare]);
    expect(found.map(({ code, fix }) => [code, fix.kind])).toEqual([['spn.ghost', 'by-hand']]);
  });

  it.each(["cifs/x'; Remove-Item", 'cifs/x’+(whoami)', 'cifs/x$(whoami)', 'cifs/x"', 'cifs/\u202Ex'])(
    'never makes a line to be copied of %j',
    async (value) => {
      const [finding] = await foundIn([newHost('a', to(value))]);
      expect(finding).toMatchObject({ code: 'spn.ghost', fix: { kind: 'by-hand' } });
      expect(finding?.fix.text).toMatch(/^Active Directory Users and Computers/);
    },
  );
});

describe('target.controller and target.tier0', () => {
  it('are told with who can take the domain, and undone by a command', async () => {
    const admin = newHost('adm', { adminCount: true });
    const found = await foundIn([newHost('a', to('cifs/dc7', 'cifs/adm')), controller, admin]);
    expect(found.map(({ code, hosts, fix }) => [code, hosts, fix.text])).toEqual([
      ['target.controller', ['a', 'dc7'], '/undelegate a -> dc7 all'],
      ['target.tier0', ['a', 'adm'], '/undelegate a -> adm all'],
    ]);
    expect(found[0]?.risk).toContain('take the domain');
  });

  it('are found for any service, then by hand', async () => {
    const [finding] = await foundIn([newHost('a', to('ldap/dc7')), { ...controller, spns: ['ldap/dc7'] }]);
    expect(finding).toMatchObject({
      code: 'target.controller',
      fix: { kind: 'by-hand', text: expect.stringContaining("'ldap/dc7'") },
    });
  });

  it('follow the settings: a host or a group that they name', async () => {
    const pair = [newHost('a', to(...valuesFor('b'))), newHost('b', to(...valuesFor('a')))];
    const found = await foundIn(pair, { tier0: { hosts: ['b'], groups: [] } });
    expect(found.map(({ code, hosts }) => [code, hosts])).toEqual([['target.tier0', ['a', 'b']]]);
  });
});

describe('what an object is itself', () => {
  it('source.unconstrained also counts when disabled, and for users; by GUID where the name is not plain', async () => {
    const disabled = newHost('off', { userAccountControl: 0x8_1002 });
    const user = {
      dn: `CN=svc,${elsewhere}`,
      samAccountName: 'svc',
      objectClasses: ['top', 'person', 'organizationalPerson', 'user'],
      userAccountControl: 0x8_0200,
    };
    const found = await foundIn([disabled, user]);
    expect(found.map(({ code, hosts }) => [code, hosts])).toEqual([
      ['source.unconstrained', ['off']],
      ['source.unconstrained', ['svc']],
    ]);
    expect(found[1]?.fix.text).toMatch(/-Identity '0d000000-/);
  });

  it('source.kerberos-only needs a list, and is a step by hand', async () => {
    const bare = newHost('k', { userAccountControl: 0x1000 });
    const pair = [newHost('a', to(...valuesFor('k'))), { ...bare, ...to(...valuesFor('a')) }];
    expect(await codes([bare])).toEqual([]);
    const [finding] = await foundIn(pair);
    expect(finding).toMatchObject({
      code: 'source.kerberos-only',
      hosts: ['k'],
      fix: { kind: 'by-hand', text: "Set-ADAccountControl -Identity 'k$' -TrustedToAuthForDelegation $true" },
    });
  });

  it('rbcd.present is found anywhere in the domain', async () => {
    const [finding] = await foundIn([
      newHost('web', { dn: `CN=web,${elsewhere}`, spns: [], actedOnBehalf: true }),
    ]);
    expect(finding).toMatchObject({
      code: 'rbcd.present',
      fix: {
        kind: 'by-hand',
        text: "Set-ADComputer -Identity 'web$' -Clear 'msDS-AllowedToActOnBehalfOfOtherIdentity'",
      },
    });
  });

  it('service.unexpected is one finding for a host, with a key for each value', async () => {
    const web = newHost('web', { spns: ['HOST/web', 'MSSQLSvc/web:1433'] });
    const [finding, ...others] = await foundIn([newHost('a', to('MSSQLSvc/web:1433', 'http/web')), web]);
    expect(others).toEqual([]);
    expect(finding).toMatchObject({ code: 'service.unexpected', values: ['http/web', 'MSSQLSvc/web:1433'] });
    expect(finding?.keys).toHaveLength(2);
  });

  it('value.not-ours leaves out what a request of ours wrote, and what lies outside of the bases', async () => {
    const outside = newHost('web', { dn: `CN=web,${elsewhere}`, ...to('cifs/b') });
    const survey = await surveyOf(newHost('a', to('cifs/b', 'CIFS/b.mabofeng.com')), newHost('b'), outside);
    const { guid = '' } = survey.objects.find(({ name }) => name === 'a') ?? {};
    const origins = new Map([[originKey(guid, 'cifs/B.mabofeng.com'), 'R-1001']]);
    const found = findingsOf(survey, { ...context, origins }).filter(({ code }) => code === 'value.not-ours');
    expect(found.map(({ hosts, values }) => [hosts, values])).toEqual([[['a'], ['cifs/b']]]);
  });
});

describe('between two hosts', () => {
  it('pair.one-way is put right by the other direction, with the same services', async () => {
    const cifs = valuesFor('b').filter((value) => value.startsWith('cifs/'));
    const found = await foundIn([newHost('a', to(...cifs)), newHost('b')]);
    expect(found.map(({ code, hosts, fix }) => [code, hosts, fix.text])).toEqual([
      ['pair.one-way', ['a', 'b'], '/delegate b -> a cifs'],
    ]);
  });

  it('pair.one-way is taken back where the other direction would be refused', async () => {
    const off = newHost('b', { userAccountControl: 0x100_1002 });
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

it('every code is found by some test here or is a decoy, and none besides', async () => {
  const all = await surveyPractice((domain) => {
    domain.add(
      newHost('x1', { actedOnBehalf: true, ...to('cifs/dc1', 'cifs/hyper-v-t0', 'HTTP/hyper-v01') }),
    );
    domain.add(newHost('x2', { userAccountControl: 0x1000, ...to(...valuesFor('x1', 'short')) }));
    domain.add(newHost('x3', { ...to(...valuesFor('x2', 'fqdn')), spns: ['HOST/hyper-v01'] }));
  });
  const found = new Set(findingsOf(all, context).map(({ code }) => code));
  expect([...found]).toEqual([...FINDING_CODES]);
});
