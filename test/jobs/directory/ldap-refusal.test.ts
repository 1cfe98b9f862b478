import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createServer, rootCertificates } from 'node:tls';

import { freePort } from '../../../lab/addresses';
import type { LdapDirectoryOptions } from '../../../src/jobs/directory/ldap-directory';
import { systemClock } from '../../../src/jobs/ports/system-clock';
import { testDomain } from '../../support/domain';
import { behind, faultOf, openForOneTest as open } from '../../support/ldap-directory';
import { anotherProxy } from '../../support/way';

const domain = testDomain();
const nowhere = '00000000-0000-0000-0000-000000000000';

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
    const proxy = await anotherProxy();
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
