import { baseDn, containers } from '../../../../lab/directory/names';
import type { Service } from '../../../../src/core/commands/ask';
import { askFor, guidOf, hostOf, lookUp, withHost } from '../practice-domain';
import { changed, domain, ordinary, type Row } from './row';

export const namesRows: readonly Row[] = [
  {
    title: 'a service outside the table',
    input: { ...ordinary, ask: askFor('hyper-v01', 'hyper-v02', ['cifs', 'ldap' as Service]) },
    checks: ['services.allowed'],
    sentence: 'The service ldap may not be delegated.',
    remedy: 'Only these may be delegated: cifs and migration.',
  },
  {
    title: 'no service at all',
    input: { ...ordinary, ask: askFor('hyper-v01', 'hyper-v02', []) },
    checks: ['services.allowed'],
    sentence: 'No service is asked for.',
    remedy: 'Only these may be delegated',
  },
  {
    title: 'an unknown source that is nearly a known one',
    input: lookUp(domain, askFor('hyperv01', 'hyper-v02')),
    checks: ['source.found'],
    sentence: 'The directory has no computer “hyperv01”.',
    remedy: 'Did you mean hyper-v01?',
  },
  {
    title: 'an unknown DNS name of this domain whose host is known',
    input: lookUp(
      withHost(domain, 'hyper-v02', { dnsHostName: null }),
      askFor('hyper-v01', 'hyper-v02.mabofeng.com'),
    ),
    checks: ['destination.found'],
    sentence: 'The directory has no computer “hyper-v02.mabofeng.com”.',
    remedy: 'Did you mean hyper-v02?',
  },
  ...[
    ['a full name', 'hyper-v02.elsewhere.example', 'elsewhere.example'],
    ['a full name below the domain', 'hyper-v02.branch.mabofeng.com', 'branch.mabofeng.com'],
    ['a full name above the domain', 'hyper-v02.com', 'com'],
    ['a distinguished name', 'CN=hyper-v02,OU=Hyper-V,DC=Corp,DC=example', 'corp.example'],
    ['a distinguished name below the domain', `CN=hyper-v02,DC=branch,${baseDn}`, 'branch.mabofeng.com'],
  ].map(([what = '', name = '', theirs = '']) => ({
    title: `${what} of another domain that is nearly a known host’s`,
    input: lookUp(domain, askFor('hyper-v01', name)),
    checks: ['destination.found'],
    sentence: `The directory has no computer “${name}”.`,
    remedy:
      `${theirs} is not mabofeng.com, the domain of this directory. ` +
      'Hosts of other domains are never found: this delegation ends at the domain.',
  })),
  {
    title: 'an unknown distinguished name whose host is nearly a known one',
    input: lookUp(domain, askFor('hyper-v01', 'CN=hyper-v2,OU=Gone,DC=mabofeng,DC=com')),
    checks: ['destination.found'],
    sentence: 'The directory has no computer “CN=hyper-v2,OU=Gone,DC=mabofeng,DC=com”.',
    remedy: 'Did you mean hyper-v02?',
  },
  {
    title: 'an unknown name that is like nothing',
    input: lookUp(domain, askFor('hyper-v01', 'zzzzzzzzzz')),
    checks: ['destination.found'],
    sentence: 'The directory has no computer “zzzzzzzzzz”.',
    remedy: 'Check the spelling.',
  },
  {
    title: 'a name that several objects answer to',
    input: lookUp(
      [
        ...domain,
        { ...hostOf(domain, 'hyper-v02'), guid: guidOf(90), dn: `CN=twin,${containers.computers}` },
      ],
      askFor('hyper-v01', 'hyper-v02'),
    ),
    checks: ['destination.found'],
    sentence: `2 objects answer to “hyper-v02”: CN=hyper-v02,${containers.hyperV} and CN=twin,${containers.computers}.`,
    remedy: 'distinguished name',
  },
  {
    title: 'a look-alike that the directory takes for the name',
    input: changed('hyper-v02', { samAccountName: 'ｈyper-v02$', name: 'ｈyper-v02' }),
    checks: ['destination.found'],
    sentence: `The directory answers “hyper-v02” with CN=hyper-v02,${containers.hyperV}, whose account ｈyper-v02$ is not spelled so.`,
    remedy: 'may be meant to deceive',
  },
  {
    title: 'a look-alike account that folds to the right name',
    input: changed('hyper-v02', { samAccountName: 'ｈyper-v02$' }),
    checks: ['destination.found'],
    sentence: `The directory answers “hyper-v02” with CN=hyper-v02,${containers.hyperV}, whose account ｈyper-v02$ is not spelled so.`,
    remedy: 'may be meant to deceive',
  },
  {
    title: 'a name that is not its account’s',
    input: changed('hyper-v02', { name: 'hyper-v03' }),
    checks: ['destination.found'],
    sentence: `The directory answers “hyper-v02” with CN=hyper-v02,${containers.hyperV}`,
    remedy: 'give its exact name',
  },
  {
    title: 'a look-alike DNS name',
    input: lookUp(
      withHost(domain, 'hyper-v02', { dnsHostName: 'hyper-v02.mábofeng.com' }),
      askFor('hyper-v01', 'hyper-v02.mabofeng.com'),
    ),
    checks: ['destination.found'],
    sentence: `The directory answers “hyper-v02.mabofeng.com” with CN=hyper-v02,${containers.hyperV}`,
    remedy: 'give its exact name',
  },
  {
    title: 'a look-alike distinguished name',
    input: lookUp(
      withHost(domain, 'hyper-v02', { dn: `CN=hypér-v02,${containers.hyperV}` }),
      askFor('hyper-v01', `CN=hyper-v02,${containers.hyperV}`),
    ),
    checks: ['destination.found'],
    sentence: `The directory answers “CN=hyper-v02,${containers.hyperV}” with CN=hypér-v02,${containers.hyperV}`,
    remedy: 'give its exact name',
  },
  {
    title: 'a name that is known by now but was not found',
    input: lookUp(
      domain.filter(({ name }) => name !== 'hyper-v01'),
      askFor('hyper-v01', 'hyper-v02'),
    ),
    checks: ['source.found'],
    sentence: 'The directory has no computer “hyper-v01”.',
    remedy: 'Did you mean hyper-v02?',
  },
  {
    title: 'one object that was read twice',
    input: {
      ...lookUp(domain, askFor('hyper-v02', 'hyper-v02.mabofeng.com')),
      observation: {
        ...lookUp(domain, askFor('hyper-v02', 'hyper-v02')).observation,
        source: [{ ...hostOf(domain, 'hyper-v02'), guid: guidOf(2).toUpperCase() }],
      },
    },
    checks: ['pair.distinct'],
    sentence: `Source and destination are the same computer: CN=hyper-v02,${containers.hyperV}.`,
    remedy: 'two different hosts',
  },
  {
    title: 'one computer under two names',
    input: lookUp(domain, askFor('hyper-v02', 'hyper-v02.mabofeng.com')),
    checks: ['pair.distinct'],
    sentence: `Source and destination are the same computer: CN=hyper-v02,${containers.hyperV}.`,
    remedy: 'two different hosts',
  },
  {
    title: 'a destination without dNSHostName',
    input: changed('hyper-v02', { dnsHostName: null }),
    checks: ['destination.names'],
    sentence: 'hyper-v02 has no dNSHostName, so its full name cannot be delegated to.',
    remedy: 'restart hyper-v02',
  },
];
