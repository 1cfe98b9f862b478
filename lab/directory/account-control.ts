import { Attribute, Change, EqualityFilter, type Client } from 'ldapts';

import { asAccount } from './connection';
import { administrator, type DomainAccess } from './domain';
import { controlAttribute } from './names';

/** A computer's userAccountControl by its short name, unsigned, as the administrator reads it. Throws if it does not exist. */
export async function readControl(domain: DomainAccess, host: string): Promise<number> {
  const { control } = await asAccount(domain, administrator(domain), (client) =>
    findControl(client, domain.baseDn, host),
  );
  return control;
}

/** Sets and clears bits of it behind the product's back, as another administrator does. */
export async function editControl(
  domain: DomainAccess,
  host: string,
  { set = 0, clear = 0 }: { set?: number; clear?: number },
): Promise<void> {
  await asAccount(domain, administrator(domain), async (client) => {
    const { dn, control } = await findControl(client, domain.baseDn, host);
    await client.modify(dn, controlReplacement((control | set) & ~clear));
  });
}

/** A change of userAccountControl for `client.modify`, whatever it was before. */
export function controlReplacement(control: number): Change {
  // LDAP carries it signed.
  const modification = new Attribute({ type: controlAttribute, values: [String(control | 0)] });
  return new Change({ operation: 'replace', modification });
}

async function findControl(
  client: Client,
  baseDn: string,
  host: string,
): Promise<{ dn: string; control: number }> {
  const { searchEntries } = await client.search(baseDn, {
    scope: 'sub',
    filter: new EqualityFilter({ attribute: 'sAMAccountName', value: `${host}$` }),
    attributes: [controlAttribute],
  });
  const [entry] = searchEntries;
  if (!entry) throw new Error(`The practice domain has no computer ${host}`);
  return { dn: entry.dn, control: Number(entry[controlAttribute]) >>> 0 };
}
