import { baseDn, containers, fqdnOf } from '../../../lab/directory/names';
import { dnOf, from, onto, type Row } from '../row';

/** Names of nobody. */
export const unknownRows: readonly Row[] = [
  {
    target: 'a host that does not exist',
    typed: onto('hyper-v91'),
    code: 'destination.found',
    says: 'The directory has no computer “hyper-v91”.',
    remedy: 'Did you mean hyper-v01?',
  },
  {
    target: 'a source that does not exist, like no other',
    typed: from('xyzzy'),
    code: 'source.found',
    says: 'The directory has no computer “xyzzy”.',
    remedy: 'Check the spelling.',
  },
  {
    target: 'a host of another domain by its full name',
    typed: onto('hyper-v02.corp.example'),
    code: 'destination.found',
    says: 'The directory has no computer “hyper-v02.corp.example”.',
    remedy:
      'corp.example is not mabofeng.com, the domain of this directory. Hosts of other domains are never found',
  },
  {
    target: 'a host of another forest by its distinguished name',
    typed: onto('CN=hyper-v02,OU=Hyper-V,DC=corp,DC=example'),
    code: 'destination.found',
    says: '“CN=hyper-v02,OU=Hyper-V,DC=corp,DC=example”',
    remedy: 'corp.example is not mabofeng.com',
  },
  {
    target: 'a host of a domain below this one',
    typed: onto(`CN=hyper-v02,OU=Hyper-V,DC=branch,${baseDn}`),
    code: 'destination.found',
    says: `“CN=hyper-v02,OU=Hyper-V,DC=branch,${baseDn}”`,
    remedy: 'branch.mabofeng.com is not mabofeng.com',
  },
  {
    target: 'a host in a place where it is not',
    typed: onto(`CN=hyper-v02,${containers.computers}`),
    code: 'destination.found',
    says: `“CN=hyper-v02,${containers.computers}”`,
    remedy: 'Did you mean hyper-v02?',
  },
  {
    target: 'a distinguished name that pretends to end in a unit of the hosts',
    typed: onto(`CN=hyper-v02\\,OU=Hyper-V,${baseDn}`),
    code: 'destination.found',
    says: '“CN=hyper-v02\\,OU=Hyper-V,',
  },
  {
    target: 'a distinguished name of two names in one',
    typed: onto(`CN=hyper-v02+CN=dc1,${containers.hyperV}`),
    code: 'destination.found',
    says: '“CN=hyper-v02+CN=dc1,',
  },
  {
    target: 'a distinguished name with a filter in it',
    typed: onto(`CN=hyper-v02)(objectClass=*,${containers.hyperV}`),
    code: 'destination.found',
    says: '“CN=hyper-v02)(objectClass=*,',
  },
  {
    target: 'a name that only a leftover value knows',
    typed: '/delegate hyper-v04 -> ghost99',
    code: 'destination.found',
    says: 'yet hyper-v04 may already delegate to cifs/ghost99',
    remedy: 'Remove cifs/ghost99 from hyper-v04.',
  },
];

/** Names of several, or of the same. */
export const ambiguousRows: readonly Row[] = [
  {
    target: 'a full name that two computers have',
    typed: onto(fqdnOf('hv-second')),
    code: 'destination.found',
    says: `2 objects answer to “${fqdnOf('hv-second')}”`,
    remedy: 'Name the host by its distinguished name',
  },
  {
    target: 'a full name that a host and its mimic have, as source',
    typed: from(fqdnOf('hyper-v02')).replace('-> hyper-v02', '-> hyper-v03'),
    code: 'source.found',
    says: `2 objects answer to “${fqdnOf('hyper-v02')}”`,
  },
  {
    target: 'a full name that a domain controller and a host have',
    typed: onto(fqdnOf('dc9')),
    code: 'destination.found',
    says: `2 objects answer to “${fqdnOf('dc9')}”`,
  },
  {
    target: 'a host and itself',
    typed: '/delegate hyper-v01 -> HYPER-V01',
    code: 'command.same',
    says: 'Source and destination are the same host, “hyper-v01”',
  },
  {
    target: 'a host and itself by its full name',
    typed: `/delegate hyper-v02 -> ${fqdnOf('hyper-v02')}`,
    code: 'command.same',
    says: `the same host, “${fqdnOf('hyper-v02')}”`,
  },
  {
    target: 'a host and itself by its distinguished name',
    typed: onto(dnOf('hyper-v01')),
    code: 'pair.distinct',
    says: `Source and destination are the same computer: ${dnOf('hyper-v01')}.`,
    also: [
      `/delegate ${fqdnOf('hyper-v01')} -> ${dnOf('HYPER-V01')}`,
      `/delegate "${dnOf('hyper-v01')}" <-> hyper-v01`,
      `/delegate mesh hyper-v01,"${dnOf('hyper-v01')}"`,
    ],
  },
  {
    target: 'a host and itself by a full name that is another',
    typed: `/delegate hv-renamed -> ${fqdnOf('hv-newname')}`,
    code: 'pair.distinct',
    says: `the same computer: ${dnOf('hv-renamed')}.`,
  },
];

/** Hosts whose own names are wrong. */
export const oddlyNamedRows: readonly Row[] = [
  {
    target: 'an account name with a space',
    typed: onto(dnOf('hv-plain')),
    code: 'destination.account-name',
    says: 'is called “hv plain$”, with “ ” (U+0020) in it.',
    remedy: 'at most 15 letters, digits and hyphens',
  },
  {
    target: 'an account name that is too long',
    typed: onto(dnOf('hv-far')),
    code: 'destination.account-name',
    says: 'is called “hv-far-too-long-a-name$”, which is no plain host name.',
  },
  {
    target: 'an account name with a Cyrillic letter behind an ASCII distinguished name',
    typed: onto(dnOf('hv-mask')),
    code: 'destination.account-name',
    says: 'is called “hv-m\u0430sk$”, with “\u0430” (U+0430) in it, which may look like an ASCII letter',
    remedy: 'may be meant to deceive',
  },
  {
    target: 'a source whose account name only looks like that of hyper-v01',
    typed: from(`CN=hyper-v01,${containers.computers}`),
    code: 'source.account-name',
    says:
      `The account of CN=hyper-v01,${containers.computers} is called “h\u0443per-v01$”, ` +
      'with “\u0443” (U+0443) in it',
    remedy: 'Look at that object',
    also: [from(fqdnOf('hv-guise'))],
  },
  {
    target: 'a computer whose account name has no $',
    typed: onto(dnOf('hv-spoof')),
    code: 'destination.account-name',
    says: `The account of ${dnOf('hv-spoof')} is called “hv-spoof”, without the $`,
    remedy: 'CVE-2021-42278',
    also: [onto(fqdnOf('hv-spoof'))],
  },
  {
    target: 'a computer whose account name has no $, as source',
    typed: from(dnOf('hv-spoof')),
    code: 'source.account-name',
    says: 'is called “hv-spoof”, without the $ that ends the name of a computer’s account.',
  },
  {
    target: 'a host without a DNS name',
    typed: onto('hv-mute'),
    code: 'destination.names',
    says: 'hv-mute has no dNSHostName',
    remedy: 'restart hv-mute',
  },
  ...[
    { target: 'of one label', name: 'hv-bare', dns: 'hv-bare' },
    { target: 'that ends with a dot', name: 'hv-dot', dns: `${fqdnOf('hv-dot')}.` },
    { target: 'with a port', name: 'hv-port', dns: `${fqdnOf('hv-port')}:445` },
    { target: 'that is an instance on another host', name: 'hv-slash', dns: `${fqdnOf('dc1')}/hv-slash` },
    { target: 'with a wildcard', name: 'hv-star', dns: fqdnOf('hv-*') },
    { target: 'with a Cyrillic letter', name: 'hv-kana', dns: fqdnOf('hv-k\u0430na') },
  ].map(({ target, name, dns }) => ({
    target: `a DNS name ${target}`,
    typed: onto(name),
    code: 'destination.names',
    says: `The dNSHostName of ${name} is not a full DNS name: “${dns}”.`,
    remedy: 'Correct dNSHostName',
  })),
];
