import { randomBytes } from 'node:crypto';

import { claimAddress } from '../../lab/addresses';
import { openDirectoryClient } from '../../lab/directory/directory-client';
import { directoryPath, directoryRoute } from '../../lab/directory/directory-route';
import { baseDn, containers, fqdnOf, migrationService } from '../../lab/directory/names';
import { simulatedDirectory, simulatedHost, simulatedServer } from '../../lab/directory/simulated-domain';
import { startSlack } from '../../lab/slack/server';
import type { Directory } from '../../src/core/ports';
import { openMemoryDomain } from '../../src/jobs/directory/memory-domain';
import { systemClock } from '../../src/jobs/ports/system-clock';
import { directorySuite } from './directory-suite';
import type { DirectoryWorld, WorldHost } from './directory-world';

/** The hosts in a domain in memory; `reach` gives the directory under test for the one that lives there. */
async function memoryWorld(
  hosts: readonly WorldHost[],
  reach: (directory: Directory) => Promise<{ directory: Directory; close(): Promise<void> }>,
): Promise<DirectoryWorld> {
  const domain = openMemoryDomain();
  const { hyperV, computers } = containers;
  for (const host of hosts) domain.add(simulatedHost({ ...host, container: hyperV }));
  domain.add(simulatedHost({ name: 'branch', container: computers, migrationSpn: false }));
  domain.add(simulatedHost({ name: 'outside', container: `OU=Elsewhere,${baseDn}` }));
  const reached = await reach(simulatedDirectory(domain, systemClock));
  const host = (name: string) => ({ name, fqdn: fqdnOf(name), dn: `CN=${name},${hyperV}` });
  const objectOf = (name: string) => {
    const object = domain.objects().find((each) => each.name === name);
    if (!object) throw new Error(`There is no ${name}`);
    return object;
  };
  return {
    directory: reached.directory,
    baseDn,
    host,
    forbidden: 'branch',
    outside: 'outside',
    stored: async (name) => objectOf(name).allowedToDelegateTo,
    async edit(name, { add = [], delete: remove = [] }) {
      expect(domain.change(objectOf(name).guid, { add, remove })).toBe('changed');
    },
    async addTwin(dnsHostName) {
      domain.add({ dn: host('twin').dn, samAccountName: 'twin$', dnsHostName });
      return 'twin';
    },
    rename: async (name) => domain.rename(objectOf(name).guid, `CN=was-${name},${hyperV}`),
    async replace(name) {
      const { guid, dn, samAccountName } = objectOf(name);
      domain.remove(guid);
      domain.add({ dn, samAccountName });
    },
    remove: async (name) => domain.remove(objectOf(name).guid),
    async addUser() {
      const objectClasses = ['top', 'person', 'organizationalPerson', 'user'];
      domain.add({ dn: host('user').dn, samAccountName: 'user$', objectClasses });
      return 'user';
    },
    async addMigratingUser() {
      const objectClasses = ['top', 'person', 'organizationalPerson', 'user'];
      const spns = [`${migrationService}/svc`];
      domain.add({ dn: host('svc').dn, samAccountName: 'svc', objectClasses, spns });
    },
    close: () => reached.close(),
  };
}

directorySuite('memory', (hosts) =>
  memoryWorld(hosts, async (directory) => ({ directory, close: () => directory.close() })),
);

directorySuite('memory in another process, over the lab’s own HTTP', (hosts) =>
  memoryWorld(hosts, async (inside) => {
    const claim = await claimAddress();
    const secret = (): string => randomBytes(12).toString('hex');
    const labToken = secret();
    const slack = await startSlack({
      address: claim.address,
      labToken,
      botToken: secret(),
      appToken: secret(),
      signingSecret: secret(),
      extraRoutes: { [`POST ${directoryPath}`]: directoryRoute(inside) },
    });
    return {
      directory: openDirectoryClient({
        kind: 'simulated',
        url: slack.url,
        labToken,
        server: simulatedServer,
      }),
      async close() {
        await slack.close();
        await claim.release();
      },
    };
  }),
);
