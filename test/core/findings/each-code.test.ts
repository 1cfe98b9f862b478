import { findingsOf } from '../../../src/core/findings/find';
import { FINDING_CODES } from '../../../src/core/findings/finding';
import { sortValues } from '../../../src/core/delegation/values';
import { originKey } from '../../../src/core/survey/landscape';
import type { NewObject } from '../../../src/jobs/directory/memory-domain';
import {
  baseDn,
  context,
  foundIn,
  fqdnOf,
  migrationService,
  newHost,
  surveyOf,
  surveyPractice,
  to,
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

  it('source.kerberos-only needs a list', async () => {
    expect(await codes([newHost('k', { userAccountControl: 0x1000 })])).toEqual([]);
  });

  it('source.kerberos-only is put right by a request for what is delegated already', async () => {
    const bare = newHost('k', { userAccountControl: 0x1000, ...to(...valuesFor('a')) });
    const [finding, ...others] = await foundIn([newHost('a', to(...valuesFor('k'))), bare]);
    expect(others).toEqual([]);
    expect(finding).toMatchObject({
      code: 'source.kerberos-only',
      hosts: ['k'],
      fix: { kind: 'command', text: '/delegate k -> a cifs --protocol any' },
    });
    const migration = valuesFor('a').filter((value) => value.startsWith(migrationService));
    const [other] = await foundIn([newHost('a', to(...valuesFor('k'))), { ...bare, ...to(...migration) }]);
    expect(other?.fix.text).toBe('/delegate k -> a migration --protocol any');
  });

  it.each<[title: string, source: Partial<NewObject>, target: Partial<NewObject>]>([
    ['nothing is delegated whole', to('cifs/a', `${migrationService}/${fqdnOf('a')}`), {}],
    ['the source is disabled', { userAccountControl: 0x1002 }, {}],
    ['the destination is disabled', {}, { userAccountControl: 0x100_1002 }],
    ['the destination is Tier 0', {}, { adminCount: true }],
    ['the destination lies elsewhere', {}, { dn: `CN=a,${elsewhere}` }],
    ['the destination is delegated to by odd services only', to('HTTP/a'), {}],
  ])('source.kerberos-only is a step by hand where %s', async (_title, source, target) => {
    const bare = newHost('k', { userAccountControl: 0x1000, ...to(...valuesFor('a')), ...source });
    const found = await foundIn([newHost('a', { ...to(...valuesFor('k')), ...target }), bare]);
    expect(found.find(({ code }) => code === 'source.kerberos-only')).toMatchObject({
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
