import { EqualityFilter } from 'ldapts';

import { editControl } from './account-control';
import { accountBits } from './accounts';
import { asAccount } from './connection';
import { editDelegation } from './delegation';
import { administrator, type DomainAccess } from './domain';
import { labelledHosts } from './host-labels';
import { askKdc } from './kdc';
import { controlAttribute, delegationAttribute } from './names';
import type { PracticeDirectory } from './practice-directory';

/** The real practice domain, read and edited over LDAPS as its administrator. */
export function sambaDirectory(domain: DomainAccess): PracticeDirectory {
  return {
    kind: 'samba',
    hosts: labelledHosts,
    readDelegations: () => readDelegations(domain),
    readControls: () => readControls(domain),
    editDelegation: (host, edit) => editDelegation(domain, host, edit),
    editTrust: (host, anyProtocol) =>
      editControl(domain, host, { [anyProtocol ? 'set' : 'clear']: accountBits.anyProtocol }),
    askKdc: async (from, to) => (await askKdc(domain, from, to)).cifs,
  };
}

async function readDelegations(domain: DomainAccess): Promise<ReadonlyMap<string, readonly string[]>> {
  return readComputers(domain, delegationAttribute, (values) => values);
}

async function readControls(domain: DomainAccess): Promise<ReadonlyMap<string, number>> {
  // LDAP carries it signed.
  return readComputers(domain, controlAttribute, ([value]) => Number(value) >>> 0);
}

/** One attribute of every computer of the domain, by host name. */
async function readComputers<T>(
  domain: DomainAccess,
  attribute: string,
  read: (values: readonly string[]) => T,
): Promise<ReadonlyMap<string, T>> {
  const entries = await asAccount(domain, administrator(domain), async (client) => {
    const found = await client.search(domain.baseDn, {
      scope: 'sub',
      filter: new EqualityFilter({ attribute: 'objectClass', value: 'computer' }),
      attributes: ['sAMAccountName', attribute],
      paged: true,
    });
    return found.searchEntries;
  });
  return new Map(
    entries.map((entry) => [
      String(entry['sAMAccountName']).toLowerCase().replace(/\$$/u, ''),
      read([entry[attribute] ?? []].flat().map(String)),
    ]),
  );
}
