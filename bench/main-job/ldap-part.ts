import { Client, EqualityFilter } from 'ldapts';
import { readFileSync } from 'node:fs';
import { delegationChange } from '../../lab/directory/delegation';
import type { DomainAccess } from '../../lab/directory/domain';
import { fqdnOf, migrationService } from '../../lab/directory/names';
import { computerAttributes, holderAttributes } from '../../src/jobs/directory/computer-entry';
import { guidDn, guidText } from '../../src/jobs/directory/guid';
import type { Pair } from './job';

/** A bound connection as the directory worker keeps one: same server, same account. */
export async function bindService(domain: DomainAccess): Promise<Client> {
  const client = new Client({
    url: domain.url,
    tlsOptions: { ca: readFileSync(domain.caFile), servername: domain.tlsName, minVersion: 'TLSv1.2' },
  });
  await client.bind(domain.service.dn, domain.service.password);
  return client;
}

/**
 * What one job asks of the directory once the approval stands, with the same filters and attributes, side by side where the job does it
 * side by side: both hosts, then the holders of four services and two HOST names (`observe.ts`); the object, the modify (`apply-step.ts`);
 * the object again (`prove-run.ts`). The values must not be there yet; they are afterwards. Gives milliseconds.
 */
export async function readModifyRead(
  client: Client,
  { baseDn }: DomainAccess,
  { from, to }: Pair,
): Promise<number> {
  const names = [to, fqdnOf(to)];
  const services = ['cifs', migrationService].flatMap((service) => names.map((name) => `${service}/${name}`));
  const spns = [...services, ...names.map((name) => `HOST/${name}`)];
  const search = async (attribute: string, value: string, wanted: typeof holderAttributes) => {
    const filter = new EqualityFilter({ attribute, value });
    return (await client.search(baseDn, { ...wanted, scope: 'sub', filter })).searchEntries;
  };
  const startedAt = performance.now();
  const [source] = await Promise.all([
    search('sAMAccountName', `${from}$`, computerAttributes),
    search('sAMAccountName', `${to}$`, computerAttributes),
  ]);
  await Promise.all(spns.map((spn) => search('servicePrincipalName', spn, holderAttributes)));
  const guid = source[0]?.['objectGUID'];
  if (!Buffer.isBuffer(guid)) throw new Error(`${from} was not found`);
  const object = guidDn(guidText(guid));
  await client.search(object, { ...computerAttributes, scope: 'base' });
  await client.modify(object, delegationChange('add', services));
  await client.search(object, { ...computerAttributes, scope: 'base' });
  return performance.now() - startedAt;
}
