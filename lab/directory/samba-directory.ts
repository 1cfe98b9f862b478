import { EqualityFilter } from 'ldapts';

import { asAccount } from './connection';
import { editDelegation } from './delegation';
import { administrator, type DomainAccess } from './domain';
import { labelledHosts } from './host-labels';
import { askKdc } from './kdc';
import { delegationAttribute } from './names';
import type { PracticeDirectory } from './practice-directory';

/** The real practice domain, read and edited over LDAPS as its administrator. */
export function sambaDirectory(domain: DomainAccess): PracticeDirectory {
  return {
    kind: 'samba',
    hosts: labelledHosts,
    readDelegations: () => readDelegations(domain),
    editDelegation: (host, edit) => editDelegation(domain, host, edit),
    askKdc: async (from, to) => (await askKdc(domain, from, to)).cifs,
  };
}

async function readDelegations(domain: DomainAccess): Promise<ReadonlyMap<string, readonly string[]>> {
  const entries = await asAccount(domain, administrator(domain), async (client) => {
    const found = await client.search(domain.baseDn, {
      scope: 'sub',
      filter: new EqualityFilter({ attribute: 'objectClass', value: 'computer' }),
      attributes: ['sAMAccountName', delegationAttribute],
      paged: true,
    });
    return found.searchEntries;
  });
  return new Map(
    entries.map((entry) => [
      String(entry['sAMAccountName']).toLowerCase().replace(/\$$/u, ''),
      [entry[delegationAttribute] ?? []].flat().map(String),
    ]),
  );
}
