import { readFileSync } from 'node:fs';
import { once } from 'node:events';
import { join } from 'node:path';
import { createServer, rootCertificates } from 'node:tls';

import { freePort } from '../../../lab/addresses';
import { decoys } from '../../../lab/directory/accounts';
import { readDelegation, readHost } from '../../../lab/directory/delegation';
import { containers } from '../../../lab/directory/names';
import type { Directory } from '../../../src/core/ports';
import type { Fault } from '../../../src/core/problem';
import { openLdapDirectory, type LdapDirectoryOptions } from '../../../src/jobs/directory/ldap-directory';
import { systemClock } from '../../../src/jobs/ports/system-clock';
import { testDomain } from '../../support/domain';
import { behind, ldapOptions } from '../../support/ldap-directory';
import { startTcpProxy } from '../../support/tcp-proxy';

const domain = testDomain();
const nowhere = '00000000-0000-0000-0000-000000000000';
const opened: Directory[] = [];

function open(otherwise: Partial<LdapDirectoryOptions> = {}): Directory {
  const directory = openLdapDirectory(ldapOptions(otherwise));
  opened.push(directory);
  return directory;
}

async function faultOf(promise: Promise<unknown>): Promise<Fault> {
  return promise.then(
    () => Promise.reject(new Error('It succeeded')),
    (error: Fault) => error,
  );
}

function observe(directory: Directory, source: string, destination: string) {
  return directory.observe({
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

afterEach(async () => {
  for (const directory of opened.splice(0)) await directory.close();
});

describe('settings that would be unsafe', () => {
  const [server] = domain.directories;
  it.each<[string, Partial<LdapDirectoryOptions>]>([
    ['an empty password', { password: '' }],
    ['an empty CA', { ca: '' }],
    ['a CA that is no certificate', { ca: 'none' }],
    ['no TLS', { servers: [{ name: 'dc1', url: 'ldap://127.0.0.1', tlsName: 'dc1' }] }],
    ['no name to check', { servers: [{ name: 'dc1', url: 'ldaps://127.0.0.1', tlsName: '' }] }],
    ['a SASL mechanism as account', { bindDn: 'EXTERNAL' }],
    ['no account', { bindDn: '' }],
    ['no server', { servers: [] }],
    [
      'one of two servers without TLS',
      { servers: [...(server ? [server] : []), { name: 'dc2', url: 'ldap://127.0.0.1', tlsName: 'dc2' }] },
    ],
  ])('are refused before anything is sent: %s', (_title, otherwise) => {
    expect(() => open(otherwise)).toThrow(
      expect.objectContaining({ code: 'directory.settings', retry: 'never' }),
    );
  });
});

describe('a connection that is not to be', () => {
  it('is refused by the server for a wrong password, and not tried again for half a minute', async () => {
    const { hostname } = new URL(domain.url);
    const proxy = await startTcpProxy({ host: hostname, port: 636 });
    let later = 0;
    const clock = { ...systemClock, monotonic: () => systemClock.monotonic() + later };
    const directory = open({ password: 'wrong', servers: [behind(proxy)], clock });
    const fault = await faultOf(directory.read(nowhere));
    expect(fault).toMatchObject({ code: 'directory.credentials', retry: 'never' });
    expect(fault.remedy).toContain('directory.passwordFile');
    expect(await faultOf(directory.read(nowhere))).toBe(fault);
    expect(proxy.connections()).toBe(1);
    later = 30_000;
    expect(await faultOf(directory.read(nowhere))).toMatchObject({ code: 'directory.credentials' });
    expect(proxy.connections()).toBe(2);
    await proxy.close();
  });

  it('is refused for a certificate of another CA', async () => {
    const fault = await faultOf(open({ ca: rootCertificates[0] ?? '' }).read(nowhere));
    expect(fault).toMatchObject({ code: 'directory.tls', retry: 'never' });
    expect(fault.remedy).toContain('directory.caFile');
  });

  it('is refused for a certificate of another name', async () => {
    const servers = [{ name: 'dc1', url: domain.url, tlsName: 'dc2.mabofeng.com' }];
    const fault = await faultOf(open({ servers }).read(nowhere));
    expect(fault).toMatchObject({ code: 'directory.tls', retry: 'never' });
    expect(fault.message).toContain('ERR_TLS_CERT_ALTNAME_INVALID');
  });

  it('is refused to a server that speaks no TLS 1.2', async () => {
    const tls = join(domain.home, 'private', 'tls');
    const server = createServer({
      key: readFileSync(join(tls, 'key.pem')),
      cert: readFileSync(join(tls, 'cert.pem')),
      minVersion: 'TLSv1',
      maxVersion: 'TLSv1.1',
      ciphers: 'ALL@SECLEVEL=0',
    });
    server.on('tlsClientError', () => undefined);
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as { port: number };
    const fault = await faultOf(open({ servers: [behind({ port })] }).read(nowhere));
    expect(fault).toMatchObject({ code: 'directory.tls', retry: 'never' });
    server.close();
  });

  it('may come later where nobody listens', async () => {
    const port = await freePort('127.0.0.1');
    const fault = await faultOf(open({ servers: [behind({ port })] }).read(nowhere));
    expect(fault).toMatchObject({ code: 'directory.unreachable', retry: 'later' });
  });
});

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
    const { source } = await directory.observe({
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
