import { readFileSync } from 'node:fs';

import type { Directory } from '../../src/core/ports';
import type { Fault } from '../../src/core/problem';
import { openLdapDirectory, type LdapDirectoryOptions } from '../../src/jobs/directory/ldap-directory';
import { systemClock } from '../../src/jobs/ports/system-clock';
import { testDomain } from './domain';

/** What the practice domain of this run takes, with whatever a test wants otherwise. */
export function ldapOptions(otherwise: Partial<LdapDirectoryOptions> = {}): LdapDirectoryOptions {
  const domain = testDomain();
  return {
    servers: domain.directories,
    ca: readFileSync(domain.caFile, 'utf8'),
    bindDn: domain.service.dn,
    password: domain.service.password,
    baseDn: domain.baseDn,
    searchBases: domain.searchBases,
    clock: systemClock,
    ...otherwise,
  };
}

/** Opens the adapter on the practice domain; the caller closes it. */
export function openTestDirectory(otherwise: Partial<LdapDirectoryOptions> = {}): Directory {
  return openLdapDirectory(ldapOptions(otherwise));
}

/** The practice domain's controller as seen through a proxy. */
export function behind(proxy: { port: number }, name = 'dc1') {
  return { name, url: `ldaps://127.0.0.1:${proxy.port}`, tlsName: testDomain().tlsName };
}

const opened: Directory[] = [];

/** Opens the adapter for the test that is running; it is closed after it. Only in files that call it outside of `beforeAll`. */
export function openForOneTest(otherwise: Partial<LdapDirectoryOptions> = {}): Directory {
  const directory = openTestDirectory(otherwise);
  opened.push(directory);
  return directory;
}

afterEach(async () => {
  for (const directory of opened.splice(0)) await directory.close();
});

/** What a call was refused with; throws when it was not. */
export function faultOf(call: Promise<unknown>): Promise<Fault> {
  return call.then(
    () => Promise.reject(new Error('It succeeded')),
    (error: Fault) => error,
  );
}
