import { EqualityFilter, OrFilter, type Client, type Entry } from 'ldapts';
import type { DomainAccess } from '../../lab/directory/domain';
import { fqdnOf, migrationService } from '../../lab/directory/names';
import { computerAttributes, holderAttributes } from '../../src/jobs/directory/computer-entry';
import { guidDn, guidText } from '../../src/jobs/directory/guid';
import { sidDn, sidText } from '../../src/jobs/directory/sid';
import type { Pair } from '../main-job/job';

const groupAttributes = {
  attributes: ['objectSid', 'tokenGroups'],
  explicitBufferAttributes: ['objectSid', 'tokenGroups'],
};
/** Without the list nobody could tell which of the SPNs an object was found by. */
const spnAttributes = {
  ...holderAttributes,
  attributes: [...holderAttributes.attributes, 'servicePrincipalName'],
};

/**
 * What a plan of one pair must know of the directory, in as few searches as can be: both hosts, the groups that they are in and what those
 * are called, and who holds the SPNs.
 */
export async function readPair(client: Client, { baseDn }: DomainAccess, { from, to }: Pair): Promise<void> {
  const hosts = await search('sAMAccountName', [`${from}$`, `${to}$`], computerAttributes);
  if (hosts.length !== 2) throw new Error(`${from} and ${to} were not found`);
  const names = [to, fqdnOf(to)];
  const services = ['cifs', migrationService, 'HOST'];
  const spns = services.flatMap((service) => names.map((name) => `${service}/${name}`));
  await Promise.all([nameGroups(), search('servicePrincipalName', spns, spnAttributes)]);

  async function nameGroups(): Promise<void> {
    const found = await Promise.all(
      hosts.map((host) => client.search(guidDn(guidOf(host)), { scope: 'base', ...groupAttributes })),
    );
    const groups = found.flatMap(({ searchEntries }) => searchEntries.flatMap(groupsOf));
    await Promise.all(
      [...new Set(groups)].map((sid) =>
        client.search(sidDn(sid), { scope: 'base', attributes: ['objectClass'] }),
      ),
    );
  }

  async function search(
    attribute: string,
    values: readonly string[],
    wanted: typeof holderAttributes,
  ): Promise<readonly Entry[]> {
    const filter = new OrFilter({ filters: values.map((value) => new EqualityFilter({ attribute, value })) });
    return (await client.search(baseDn, { ...wanted, scope: 'sub', filter })).searchEntries;
  }
}

function groupsOf(host: Entry): readonly string[] {
  const sids = [host['tokenGroups'] ?? []].flat();
  return sids.flatMap((sid) => (Buffer.isBuffer(sid) ? sidText(sid) : []));
}

function guidOf(host: Entry): string {
  const guid = host['objectGUID'];
  if (!Buffer.isBuffer(guid)) throw new Error('a host has no objectGUID');
  return guidText(guid);
}
