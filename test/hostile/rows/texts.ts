import { baseDn, containers } from '../../../lab/directory/names';
import { dnOf, onto, type Row } from '../row';

/** Letters that pass for others, and characters that nobody sees. */
const looks: readonly [target: string, name: string, says: string][] = [
  ['a Cyrillic letter', 'h\u0443per-v02', '“\u0443” (U+0443) in it, which may look like'],
  ['a Greek letter', 'hyper-\u03BD02', '(U+03BD)'],
  ['full-width letters', '\uFF48yper-v02', '(U+FF48)'],
  ['a full-width digit', 'hyper-v0\uFF12', '(U+FF12)'],
  ['the Kelvin sign', 'hyper-\u212A02', '(U+212A)'],
  ['a long s', 'files\u017F01', '(U+017F)'],
  ['a combining accent', 'hype\u0301r-v02', '(U+0301)'],
  ['a zero-width joiner', 'hyper\u200D-v02', '(U+200D)'],
  ['a typographic hyphen', 'hyper\u2010v02', '(U+2010)'],
  ['a hyphen that does not break', 'hyper\u2011v02', '(U+2011)'],
  ['a dash', 'hyper\u2013v02', '(U+2013)'],
  ['a minus sign', 'hyper\u2212v02', '(U+2212)'],
  ['an emoji', 'hyper\u{1F5A5}v02', '(U+1F5A5)'],
];

const unseen: readonly [target: string, name: string, code: string][] = [
  ['a character that turns the text around', 'hyper-\u202E20v', 'U+202E'],
  ['a zero-width space', 'hyper\u200B-v02', 'U+200B'],
  ['a soft hyphen', 'hyper\u00ADv02', 'U+00AD'],
  ['a zero byte', 'hyper-v02\0', 'U+0000'],
  ['a line break', 'hyper-v02\n-> dc1', 'U+000A'],
];

/** What is no name of a host, and with what words it is turned down. */
const noNames: readonly [target: string, name: string, says: string][] = [
  ['an IP address', '127.0.0.10', '“127.0.0.10” is an address'],
  ['an address of IPv6', 'fe80::1', 'The name “fe80::1” has “:” in it'],
  ['a wildcard', '*', '“*” has “*” in it: patterns are not understood'],
  ['a wildcard in a name', 'hyper-v*', 'The name “hyper-v*” has'],
  [
    'an account name',
    'hyper-v02$',
    '“hyper-v02$” has “$” in it: write the name of the computer, without the $',
  ],
  [
    'a name with its NetBIOS domain',
    'MABOFENG\\hyper-v02',
    '“MABOFENG\\hyper-v02” has “\\” in it: write the name without the domain before it',
  ],
  ['a name of Kerberos', 'hyper-v02@MABOFENG.COM', 'The name “hyper-v02@MABOFENG.COM” has “@” in it'],
  ['a piece of an LDAP filter', '*)(objectClass=*', 'The name “*)(objectClass=*” has'],
  ['an address of the Web', 'http://hyper-v02/', 'The name “http://hyper-v02/” has'],
  [
    'a share',
    '\\\\hyper-v02\\c$',
    'has “\\” in it: write the name of the host alone, not a path to something on it',
  ],
  ['a security identifier', '<SID=S-1-5-32-544>', '“<SID=S-1-5-32-544>” is not a host name'],
  [
    'an object’s GUID',
    '<GUID=d0000000-0000-4000-8000-000000000001>',
    '“<GUID=d0000000-0000-4000-8000-000000000…” is not a host name',
  ],
  [
    'the well-known GUID of the domain controllers',
    `<WKGUID=A361B2FFFFD211D1AA4B00C04FD7D83A,${baseDn}>`,
    '“<WKGUID=',
  ],
  ['a name of sixteen characters', 'hyper-v02-branch', 'is 16 characters long'],
  [
    'a command of PowerShell',
    '$(Stop-Computer)',
    'The name “$(Stop-Computer)” has “$” in it: only letters, digits, hyphens and dots are allowed.',
  ],
  ['the end of a text of PowerShell', '"hyper-v02\'; Stop-Computer; \'"', "Stop-Computer; '” has “'” in it"],
  ['an underscore', 'hyper_v02', 'a host name cannot have an underscore'],
  ['two dots', 'hyper-v02..mabofeng.com', 'has nothing between two dots'],
  ['a distinguished name of a unit', containers.hyperV, 'does not begin with “CN=”'],
  [
    'a distinguished name that goes on after its domain',
    `${dnOf('hyper-v02')},OU=Hyper-V`,
    'after its domain',
  ],
  ['a distinguished name without its domain', '"CN=hyper-v02,OU=Hyper-V"', 'does not end with its domain'],
  ['a distinguished name with a look-alike', dnOf('h\u0443per-v02'), 'names its host with “\u0443” (U+0443)'],
  ['a distinguished name with an escaped look-alike', dnOf('h\\D1\\83per-v02'), 'with an escaped character'],
  [
    'a deleted object',
    `CN=hyper-v02\\0ADEL:d0000000-0000-4000-8000-000000000001,CN=Deleted Objects,${baseDn}`,
    'holds an escaped control character',
  ],
];

export const textRows: readonly Row[] = [
  ...looks.map(([target, name, says]) => ({
    target: `a name with ${target}`,
    typed: onto(name),
    code: 'command.host',
    says,
  })),
  ...unseen.map(([target, name, says]) => ({
    target: `a name with ${target}`,
    typed: onto(name),
    code: 'command.character',
    says,
  })),
  ...noNames.map(([target, name, says]) => ({ target, typed: onto(name), code: 'command.host', says })),
  {
    target: 'a name with a space that does not break',
    typed: onto('hyper\u00A0v02'),
    code: 'command.service',
    says: '“v02” is not a service',
  },
];

/** Every service but the two. */
export const serviceRows: readonly Row[] = [
  ['ldap', 'ldap'],
  ['HOST', 'HOST'],
  ['http', 'http'],
  ['wsman', 'wsman'],
  ['RestrictedKrbHost', 'RestrictedKrbHost'],
  ['cifs/dc1', 'cifs/dc1'],
  ['cifs;ldap', 'cifs;ldap'],
  ['cifs,ldap/dc1', 'ldap/dc1'],
  ['*', '*'],
  ['all', 'all'],
  ['c\u0456fs', 'c\u0456fs'],
  ['"Microsoft Virtual Console Service"', 'Microsoft Virtual Console Service'],
].map(([typed = '', found = '']) => ({
  target: `the service ${typed}`,
  typed: onto(`hyper-v02 ${typed}`),
  code: 'command.service',
  says: `“${found}” is not a service that can be delegated.`,
  remedy: 'cifs, migration or both',
}));
