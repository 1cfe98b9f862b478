import { randomInt } from 'node:crypto';

import { Attribute, Change, Control, type BerWriter, type Client } from 'ldapts';

import { hostAttributes, type HostTraits } from './accounts';
import { asAccount } from './connection';
import { administrator, type DomainAccess } from './domain';
import { containers, fqdnOf, quotedPassword } from './names';
import { newPassword } from './provision';

/** A host of an organisation; `name` (up to nine characters) is what the test calls it, its real name gets the organisation's tag. */
export interface OrganisationHost extends HostTraits {
  name: string;
}

export interface OrganisationOrder {
  /** Up to 20 letters; says in the directory whose it is. */
  name: string;
  /** SPNs and delegations may name hosts by their short test names: `cifs/hv02` becomes `cifs/hv02-3f9ax`. */
  hosts: readonly OrganisationHost[];
}

interface CreatedHost {
  /** The real short name: 1 to 15 of a-z, 0-9 and hyphen. */
  name: string;
  fqdn: string;
  dn: string;
}

/** An OU with hosts that belong to one test file; the narrow service account may write their delegation. */
export interface Organisation {
  dn: string;
  /** By the names of the order. */
  hosts: Record<string, CreatedHost>;
  /** The host that the order calls so; throws if it names none. */
  host(name: string): CreatedHost;
}

/** LDAP_SERVER_SD_FLAGS_OID with DACL_SECURITY_INFORMATION (MS-ADTS 3.1.1.3.4.1.11): only the rights are read or written. */
class DaclOnly extends Control {
  constructor() {
    super('1.2.840.113556.1.4.801', { critical: true });
  }

  protected override writeControl(writer: BerWriter): void {
    // SEQUENCE { INTEGER 4 }
    writer.writeBuffer(Buffer.from([0x30, 0x03, 0x02, 0x01, 0x04]), 0x04);
  }
}

/** LDAP_SERVER_TREE_DELETE_OID. */
const treeDelete = '1.2.840.113556.1.4.805';

/** Makes an OU with hosts on a running domain over LDAPS. Names get a random tag, so that no two test files meet. */
export async function createOrganisation(
  domain: DomainAccess,
  order: OrganisationOrder,
): Promise<Organisation> {
  // 60 million tags in five characters: names of up to nine fit into fifteen.
  const tag = randomInt(36 ** 5)
    .toString(36)
    .padStart(5, '0');
  const dn = `OU=${order.name}-${tag},${domain.baseDn}`;
  const hosts: Record<string, CreatedHost> = {};
  for (const { name } of order.hosts) {
    const real = `${name}-${tag}`;
    if (!/^[a-z0-9-]{1,15}$/u.test(real))
      throw new Error(`Host name ${real} is not 1 to 15 of a-z, 0-9 and hyphen`);
    hosts[name] = { name: real, fqdn: fqdnOf(real), dn: `CN=${real},${dn}` };
  }
  const host = (name: string): CreatedHost => {
    const created = hosts[name];
    if (!created) throw new Error(`The organisation ${dn} has no host ${name}`);
    return created;
  };
  await asAccount(domain, administrator(domain), async (client) => {
    await addUnit(client, dn);
    for (const ordered of order.hosts) await addHost(client, ordered, hosts);
    // Last, since Samba refuses HOST/x while another object holds cifs/x, but not the other way round.
    for (const ordered of order.hosts) await addExplicitSpns(client, ordered, hosts);
  });
  return { dn, hosts, host };
}

/** Removes the OU and all below it. */
export async function deleteOrganisation(domain: DomainAccess, organisation: { dn: string }): Promise<void> {
  await asAccount(domain, administrator(domain), (client) =>
    client.del(organisation.dn, new Control(treeDelete, { critical: true })),
  );
}

/** The OU gets the rights that OU=Hyper-V has; inherited entries are worked out anew by the server. */
async function addUnit(client: Client, dn: string): Promise<void> {
  const type = 'nTSecurityDescriptor';
  const daclOnly = new DaclOnly();
  const { searchEntries } = await client.search(
    containers.hyperV,
    { scope: 'base', attributes: [type], explicitBufferAttributes: [type] },
    daclOnly,
  );
  const rights = searchEntries[0]?.[type];
  if (!Buffer.isBuffer(rights)) throw new Error(`${containers.hyperV} shows no rights`);
  await client.add(dn, { objectClass: 'organizationalUnit' });
  await client.modify(dn, replacement(type, rights), daclOnly);
}

async function addHost(
  client: Client,
  ordered: OrganisationHost,
  hosts: Record<string, CreatedHost>,
): Promise<void> {
  const created = hosts[ordered.name];
  if (!created) throw new Error(`${ordered.name} was not named`);
  const { explicitSpns: _later, delegatesTo, ...traits } = ordered;
  const attributes = hostAttributes({
    ...traits,
    name: created.name,
    ...(delegatesTo ? { delegatesTo: withRealNames(delegatesTo, hosts) } : {}),
  });
  const list = Object.entries(attributes).map(([type, values]) => new Attribute({ type, values }));
  list.push(new Attribute({ type: 'unicodePwd', values: [quotedPassword(newPassword())] }));
  await client.add(created.dn, list);
}

async function addExplicitSpns(
  client: Client,
  ordered: OrganisationHost,
  hosts: Record<string, CreatedHost>,
): Promise<void> {
  const created = hosts[ordered.name];
  if (!created || !ordered.explicitSpns?.length) return;
  const values = withRealNames(ordered.explicitSpns, hosts);
  const modification = new Attribute({ type: 'servicePrincipalName', values });
  await client.modify(created.dn, new Change({ operation: 'add', modification }));
}

function withRealNames(spns: readonly string[], hosts: Record<string, CreatedHost>): string[] {
  return spns.map((spn) => {
    const [service = '', target = ''] = spn.split('/');
    const [short = '', ...domainLabels] = target.split('.');
    const real = hosts[short]?.name ?? short;
    return `${service}/${[real, ...domainLabels].join('.')}`;
  });
}

function replacement(type: string, value: Buffer): Change {
  return new Change({ operation: 'replace', modification: new Attribute({ type, values: [value] }) });
}
