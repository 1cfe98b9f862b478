import type { Client } from 'ldapts';

import { asAccount } from '../../lab/directory/connection';
import { editDelegation, readDelegation } from '../../lab/directory/delegation';
import { administrator } from '../../lab/directory/domain';
import { migrationService } from '../../lab/directory/names';
import { createOrganisation, deleteOrganisation } from '../../lab/directory/organisation';
import { testDomain } from '../support/domain';
import { openTestDirectory } from '../support/ldap-directory';
import { directorySuite } from './directory-suite';

/** WORKSTATION_TRUST_ACCOUNT, and nothing else that a host has. */
function computer(name: string): Record<string, string> {
  return { objectClass: 'computer', sAMAccountName: `${name}$`, userAccountControl: '4096' };
}

directorySuite('Samba', async (hosts) => {
  const domain = testDomain();
  const organisation = await createOrganisation(domain, { name: 'contract', hosts });
  const directory = openTestDirectory({ searchBases: [organisation.dn] });
  const host = (name: string) => organisation.host(name);
  const asAdmin = (work: (client: Client) => Promise<void>) => asAccount(domain, administrator(domain), work);
  const nameLike = (name: string) => host('hv01').name.replace('hv01', name);
  return {
    directory,
    baseDn: domain.baseDn,
    host,
    stored: (name) => readDelegation(domain, host(name).name),
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
    forbidden: 'branch-hv01',
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
    async close() {
      await directory.close();
      await deleteOrganisation(domain, organisation);
    },
  };
});
