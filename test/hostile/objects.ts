import { accountBits, hostAttributes, type HostTraits } from '../../lab/directory/accounts';
import { baseDn, containers, fqdnOf, migrationService, userDn } from '../../lab/directory/names';
import { dnOf } from './row';

/** An object as it is added over LDAPS by an administrator. */
export interface MadeObject {
  readonly dn: string;
  readonly attributes: Readonly<Record<string, string[]>>;
}

/** What is different from an ordinary host; attributes as they shall stand, empty for none. */
interface Odd extends HostTraits {
  readonly below?: string;
  readonly attributes?: Readonly<Record<string, string[]>>;
}

/** Places outside the search bases; each but the first looks like OU=Hyper-V, which is one. */
export const places = {
  servers: `OU=Servers,${baseDn}`,
  numbered: `OU=Hyper-V2,${baseDn}`,
  /** One OU with the name `Old,OU=Hyper-V`: with its escapes undone its DN ends with that of the base. */
  escaped: `OU=Old\\,OU\\3DHyper-V,${baseDn}`,
  elsewhere: `OU=Elsewhere,${baseDn}`,
  nested: `OU=Hyper-V,OU=Elsewhere,${baseDn}`,
  /** The first letter is U+041D. */
  cyrillic: `OU=\u041Dyper-V,${baseDn}`,
} as const;

/** A group that the settings put into Tier 0. */
export const vaultGroup = userDn('Vault Hosts');

/** A group within it. */
const crewGroup = userDn('Vault Crew');

/** A group within one that every domain has. */
const helpGroup = userDn('Help Desk');

/** A group of BUILTIN. */
export function builtinDn(name: string): string {
  return `CN=${name},CN=Builtin,${baseDn}`;
}

/** What the settings name in tier0.hosts, once in each form. */
export const tierZeroHosts = [
  'hv-crown',
  fqdnOf('hv-vault'),
  `CN=hv-keep,${containers.hyperV}`,
  'hv-safe$',
] as const;

/** userAccountControl (MS-ADTS 2.2.16) of what no host is. */
const control = {
  /** SERVER_TRUST_ACCOUNT and TRUSTED_FOR_DELEGATION, as every domain controller has them. */
  controller: 0x8_2000,
  /** PARTIAL_SECRETS_ACCOUNT beside the type of a member computer and any protocol. */
  readOnly: 0x500_1000,
  user: 0x200,
} as const;

function host(name: string, { below, attributes, ...traits }: Odd = {}): MadeObject {
  const own = { ...hostAttributes({ name, ...traits }), ...attributes };
  const present = Object.entries(own).filter(([, values]) => values.length > 0);
  return { dn: `CN=${name},${below ?? containers.hyperV}`, attributes: Object.fromEntries(present) };
}

function typed(name: string, userAccountControl: number): MadeObject {
  return host(name, { attributes: { userAccountControl: [String(userAccountControl)] } });
}

function dns(name: string, dNSHostName: string): MadeObject {
  return host(name, { attributes: { dNSHostName: dNSHostName === '' ? [] : [dNSHostName] } });
}

function other(name: string, objectClass: string, attributes: MadeObject['attributes'] = {}): MadeObject {
  return { dn: `CN=${name},${containers.hyperV}`, attributes: { objectClass: [objectClass], ...attributes } };
}

function account(name: string, objectClass: string, more: MadeObject['attributes'] = {}): MadeObject {
  return other(name, objectClass, { sAMAccountName: [`${name}$`], ...more });
}

const units = Object.values(places).map((dn) => ({
  dn,
  attributes: { objectClass: ['organizationalUnit'] },
}));

const workstation = { userAccountControl: [String(accountBits.workstation)] };

/** Every object of the table that Samba lets an administrator make, in this order. */
export const madeObjects: readonly MadeObject[] = [
  ...units,
  ...[vaultGroup, crewGroup, helpGroup].map((dn) => ({ dn, attributes: { objectClass: ['group'] } })),
  typed('rodc1', control.readOnly),
  typed('rodc2', control.readOnly),
  ...['hv-pg516', 'hv-pg521', 'hv-pg498', 'hv-pg512', 'hv-pg518', 'hv-pg519', 'hv-pg520'].map((name) =>
    host(name),
  ),
  ...['hv-crown', 'hv-vault', 'hv-keep', 'hv-safe', 'hv-member', 'hv-inner', 'hv-pgvault', 'hv-pgcrew'].map(
    (name) => host(name),
  ),
  ...['hv-admin', 'hv-stage', 'hv-backup', 'hv-help'].map((name) => host(name)),
  ...['hv-gone', 'hv-idle', 'hv-among'].map((name) => host(name, { disabled: true })),
  host('hv-free', { unconstrained: true }),
  typed('hv-untyped', control.user),
  account('hv-user', 'user'),
  account('hv-forest', 'user'),
  host('hv-trust'),
  account('hv-person', 'inetOrgPerson'),
  account('hv-group', 'group'),
  other('hv-contact', 'contact'),
  account('hv-smsa', 'msDS-ManagedServiceAccount', workstation),
  account('hv-gmsa', 'msDS-GroupManagedServiceAccount', {
    ...workstation,
    'msDS-ManagedPasswordInterval': ['30'],
  }),
  host('srv-out', { below: places.servers }),
  host('srv-away', { below: places.servers }),
  host('hv-next', { below: places.numbered }),
  host('hv-old', { below: places.escaped }),
  host('hv-else', { below: places.nested }),
  host('hv-east', { below: places.cyrillic }),
  // The account name of an object need not be its common name.
  host('hv-plain', { attributes: { sAMAccountName: ['hv plain$'] } }),
  host('hv-far', { attributes: { sAMAccountName: ['hv-far-too-long-a-name$'] } }),
  host('hv-spoof', { attributes: { sAMAccountName: ['hv-spoof'] } }),
  {
    dn: `CN=hyper-v01,${containers.computers}`,
    attributes: { ...hostAttributes({ name: 'hv-guise' }), sAMAccountName: ['h\u0443per-v01$'] },
  },
  host('hv-mask', { attributes: { sAMAccountName: ['hv-m\u0430sk$'] } }),
  dns('hv-mute', ''),
  dns('hv-shed', ''),
  dns('hv-bare', 'hv-bare'),
  dns('hv-dot', `${fqdnOf('hv-dot')}.`),
  dns('hv-port', `${fqdnOf('hv-port')}:445`),
  // As an SPN it would be read as an instance of a service of the domain controller (MS-ADTS 5.1.1.4).
  dns('hv-slash', `${fqdnOf('dc1')}/hv-slash`),
  dns('hv-star', fqdnOf('hv-*')),
  dns('hv-kana', fqdnOf('hv-k\u0430na')),
  dns('hv-astray', 'hv-astray.corp.example'),
  dns('hv-mimic', fqdnOf('dc9')),
  dns('hv-claim', fqdnOf('hyper-v02')),
  dns('hv-first', fqdnOf('hv-second')),
  host('hv-second'),
  dns('hv-renamed', fqdnOf('hv-newname')),
  // Registered in part, not at all, or on the account of another.
  host('hv-quiet', { migrationSpn: false }),
  host('hv-half', { migrationSpn: false, explicitSpns: [`${migrationService}/hv-half`] }),
  host('hv-nobody', { attributes: { servicePrincipalName: migrationNames('hv-nobody') } }),
  host('hv-robbed', { migrationSpn: false }),
  host('hv-thief', { explicitSpns: migrationNames('hv-robbed') }),
  host('hv-lent', { attributes: { servicePrincipalName: migrationNames('hv-lent') } }),
  host('hv-holder', { explicitSpns: ['HOST/hv-lent', `HOST/${fqdnOf('hv-lent')}`] }),
  ...['hv-jacked', 'hv-front', 'hv-long', 'hv-twice', 'hv-double', 'hv-pair', 'hv-shadow'].map((name) =>
    host(name),
  ),
  // After the hosts: Samba refuses HOST/x while another object holds cifs/x, but not the other way round.
  other('svc-sql', 'user', { sAMAccountName: ['svc-sql'], servicePrincipalName: ['CIFS/HV-JACKED'] }),
  host('dc9', {
    explicitSpns: ['cifs/hv-front'],
    attributes: { userAccountControl: [String(control.controller)] },
  }),
  host('hv-tail', { explicitSpns: [`cifs/${fqdnOf('hv-long')}`] }),
  host('hv-r1'),
  host('hv-r2'),
  host('hv-full', { delegatesTo: Array.from({ length: 398 }, (_, index) => `cifs/kept-${index}`) }),
];

function migrationNames(name: string): string[] {
  return [`${migrationService}/${name}`, `${migrationService}/${fqdnOf(name)}`];
}

/** Who is a member of what; `isPrimary`: by primaryGroupID, which takes a membership first. */
export const memberships: readonly {
  readonly member: string;
  readonly group: string;
  readonly isPrimary?: true;
}[] = [
  { member: dnOf('hv-member'), group: vaultGroup },
  { member: crewGroup, group: vaultGroup },
  { member: dnOf('hv-inner'), group: crewGroup },
  { member: dnOf('hv-pgvault'), group: vaultGroup, isPrimary: true },
  { member: dnOf('hv-pgcrew'), group: crewGroup, isPrimary: true },
  { member: dnOf('hv-backup'), group: builtinDn('Backup Operators') },
  { member: helpGroup, group: builtinDn('Account Operators') },
  { member: dnOf('hv-help'), group: helpGroup },
  { member: dnOf('hv-admin'), group: userDn('Domain Admins') },
  { member: dnOf('hv-stage'), group: userDn('Domain Controllers') },
  { member: dnOf('hv-pg516'), group: userDn('Domain Controllers'), isPrimary: true },
  { member: dnOf('hv-pg521'), group: userDn('Read-only Domain Controllers'), isPrimary: true },
  { member: dnOf('hv-pg498'), group: userDn('Enterprise Read-only Domain Controllers'), isPrimary: true },
  { member: dnOf('hv-pg512'), group: userDn('Domain Admins'), isPrimary: true },
  { member: dnOf('hv-pg518'), group: userDn('Schema Admins'), isPrimary: true },
  { member: dnOf('hv-pg519'), group: userDn('Enterprise Admins'), isPrimary: true },
  { member: dnOf('hv-pg520'), group: userDn('Group Policy Creator Owners'), isPrimary: true },
];

/**
 * What Samba refuses an administrator too (measured on 4.17.12) and other domains have: an SPN on two objects, which Active Directory
 * gets when two domain controllers take it before they replicate, and accounts of trusts, which LSA alone may make (MS-ADTS
 * 6.1.6.8). LDIF for the partition's own file, beneath all that would refuse it. A trust's account is a user; the computer among them is
 * what a guard has a sentence for and no directory should hold.
 */
export const unguardedLdif = [
  ...[`${migrationService}/hv-twice`, 'HOST/hv-double', 'cifs/hv-pair'].map((spn) =>
    change('hv-shadow', 'add', `servicePrincipalName: ${spn}`),
  ),
  change('hv-pair', 'add', 'servicePrincipalName: cifs/hv-pair'),
  // INTERDOMAIN_TRUST_ACCOUNT and PASSWD_NOTREQD.
  change('hv-forest', 'replace', 'userAccountControl: 2080'),
  change('hv-trust', 'replace', 'userAccountControl: 2080'),
].join('\n');

function change(name: string, operation: 'add' | 'replace', value: string): string {
  const lines = [`dn: CN=${name},${containers.hyperV}`, 'changetype: modify'];
  return [...lines, `${operation}: ${value.split(':', 1)[0] ?? ''}`, value, ''].join('\n');
}
