import { Attribute, Change, EqualityFilter } from 'ldapts';
import { asAccount } from '../../lab/directory/connection';
import { administrator } from '../../lab/directory/domain';
import { delegationAttribute, migrationService } from '../../lab/directory/names';
import { ledgerKeys } from '../../src/jobs/ledger/keys';
import { PREFIX, type MeshHost, type Stage } from './stage';

/** What a host's list holds when it may delegate to all the others: two services by two names of each. */
export function valuesOf(host: MeshHost, mesh: readonly MeshHost[]): readonly string[] {
  return mesh
    .filter(({ name }) => name !== host.name)
    .flatMap(({ name, fqdn }) =>
      ['cifs', migrationService].flatMap((service) => [`${service}/${name}`, `${service}/${fqdn}`]),
    );
}

/** How many values a mesh of so many hosts has. */
export function countOf(hosts: number): number {
  return hosts * (hosts - 1) * 4;
}

/** How many values all lists hold together, as an administrator reads them. */
export async function countValues({ domain, unit }: Stage): Promise<number> {
  return asAccount(domain, administrator(domain), async (client) => {
    const { searchEntries } = await client.search(unit, {
      scope: 'one',
      filter: new EqualityFilter({ attribute: 'objectClass', value: 'computer' }),
      attributes: [delegationAttribute],
    });
    return searchEntries.flatMap((entry) => entry[delegationAttribute] ?? []).length;
  });
}

/** Empties all lists, as another administrator would, and what the ledger remembers of their values: every run begins as the first. */
export async function emptyLists({ domain, hosts, redis }: Stage): Promise<void> {
  const modification = new Attribute({ type: delegationAttribute, values: [] });
  await asAccount(domain, administrator(domain), async (client) => {
    for (const { dn } of hosts) await client.modify(dn, new Change({ operation: 'replace', modification }));
  });
  const { origins, claims, writes } = ledgerKeys(PREFIX);
  await redis.del(origins, claims, writes);
}
