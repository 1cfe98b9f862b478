import { randomBytes } from 'node:crypto';

import { claimAddress } from '../../lab/addresses';
import { openDirectoryClient } from '../../lab/directory/directory-client';
import { directoryPath, directoryRoute } from '../../lab/directory/directory-route';
import { baseDn, containers, fqdnOf, migrationService, userDn } from '../../lab/directory/names';
import { simulatedDirectory, simulatedHost, simulatedServer } from '../../lab/directory/simulated-domain';
import { startSlack } from '../../lab/slack/server';
import type { Directory } from '../../src/core/ports';
import { DOMAIN_SID } from '../../src/jobs/directory/memory-groups';
import { openMemoryDomain } from '../../src/jobs/directory/memory-domain';
import { systemClock } from '../../src/jobs/ports/system-clock';
import { directorySuite } from './directory-suite';
import type { DirectoryWorld, WorldHost } from './directory-world';

const builtin = { dn: `CN=Print Operators,CN=Builtin,${baseDn}`, sid: 'S-1-5-32-550' };

const anotherServer = 'dc2 (simulated)';

type Reached = Pick<Directory, 'close'> & { directory: Directory };

/** The hosts in a domain in memory; `reach` gives the directory under test for one that lives there. */
async function memoryWorld(
  hosts: readonly WorldHost[],
  reach: (directory: Directory) => Promise<Reached>,
): Promise<DirectoryWorld> {
  const domain = openMemoryDomain();
  const { hyperV, computers } = containers;
  for (const host of hosts) domain.add(simulatedHost({ ...host, container: hyperV }));
  const forbidden = { name: 'branch', container: computers, migrationSpn: false, anyProtocol: false };
  domain.add(simulatedHost(forbidden));
  domain.add({ ...builtin, objectClasses: ['top', 'group'], samAccountName: 'Print Operators' });
  domain.add(simulatedHost({ name: 'outside', container: `OU=Elsewhere,${baseDn}` }));
  const down = new Set<string>();
  const rids = new Map<string, number>();
  const servers = [simulatedServer, anotherServer] as const;
  const reached = await reach(simulatedDirectory(domain, systemClock, { servers: [...servers], down }));
  const trusting = await reach(simulatedDirectory(domain, systemClock, { mayWriteControl: true }));
  const host = (name: string) => ({ name, fqdn: fqdnOf(name), dn: `CN=${name},${hyperV}` });
  const objectOf = (name: string) => {
    const object = domain.objects().find((each) => each.name === name);
    if (!object) throw new Error(`There is no ${name}`);
    return object;
  };
  return {
    directory: reached.directory,
    trusting: trusting.directory,
    takeDown: (server) => void down.add(server),
    bringBack: (server) => void down.delete(server),
    baseDn,
    host,
    forbidden: 'branch',
    outside: 'outside',
    stored: async (name) => objectOf(name).allowedToDelegateTo,
    control: async (name) => objectOf(name).userAccountControl,
    async editControl(name, set) {
      const { guid, userAccountControl: before } = objectOf(name);
      domain.setControl(guid, before | set);
    },
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
    async addDelegatingUser(values) {
      const user = { objectClasses: ['top', 'person', 'organizationalPerson', 'user'] };
      domain.add({ dn: userDn('far'), samAccountName: 'far', ...user, allowedToDelegateTo: values });
      return 'far';
    },
    async addGroup(name, memberOf = []) {
      const dn = `CN=${name},${computers}`;
      rids.set(dn, 5_000 + rids.size);
      const sid = `${DOMAIN_SID}-${rids.get(dn)}`;
      domain.add({ dn, samAccountName: name, objectClasses: ['top', 'group'], memberOf, sid });
      return dn;
    },
    async addMember(name, memberOf, primaryGroup = '') {
      const primaryGroupId = rids.get(primaryGroup) ?? 515;
      domain.add({ dn: host(name).dn, samAccountName: `${name}$`, memberOf, primaryGroupId });
      return name;
    },
    async close() {
      await reached.close();
      await trusting.close();
    },
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
        server: inside.server,
        alternates: inside.alternates.map(({ server }) => server),
      }),
      async close() {
        await slack.close();
        await claim.release();
      },
    };
  }),
);
