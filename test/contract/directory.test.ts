import type { Client } from 'ldapts';

import { editControl, readControl } from '../../lab/directory/account-control';
import { asAccount } from '../../lab/directory/connection';
import { editDelegation, readDelegation } from '../../lab/directory/delegation';
import { administrator } from '../../lab/directory/domain';
import { migrationService, userDn } from '../../lab/directory/names';
import { createOrganisation, deleteOrganisation } from '../../lab/directory/organisation';
import { createAccount } from '../../lab/directory/trusted-account';
import { testDomain } from '../support/domain';
import { joinGroup, makePrimaryGroup } from '../support/group-membership';
import { behind, openTestDirectory } from '../support/ldap-directory';
import type { TcpProxy } from '../support/tcp-proxy';
import { anotherProxy } from '../support/way';
import { directorySuite } from './directory-suite';

/** WORKSTATION_TRUST_ACCOUNT, and nothing else that a host has. */
function computer(name: string): Record<string, string> {
  return { objectClass: 'computer', sAMAccountName: `${name}$`, userAccountControl: '4096' };
}

directorySuite('Samba', async (hosts) => {
  const domain = testDomain();
  const organisation = await createOrganisation(domain, { name: 'contract', hosts });
  const host = (name: string) => organisation.host(name);
  const nameLike = (name: string) => host('hv01').name.replace('hv01', name);
  // The one controller under two names, each by a way of its own that can be spoilt.
  const ways = new Map([
    ['dc1', await anotherProxy()],
    ['dc2', await anotherProxy()],
  ]);
  const wayTo = (server: string): TcpProxy => {
    const way = ways.get(server);
    if (!way) throw new Error(`There is no ${server}`);
    return way;
  };
  const servers = [...ways].map(([name, way]) => behind(way, name));
  const directory = openTestDirectory({ searchBases: [organisation.dn], servers });
  const mighty = await createAccount(domain, {
    name: nameLike('mighty'),
    within: organisation.dn,
    writes: ['msDS-AllowedToDelegateTo', 'userAccountControl'],
    hasPrivilege: true,
  });
  const { dn: bindDn, password } = mighty;
  const trusting = openTestDirectory({ searchBases: [organisation.dn], bindDn, password });
  const asAdmin = (work: (client: Client) => Promise<void>) => asAccount(domain, administrator(domain), work);
  const primary: string[] = [];
  const elsewhere = userDn(nameLike('far'));
  return {
    directory,
    trusting,
    baseDn: domain.baseDn,
    host,
    takeDown: (server) => wayTo(server).dropReply(),
    bringBack: (server) => wayTo(server).resume(),
    stored: (name) => readDelegation(domain, host(name).name),
    control: (name) => readControl(domain, host(name).name),
    editControl: (name, set) => editControl(domain, host(name).name, { set }),
    edit: (name, edit) => editDelegation(domain, host(name).name, edit),
    async addTwin(dNSHostName) {
      const name = nameLike('twin');
      await asAdmin((client) =>
        client.add(`CN=${name},${organisation.dn}`, { ...computer(name), dNSHostName }),
      );
      return name;
    },
    rename: (name) =>
      asAdmin((client) => client.modifyDN(host(name).dn, `CN=was-${host(name).name},${organisation.dn}`)),
    replace: (name) =>
      asAdmin(async (client) => {
        await client.del(host(name).dn);
        await client.add(host(name).dn, computer(host(name).name));
      }),
    remove: (name) => asAdmin((client) => client.del(host(name).dn)),
    forbidden: 'files01',
    outside: 'branch-hv01',
    async addUser() {
      const name = nameLike('user');
      await asAdmin((client) =>
        client.add(`CN=${name},${organisation.dn}`, { objectClass: 'user', sAMAccountName: `${name}$` }),
      );
      return name;
    },
    addMigratingUser: () =>
      asAdmin((client) => {
        const [sAMAccountName, servicePrincipalName] = [
          nameLike('svc'),
          `${migrationService}/${nameLike('svc')}`,
        ];
        const user = { objectClass: 'user', sAMAccountName, servicePrincipalName };
        return client.add(`CN=${sAMAccountName},${organisation.dn}`, user);
      }),
    async addDelegatingUser(values) {
      const sAMAccountName = nameLike('far');
      const list = { 'msDS-AllowedToDelegateTo': [...values] };
      await asAdmin((client) => client.add(elsewhere, { objectClass: 'user', sAMAccountName, ...list }));
      return sAMAccountName;
    },
    async addGroup(name, memberOf = []) {
      const dn = `CN=${nameLike(name)},${organisation.dn}`;
      await asAdmin(async (client) => {
        await client.add(dn, { objectClass: 'group', sAMAccountName: nameLike(name) });
        for (const group of memberOf) await joinGroup(client, dn, group);
      });
      return dn;
    },
    async addMember(name, memberOf, primaryGroup) {
      const dn = `CN=${nameLike(name)},${organisation.dn}`;
      await asAdmin(async (client) => {
        await client.add(dn, computer(nameLike(name)));
        for (const group of memberOf) await joinGroup(client, dn, group);
        if (primaryGroup === undefined) return;
        await makePrimaryGroup(client, dn, primaryGroup);
        // As long as it is there Samba deletes no OU with the group in it.
        primary.push(dn);
      });
      return nameLike(name);
    },
    async close() {
      await directory.close();
      await trusting.close();
      for (const way of ways.values()) await way.close();
      for (const dn of [elsewhere, ...primary]) await asAdmin((client) => client.del(dn));
      await deleteOrganisation(domain, organisation);
    },
  };
});
