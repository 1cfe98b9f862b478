import { containers } from '../../../../lab/directory/names';
import { askFor, lookUp, withHost } from '../practice-domain';
import { changed, domain, GMSA, ordinary, type Row } from './row';

export const accountsRows: readonly Row[] = [
  {
    title: 'a user',
    input: changed('hyper-v01', { objectClasses: ['top', 'person', 'organizationalPerson', 'user'] }),
    checks: ['source.computer'],
    sentence: 'hyper-v01 is no computer but an object of the class user.',
    remedy: 'computer account of a Hyper-V host',
  },
  {
    title: 'a group-managed service account',
    input: changed('hyper-v02', { objectClasses: GMSA }),
    checks: ['destination.computer'],
    sentence: 'hyper-v02 is a managed service account (msDS-GroupManagedServiceAccount).',
    remedy: 'computer account of a Hyper-V host',
  },
  {
    title: 'a standalone managed service account',
    input: changed('hyper-v02', { objectClasses: ['computer', 'msds-managedserviceaccount'] }),
    checks: ['destination.computer'],
    sentence: 'hyper-v02 is a managed service account (msDS-ManagedServiceAccount).',
    remedy: 'computer account of a Hyper-V host',
  },
  {
    title: 'a trust',
    input: changed('hyper-v02', { userAccountControl: 0x1820 }),
    checks: ['destination.computer'],
    sentence: 'hyper-v02 is the account of a trust with another domain.',
    remedy: 'computer account of a Hyper-V host',
  },
  {
    title: 'a computer object with a user’s account type',
    input: changed('hyper-v02', { userAccountControl: 0x200 }),
    checks: ['destination.computer'],
    sentence: 'hyper-v02 is a computer object without the account type of a member computer (0x1000).',
    remedy: 'computer account of a Hyper-V host',
  },
  {
    title: 'a domain controller by its account type',
    input: changed('hyper-v02', { userAccountControl: 0x8_2000 }),
    checks: ['destination.controller'],
    sentence: 'hyper-v02 is a domain controller: who can act as anyone there can take the domain.',
    remedy: 'never written',
  },
  {
    title: 'a read-only domain controller by its account type',
    input: changed('hyper-v01', { userAccountControl: 0x400_1000 }),
    checks: ['source.controller'],
    sentence: 'hyper-v01 is a read-only domain controller: who can act as anyone there can take the domain.',
    remedy: 'never written',
  },
  ...[516, 521, 498].map((primaryGroupId) => ({
    title: `a domain controller by its primary group ${primaryGroupId}`,
    input: changed('hyper-v02', { primaryGroupId }),
    checks: ['destination.controller'],
    sentence: 'hyper-v02 is a domain controller: who can act as anyone there can take the domain.',
    remedy: 'never written',
  })),
  {
    title: 'Tier 0 by adminCount',
    input: changed('hyper-v02', { adminCount: true }),
    checks: ['destination.tier0'],
    sentence:
      'hyper-v02 belongs to Tier 0: the directory protects it as an administrative account (adminCount is 1).',
    remedy: 'its owner has to clear it',
  },
  ...['HYPER-V01', 'hyper-v01$', 'hyper-v01.mabofeng.com', `cn=hyper-v01, ${containers.hyperV}`].map(
    (host) => ({
      title: `Tier 0 by the configured host ${host}`,
      input: { ...ordinary, tier0: { hosts: [host], groups: [] } },
      checks: ['source.tier0'],
      sentence: `hyper-v01 belongs to Tier 0: handover.yaml names it in tier0.hosts (${host}).`,
      remedy: 'never written',
    }),
  ),
  {
    title: 'Tier 0 by the configured full name of a host that has none',
    input: {
      ...changed('hyper-v01', { dnsHostName: null }),
      tier0: { hosts: ['HYPER-V01.mabofeng.com'], groups: [] },
    },
    checks: ['source.tier0'],
    sentence: 'hyper-v01 belongs to Tier 0: handover.yaml names it in tier0.hosts (HYPER-V01.mabofeng.com).',
    remedy: 'never written',
  },
  {
    title: 'a disabled account',
    input: changed('hyper-v01', { userAccountControl: 0x100_1002 }),
    checks: ['source.enabled'],
    sentence: 'The account of hyper-v01 is disabled.',
    remedy: 'enable its account',
  },
  {
    title: 'a host outside the search bases',
    input: { ...ordinary, searchBases: [`OU=V,${containers.hyperV}`, 'OU=er-V,DC=mabofeng,DC=com'] },
    checks: ['source.in-bases', 'destination.in-bases'],
    sentence: `hyper-v01 lies outside the search bases: CN=hyper-v01,${containers.hyperV}.`,
    remedy: 'add its OU to directory.searchBases',
  },
  {
    title: 'a file server that is to take machines',
    input: {
      ...lookUp(
        withHost(domain, 'hyper-v02', { dn: `CN=hyper-v02,${containers.fileServers}` }),
        askFor('hyper-v01', 'hyper-v02'),
      ),
      searchBases: [containers.hyperV],
      fileServerBases: [containers.fileServers],
    },
    checks: ['destination.in-bases'],
    sentence: `hyper-v02 is one of the file servers (${containers.fileServers}), which take no machines.`,
    remedy: 'Ask for cifs alone.',
  },
  {
    title: 'a file server as source',
    input: {
      ...lookUp(
        withHost(domain, 'hyper-v01', { dn: `CN=hyper-v01,${containers.fileServers}` }),
        askFor('hyper-v01', 'hyper-v02', ['cifs']),
      ),
      searchBases: [containers.hyperV],
      fileServerBases: [containers.fileServers],
    },
    checks: ['source.in-bases'],
    sentence: `hyper-v01 lies outside the search bases: CN=hyper-v01,${containers.fileServers}.`,
    remedy: 'add its OU to directory.searchBases',
  },
  {
    title: 'no search base',
    input: { ...ordinary, searchBases: [] },
    checks: ['source.in-bases', 'destination.in-bases'],
    sentence: `hyper-v01 lies outside the search bases: CN=hyper-v01,${containers.hyperV}.`,
    remedy: 'Move it below a search base',
  },
  {
    title: 'a Tier 0 host where everything else is wrong too, without advice on that',
    input: {
      ...changed('hyper-v02', { adminCount: true, userAccountControl: 0x1002, dnsHostName: null, spns: [] }),
      searchBases: [`CN=hyper-v01,${containers.hyperV}`],
    },
    checks: ['destination.tier0'],
    sentence: 'hyper-v02 belongs to Tier 0',
    remedy: 'never written',
  },
  {
    title: 'hosts whose names tell no domain',
    input: {
      ...lookUp(
        withHost(withHost(domain, 'hyper-v01', { dn: 'CN=a,O=x' }), 'hyper-v02', { dn: 'CN=b,O=x' }),
        askFor('hyper-v01', 'hyper-v02'),
      ),
      searchBases: ['O=x'],
    },
    checks: ['pair.same-domain'],
    sentence: 'hyper-v01 and hyper-v02 are not in one domain: CN=a,O=x; CN=b,O=x.',
    remedy: 'ends at the domain',
  },
  {
    title: 'hosts of two domains',
    input: {
      ...changed('hyper-v02', { dn: 'CN=hyper-v02,DC=other,DC=example' }),
      searchBases: [containers.hyperV, 'DC=other,DC=example'],
    },
    checks: ['pair.same-domain'],
    sentence: `hyper-v01 and hyper-v02 are not in one domain: CN=hyper-v01,${containers.hyperV}; CN=hyper-v02,DC=other,DC=example.`,
    remedy: 'ends at the domain',
  },
  {
    title: 'a DNS name of another domain',
    input: changed('hyper-v01', { dnsHostName: 'hyper-v01.corp.example' }),
    checks: ['pair.same-domain'],
    sentence:
      'The DNS name does not end in mabofeng.com, the domain that the account is in: hyper-v01 (hyper-v01.corp.example).',
    remedy: 'disjoint DNS namespace',
  },
  ...[
    'hyper-v02',
    'hyper-v02.mabofeng.com.',
    'hyper-v02.mabofeng.com/x',
    'hyper-v02.mabofeng.com:445',
    '',
  ].map((dnsHostName) => ({
    title: `a dNSHostName that is not a full DNS name: “${dnsHostName}”`,
    input: changed('hyper-v02', { dnsHostName }),
    checks: [...(dnsHostName.endsWith('.com') ? [] : ['pair.same-domain']), 'destination.names'],
    sentence: `The dNSHostName of hyper-v02 is not a full DNS name: “${dnsHostName}”.`,
    remedy: 'Correct dNSHostName',
  })),
];
