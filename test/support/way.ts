import { observePair } from './pair-observation';
import { readDelegation } from '../../lab/directory/delegation';
import { createOrganisation, deleteOrganisation, type Organisation } from '../../lab/directory/organisation';
import { sortValues } from '../../src/core/delegation/values';
import type { Directory, ListModification } from '../../src/core/ports';
import type { LdapDirectoryOptions } from '../../src/jobs/directory/ldap-directory';
import { testDomain } from './domain';
import { behind, openTestDirectory } from './ldap-directory';
import { startTcpProxy, type TcpProxy } from './tcp-proxy';

/** Short enough for a test that waits for one, long enough for a busy machine. */
export const deadlines = { connectMs: 2_000, readMs: 800, writeMs: 800, everywhereMs: 800 };

/** One host of the practice domain, and a directory whose way to it leads through a proxy. */
export interface Way {
  readonly guid: string;
  readonly proxy: TcpProxy;
  readonly directory: Directory;
  /** The host's list, by the directory under test. */
  values(): Promise<readonly string[]>;
  /** The host's list, by the administrator; sorted. */
  stored(): Promise<readonly string[]>;
  /** The adding of a value that is nowhere yet. */
  newChange(): ListModification;
  /** Another directory on the same proxy, with something otherwise. */
  reopen(otherwise: Partial<LdapDirectoryOptions>): Promise<void>;
}

/** Another way to the same controller; close it. */
export function anotherProxy(): Promise<TcpProxy> {
  return startTcpProxy({ host: new URL(testDomain().url).hostname, port: 636 });
}

/** Makes the host before all tests of a file, and a new proxy and directory for each. */
export function setUpWay(): Way {
  const domain = testDomain();
  let organisation: Organisation;
  let guid = '';
  let proxy: TcpProxy;
  let directory: Directory;
  let count = 0;

  beforeAll(async () => {
    organisation = await createOrganisation(domain, { name: 'way', hosts: [{ name: 'hv01' }] });
    const asked = { kind: 'short', text: organisation.host('hv01').name } as const;
    const direct = openTestDirectory();
    const seen = await observePair(direct, { source: asked, destination: asked, services: ['cifs'] });
    await direct.close();
    guid = seen.source[0]?.guid ?? '';
  });
  afterAll(() => deleteOrganisation(domain, organisation));
  beforeEach(async () => {
    proxy = await anotherProxy();
    directory = openTestDirectory({ servers: [behind(proxy)], deadlines });
  });
  afterEach(async () => {
    proxy.resume();
    await directory.close();
    await proxy.close();
  });

  return {
    get guid() {
      return guid;
    },
    get proxy() {
      return proxy;
    },
    get directory() {
      return directory;
    },
    values: async () => (await directory.read(guid))?.allowedToDelegateTo ?? [],
    stored: async () => sortValues(await readDelegation(domain, organisation.host('hv01').name)),
    newChange() {
      count += 1;
      const { dn } = organisation.host('hv01');
      return { guid, dn, attribute: 'msDS-AllowedToDelegateTo', add: [`cifs/value-${count}`], remove: [] };
    },
    async reopen(otherwise) {
      await directory.close();
      directory = openTestDirectory({ servers: [behind(proxy)], deadlines, ...otherwise });
    },
  };
}
