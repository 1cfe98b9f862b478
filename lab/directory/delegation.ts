import { Attribute, Change, EqualityFilter, type Client } from 'ldapts';

import { asAccount } from './connection';
import { administrator, type DomainAccess } from './domain';
import { delegationAttribute } from './names';

/** What the administrator sees of a computer object. */
export interface HostObject {
  dn: string;
  dnsHostName: string;
  /** msDS-AllowedToDelegateTo as stored; empty when absent. */
  delegation: string[];
}

/** Reads one computer by its short name over LDAPS as the administrator. Throws if it does not exist. */
export async function readHost(domain: DomainAccess, host: string): Promise<HostObject> {
  return asAccount(domain, administrator(domain), (client) => findHost(client, domain.baseDn, host));
}

/** The host's msDS-AllowedToDelegateTo values as stored. */
export async function readDelegation(domain: DomainAccess, host: string): Promise<string[]> {
  return (await readHost(domain, host)).delegation;
}

/** Edits the host's delegation behind the product's back, as another administrator does. One strict modify. */
export async function editDelegation(
  domain: DomainAccess,
  host: string,
  edit: { add?: readonly string[]; delete?: readonly string[] },
): Promise<void> {
  await asAccount(domain, administrator(domain), async (client) => {
    const { dn } = await findHost(client, domain.baseDn, host);
    await client.modify(dn, [
      ...delegationChange('delete', edit.delete ?? []),
      ...delegationChange('add', edit.add ?? []),
    ]);
  });
}

/** A change of msDS-AllowedToDelegateTo for `client.modify`; none when there are no values. */
export function delegationChange(operation: 'add' | 'delete', values: readonly string[]): Change[] {
  if (values.length === 0) return [];
  return [
    new Change({
      operation,
      modification: new Attribute({ type: delegationAttribute, values: [...values] }),
    }),
  ];
}

async function findHost(client: Client, baseDn: string, host: string): Promise<HostObject> {
  const { searchEntries } = await client.search(baseDn, {
    scope: 'sub',
    filter: new EqualityFilter({ attribute: 'sAMAccountName', value: `${host}$` }),
    attributes: ['dNSHostName', delegationAttribute],
  });
  const [entry] = searchEntries;
  if (!entry) throw new Error(`The practice domain has no computer ${host}`);
  return {
    dn: entry.dn,
    dnsHostName: String(entry['dNSHostName']),
    delegation: [entry[delegationAttribute] ?? []].flat().map(String),
  };
}
