import { baseDn, containers, fqdnOf, userDn } from '../../../lab/directory/names';
import { places } from '../objects';
import { dnOf, from, onto, type Row } from '../row';

const NAME_A_COMPUTER = 'Name the computer account of a Hyper-V host.';

/** Objects that are no member computer's account. */
const others: readonly [target: string, typed: string, says: string][] = [
  [
    'a user with the name of a host',
    onto('hv-user'),
    'hv-user is no computer but an object of the class user',
  ],
  [
    'a person of another class',
    onto('hv-person'),
    'hv-person is no computer but an object of the class inetOrgPerson',
  ],
  ['a group with the name of a host', onto('hv-group'), 'an object of the class group'],
  ['a contact', onto(dnOf('hv-contact')), 'an object of the class contact'],
  [
    'a container',
    onto(containers.computers),
    'computers is no computer but an object of the class container',
  ],
  [
    'the object whose rights all administrators get',
    onto(`CN=AdminSDHolder,CN=System,${baseDn}`),
    'adminsdholder is no computer but an object of the class container',
  ],
  ['the account of the KDC', onto(userDn('krbtgt')), 'krbtgt is no computer but an object of the class user'],
  ['the administrator', onto(userDn('Administrator')), 'administrator is no computer'],
  [
    'everybody who is signed in',
    onto(`CN=S-1-5-11,CN=ForeignSecurityPrincipals,${baseDn}`),
    's-1-5-11 is no computer but an object of the class foreignSecurityPrincipal',
  ],
  [
    'what stands for the domain controller in a site',
    onto(`CN=DC1,CN=Servers,CN=Default-First-Site-Name,CN=Sites,CN=Configuration,${baseDn}`),
    'dc1 is no computer but an object of the class server',
  ],
  ['a standalone managed service account', onto('hv-smsa'), '(msDS-ManagedServiceAccount)'],
  ['a group-managed service account', onto('hv-gmsa'), '(msDS-GroupManagedServiceAccount)'],
  ['the account of a trust', onto('hv-forest'), 'hv-forest is no computer but an object of the class user'],
  [
    'a computer that is marked as a trust',
    onto('hv-trust'),
    'hv-trust is the account of a trust with another domain',
  ],
  [
    'a computer with the account type of a user',
    onto('hv-untyped'),
    'hv-untyped is a computer object without the account type of a member computer',
  ],
];

export const accountRows: readonly Row[] = [
  ...others.map(([target, typed, says]) => ({
    target,
    typed,
    code: 'destination.computer',
    says,
    remedy: NAME_A_COMPUTER,
  })),
  {
    target: 'a user as source',
    typed: from('hv-user'),
    code: 'source.computer',
    says: 'hv-user is no computer',
    remedy: NAME_A_COMPUTER,
  },
  {
    target: 'a disabled destination',
    typed: onto('hyper-v-off'),
    code: 'destination.enabled',
    says: 'The account of hyper-v-off is disabled.',
    remedy: 'enable its account',
    also: [onto(fqdnOf('hyper-v-off')), onto(dnOf('hyper-v-off'))],
  },
  {
    target: 'a disabled source',
    typed: from('hv-gone'),
    code: 'source.enabled',
    says: 'The account of hv-gone is disabled.',
    remedy: 'its delegations should go',
  },
  {
    target: 'a source with unconstrained delegation',
    typed: from('hyper-v-any'),
    code: 'source.unconstrained',
    says: 'hyper-v-any is trusted for unconstrained delegation',
    remedy: '-TrustedForDelegation $false',
    also: ['/delegate hyper-v01 <-> hyper-v-any', '/delegate mesh hyper-v01,hyper-v02,hyper-v-any'],
  },
  {
    target: 'a source that may delegate to hundreds already',
    typed: from('hv-full'),
    code: 'source.values',
    says: 'hv-full would have 402 values in msDS-AllowedToDelegateTo; at most 400 are allowed.',
    remedy: 'no longer needed',
  },
];

/** Hosts that lie where nothing may be asked for. */
export const placeRows: readonly Row[] = [
  {
    target: 'a host of another unit',
    typed: onto('srv-out'),
    code: 'destination.in-bases',
    says: `srv-out lies outside the search bases: CN=srv-out,${places.servers}.`,
    remedy: 'directory.searchBases',
    also: [onto(fqdnOf('srv-out')), onto(`CN=srv-out,${places.servers}`)],
  },
  {
    target: 'a host of a unit whose name begins like a search base',
    typed: from('hv-next'),
    code: 'source.in-bases',
    says: `hv-next lies outside the search bases: CN=hv-next,${places.numbered}.`,
  },
  {
    target: 'a host of a unit whose name ends like a search base',
    typed: onto('hv-old'),
    code: 'destination.in-bases',
    says: `hv-old lies outside the search bases: CN=hv-old,${places.escaped}.`,
  },
  {
    target: 'a host of a unit that is called like a search base, in another place',
    typed: onto('hv-else'),
    code: 'destination.in-bases',
    says: `hv-else lies outside the search bases: CN=hv-else,${places.nested}.`,
  },
  {
    target: 'a host of a unit that only looks like a search base',
    typed: from('hv-east'),
    code: 'source.in-bases',
    says: `hv-east lies outside the search bases: CN=hv-east,${places.cyrillic}.`,
  },
];
